"""account.first, invitation.accept, password.reset, sign_in.by_link, password.change."""

import pytest

from drumbeat.journal.models import Entry
from drumbeat.journal.record import SYSTEM
from drumbeat.people.actions.accounts import (
    AccountExists,
    WeakPassword,
    accept_invitation,
    change_password,
    first_account,
    use_login_link,
    use_reset,
)
from drumbeat.people.actions.links import HasAccount, NoAddress, invite, login_link, reset
from drumbeat.people.facts import Facts, NotAnAddress
from drumbeat.people.links import LinkSpent, open_link
from drumbeat.people.models import Person, User
from drumbeat.people.tests.cast import TODAY
from drumbeat.people.tests.make import GOOD, NOW, last_entry
from drumbeat.people.viewer import viewer_of


def begin(email="elena@nordhaus.example", password=GOOD, person=None, **facts):
    return first_account(
        actor=SYSTEM,
        today=TODAY,
        facts=Facts(name="Elena Hartmann", email=email, **facts),
        password=password,
        person=person,
    )


@pytest.mark.django_db
class TestFirst:
    def test_it_works(self):
        person = begin(time_zone="Europe/Berlin")
        assert person.user.check_password(GOOD)
        assert viewer_of(person, TODAY).is_administrator
        assert [e.verb for e in Entry.objects.order_by("pk")] == ["person.add", "role.grant", "account.first"]

    def test_who_is_there_already_is_kept(self):
        there = Person.objects.create(
            name="E. Hartmann", email="elena@nordhaus.example", title="Head of sales"
        )
        assert begin() == there
        there.refresh_from_db()
        assert (there.name, there.title) == ("Elena Hartmann", "Head of sales")

    def test_somebody_known_by_name_gets_the_address(self):
        there = Person.objects.create(name="Elena Hartmann", external_id="7")
        begin(person=there)
        there.refresh_from_db()
        assert (there.email, there.external_id) == ("elena@nordhaus.example", "7")

    def test_a_second_one_is_refused(self):
        begin()
        with pytest.raises(AccountExists):
            begin("somebody@nordhaus.example")

    @pytest.mark.parametrize(
        ("refusal", "values"),
        [
            (NoAddress, {"email": ""}),
            (NotAnAddress, {"email": "elena"}),
            (WeakPassword, {"password": "short"}),
            (WeakPassword, {"password": "1234567890"}),
            (WeakPassword, {"password": "elena@nordhaus"}),
        ],
    )
    def test_refusals_leave_nothing_behind(self, refusal, values):
        with pytest.raises(refusal):
            begin(**values)
        assert not Person.objects.exists()
        assert not Entry.objects.exists()


def make(verb, cast, person):
    return verb(actor=cast.adam, today=TODAY, now=NOW, person=person)


def opened(kind, token):
    return open_link(kind=kind, token=token, now=NOW, today=TODAY)


class TestAccept:
    @pytest.fixture
    def link(self, cast):
        cast.joao.email = "joao@nordhaus.example"
        cast.joao.save()
        return opened("invitation", make(invite, cast, cast.joao))

    def accept(self, link, password=GOOD):
        return accept_invitation(actor=link.person, today=TODAY, now=NOW, link=link, password=password)

    def test_it_works(self, link):
        user = self.accept(link)
        assert (user.person, user.email) == (link.person, "joao@nordhaus.example")
        assert user.check_password(GOOD)
        assert (last_entry().verb, last_entry().actor_name) == ("invitation.accept", "João Ávila")

    def test_twice_is_refused(self, link):
        self.accept(link)
        with pytest.raises(HasAccount):
            self.accept(link)

    def test_a_weak_password_does_not_use_it_up(self, link):
        with pytest.raises(WeakPassword, match="too short"):
            self.accept(link, "short")
        assert not User.objects.filter(person=link.person).exists()
        self.accept(link)


class TestReset:
    def test_it_works(self, cast):
        link = opened("reset", make(reset, cast, cast.mira))
        use_reset(actor=cast.mira, today=TODAY, now=NOW, link=link, password=GOOD)
        assert User.objects.get(person=cast.mira).check_password(GOOD)
        assert last_entry().verb == "password.reset"
        with pytest.raises(LinkSpent):
            use_reset(actor=cast.mira, today=TODAY, now=NOW, link=link, password=GOOD)

    def test_a_weak_password_is_refused(self, cast):
        link = opened("reset", make(reset, cast, cast.mira))
        with pytest.raises(WeakPassword):
            use_reset(actor=cast.mira, today=TODAY, now=NOW, link=link, password="mira")
        assert not User.objects.get(person=cast.mira).check_password("mira")


class TestLoginLink:
    def use(self, link):
        return use_login_link(actor=link.person, today=TODAY, now=NOW, link=link)

    def test_it_works(self, cast):
        link = opened("login", make(login_link, cast, cast.elena))
        assert self.use(link) == cast.elena.user
        with pytest.raises(LinkSpent):
            self.use(link)

    def test_who_had_no_account_gets_one_without_a_password(self, cast):
        cast.joao.email = "joao@nordhaus.example"
        cast.joao.save()
        user = self.use(opened("login", make(login_link, cast, cast.joao)))
        assert user.person == cast.joao
        assert not user.has_usable_password()


class TestChangePassword:
    def test_it_works(self, cast):
        change_password(actor=cast.mira, today=TODAY, user=cast.mira.user, password=GOOD)
        assert User.objects.get(person=cast.mira).check_password(GOOD)
        assert GOOD not in str(last_entry().__dict__)

    def test_a_weak_one_is_refused(self, cast):
        with pytest.raises(WeakPassword):
            change_password(actor=cast.mira, today=TODAY, user=cast.mira.user, password="0123456789")
