"""This week as a page: who opens it, what it says when there is little to say, and putting a thing off."""

from datetime import date

import pytest
from django.urls import reverse

from drumbeat.desk.week.tests.make import Q4, calendar, managers, talks, weekly_wins
from drumbeat.journal.models import Entry
from drumbeat.people.models import Person, ReportingLine
from drumbeat.people.reach import refresh
from drumbeat.people.tests.cast import TODAY
from drumbeat.plan.models import WON
from drumbeat.plan.tests.make import deal, target
from drumbeat.signals.models import PutOff
from tests.queries import at_most, count_of

pytestmark = pytest.mark.django_db
WEEK = "/week/"


def told(answer):
    """The page without what only keeps words together."""
    return answer.content.decode().replace('<span class="nowrap">one-to-one</span>', "one-to-one")


def main(client):
    answer = client.get(WEEK)
    assert answer.status_code == 200
    return told(answer).partition("<main")[2].partition("</main")[0]


@pytest.fixture
def ana_waits(cast):
    calendar(cast.elena, talks(cast.elena, cast.ana, weeks=10, until=date(2026, 10, 5)))


def later(cast, word=PutOff.NOT_NOW):
    return reverse("desk:put_off", args=["unmet", cast.ana.pk, word])


def test_the_executive_sees_each_manager_by_name(cast, ana_waits, sign_in):
    deal(cast.mira, state=WON, amount="60000", closed=date(2026, 11, 3))
    target(cast.ana, Q4, 100_000)
    seen = main(sign_in(cast.elena))
    assert "Good morning, Elena" in seen
    assert "week 8 of 13" in seen
    assert seen.index("Ana Ribeiro: no one-to-one for 56 days") < seen.index("Your managers")
    team = seen.partition("Your managers")[2]
    assert team.index("Ana Ribeiro") < team.index("Tom Okafor")
    assert "Copy two free slots" in seen


def test_a_visitor_is_asked_to_sign_in(client, cast):
    answer = client.get(WEEK)
    assert answer.status_code == 302
    assert answer.url == "/sign-in/?next=/week/"


@pytest.mark.parametrize("name", ["mira", "adam", "hanna", "stella"])
def test_who_leads_nobody_has_no_week(cast, sign_in, name):
    client = sign_in(getattr(cast, name))
    assert client.get(WEEK).status_code == 403
    assert client.post(later(cast)).status_code == 403
    assert not PutOff.objects.exists()


def test_a_manager_sees_the_own_reps_and_no_peer(cast, sign_in):
    seen = main(sign_in(cast.ana))
    assert "Your team" in seen
    assert seen.index("João Ávila") < seen.index("Mira Lund")
    assert "Piotr" not in seen
    assert "Tom" not in seen


def test_without_a_calendar_there_is_no_beat_and_the_page_says_how_it_begins(cast, sign_in):
    seen = main(sign_in(cast.elena))
    assert "bring in your calendar" in seen
    assert "this week</" not in seen.partition("Your managers")[2]
    assert "Your last four weeks" not in seen


def test_who_leads_only_in_future_has_nobody_yet(cast, sign_in):
    line = ReportingLine.objects.get(member=cast.piotr)
    line.starts_on = date(2026, 12, 1)
    line.save()
    refresh([cast.piotr.pk])
    assert sign_in(cast.tom).get(WEEK).status_code == 403


def test_nothing_that_asks_is_said_in_a_sentence(cast, sign_in):
    seen = main(sign_in(cast.elena))
    assert "Nothing asks for you this week." in seen


def test_a_thing_is_put_off_and_brought_back(cast, ana_waits, sign_in):
    client = sign_in(cast.elena)
    answer = client.post(later(cast), follow=True)
    seen = told(answer)
    assert "Put off for two weeks." in seen
    assert "no one-to-one for 56 days;" not in seen
    said = PutOff.objects.get()
    assert Entry.objects.filter(verb="thing.put_off").count() == 1
    back = reverse("desk:bring_back", args=[said.pk])
    assert back in seen
    assert "no one-to-one for 56 days;" in told(client.post(back, follow=True))
    assert not PutOff.objects.exists()


def test_the_step_of_a_thing_leads_to_its_deals(cast, sign_in):
    weekly_wins(cast.mira, "10000")
    target(cast.ana, Q4, 260_000)
    seen = main(sign_in(cast.elena)).partition("more than a bad month")[2].partition("</li>")[0]
    assert f'href="/plan/{cast.ana.pk}/open/">See the deals</a>' in seen
    assert "data-copy" not in seen


def test_not_useful_is_noted(cast, ana_waits, sign_in):
    seen = sign_in(cast.elena).post(later(cast, PutOff.NOT_USEFUL), follow=True).content.decode()
    assert "Noted as not useful" in seen


def test_putting_off_refuses_what_makes_no_sense(cast, sign_in):
    client = sign_in(cast.elena)
    assert client.get(later(cast)).status_code == 405
    assert client.post(later(cast, "never")).status_code == 404
    assert client.post(reverse("desk:put_off", args=["unmet", 987654, PutOff.NOT_NOW])).status_code == 404
    assert not PutOff.objects.exists()


def test_a_peers_team_cannot_be_put_off_and_anothers_word_not_taken_back(cast, sign_in):
    other = PutOff.objects.create(
        person=cast.elena, key="unmet", about=cast.ana, day=TODAY, word=PutOff.NOT_NOW
    )
    client = sign_in(cast.tom)
    assert client.post(later(cast)).status_code == 403
    assert client.post(reverse("desk:bring_back", args=[other.pk])).status_code == 404
    assert PutOff.objects.get() == other


def test_a_thing_of_the_whole_team_is_put_off(cast, sign_in):
    client = sign_in(cast.elena)
    assert client.post(reverse("desk:put_off", args=["aged_deals", 0, PutOff.NOT_NOW])).status_code == 302
    assert PutOff.objects.get().about is None


def test_a_stale_calendar_is_said(cast, sign_in):
    talk = talks(cast.elena, cast.ana, until=date(2026, 11, 9))
    calendar(cast.elena, talk, today=date(2026, 11, 9))
    assert "Your calendar was last read on Mon 9 November" in main(sign_in(cast.elena))


def test_one_row_or_a_name_of_fifty_letters(cast, sign_in):
    Person.objects.filter(pk=cast.ana.pk).update(name="Ana Maximiliana Ribeiro-Fernandes de Albuquerque")
    ReportingLine.objects.filter(member=cast.tom).delete()
    refresh([cast.tom.pk, cast.piotr.pk])
    weekly_wins(cast.mira, "10", weeks=3)
    seen = main(sign_in(cast.elena))
    assert "Ana Maximiliana Ribeiro-Fernandes de Albuquerque" in seen
    assert "Tom Okafor" not in seen


def test_the_same_number_of_queries_for_two_managers_and_for_thirty(cast, sign_in):
    client = sign_in(cast.elena)
    calendar(cast.elena, *(talks(cast.elena, who, number=n) for n, who in enumerate((cast.ana, cast.tom))))
    few = count_of(lambda: client.get(WEEK))
    more = managers(cast.elena, 28)
    everyone = [cast.ana, cast.tom, *more]
    calendar(cast.elena, *(talks(cast.elena, who, number=n) for n, who in enumerate(everyone)))
    # session, sign-in and viewer; managers, closings, members, targets, wins; calendar, entries, days away;
    # what was put off; my meetings, promises both ways, what was told alone;
    # the sentences for the week: own, leaders above, theirs
    with at_most(20) as asked:
        client.get(WEEK)
    assert len(asked) == few
