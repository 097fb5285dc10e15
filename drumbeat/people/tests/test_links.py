"""person.invite, person.reset, person.login_link, and opening what they make."""

from datetime import timedelta

import pytest

from drumbeat.people.actions.links import HasAccount, NoAccount, NoAddress, invite, login_link, reset
from drumbeat.people.actions.roles import HasLeft
from drumbeat.people.links import LinkSpent, open_link, use_up
from drumbeat.people.models import SignInLink
from drumbeat.people.tests.cast import TODAY
from drumbeat.people.tests.make import NOW, last_entry

WEEK, MOMENT = timedelta(days=7), timedelta(seconds=1)


def make(verb, cast, person):
    return verb(actor=cast.adam, today=TODAY, now=NOW, person=person)


def opened(kind, token, now=NOW, today=TODAY):
    return open_link(kind=kind, token=token, now=now, today=today)


@pytest.fixture
def nia(cast):
    cast.joao.email = "joao@nordhaus.example"
    cast.joao.save()
    return cast.joao


class TestInvite:
    def test_it_works(self, cast, nia):
        token = make(invite, cast, nia)
        assert opened("invitation", token).person == nia
        assert last_entry().verb == "person.invite"

    def test_only_the_hash_is_kept(self, cast, nia):
        token = make(invite, cast, nia)
        assert token not in str(SignInLink.objects.values()) + str(last_entry().__dict__)

    def test_it_runs_out_after_seven_days(self, cast, nia):
        token = make(invite, cast, nia)
        opened("invitation", token, NOW + WEEK - MOMENT)
        with pytest.raises(LinkSpent):
            opened("invitation", token, NOW + WEEK)

    def test_a_new_one_ends_the_old_one(self, cast, nia):
        old = make(invite, cast, nia)
        new = make(invite, cast, nia)
        with pytest.raises(LinkSpent):
            opened("invitation", old)
        opened("invitation", new)

    def test_it_is_no_reset(self, cast, nia):
        with pytest.raises(LinkSpent):
            opened("reset", make(invite, cast, nia))

    def test_who_has_no_address_is_kept_and_cannot_be_invited(self, cast):
        with pytest.raises(NoAddress, match="João Ávila has no e-mail address and so cannot be invited"):
            make(invite, cast, cast.joao)

    def test_who_has_an_account_is_refused(self, cast):
        with pytest.raises(HasAccount, match="reset link"):
            make(invite, cast, cast.mira)

    def test_a_leaver_is_refused(self, cast):
        with pytest.raises(HasLeft):
            make(invite, cast, cast.lou)

    def test_who_leaves_afterwards_cannot_open_it(self, cast, nia):
        token = make(invite, cast, nia)
        nia.left_on = TODAY
        nia.save()
        opened("invitation", token)
        with pytest.raises(LinkSpent):
            opened("invitation", token, today=TODAY + timedelta(days=1))


class TestReset:
    def test_it_works(self, cast):
        assert opened("reset", make(reset, cast, cast.mira)).person == cast.mira

    def test_without_an_account_it_is_refused(self, cast, nia):
        with pytest.raises(NoAccount, match="invite"):
            make(reset, cast, nia)

    def test_a_leaver_is_refused(self, cast):
        with pytest.raises(HasLeft):
            make(reset, cast, cast.lou)


class TestLoginLink:
    def test_it_works_for_a_quarter_of_an_hour(self, cast):
        token = make(login_link, cast, cast.elena)
        opened("login", token, NOW + timedelta(minutes=15) - MOMENT)
        with pytest.raises(LinkSpent):
            opened("login", token, NOW + timedelta(minutes=15))

    def test_without_an_address_it_is_refused(self, cast):
        with pytest.raises(NoAddress):
            make(login_link, cast, cast.joao)

    def test_a_leaver_is_refused(self, cast):
        with pytest.raises(HasLeft):
            make(login_link, cast, cast.lou)


def test_a_link_is_used_once(cast):
    token = make(reset, cast, cast.mira)
    first, second = opened("reset", token), opened("reset", token)
    use_up(first, NOW)
    with pytest.raises(LinkSpent, match="just been used"):
        use_up(second, NOW)
    with pytest.raises(LinkSpent):
        opened("reset", token)


def test_nonsense_opens_nothing(cast):
    for token in ("", "x" * 500, "\0"):
        with pytest.raises(LinkSpent):
            opened("login", token)
