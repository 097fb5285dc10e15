"""The room asks as often for two people as for thirty, new or with a hundred meetings behind it."""

from datetime import UTC, datetime, timedelta

import pytest

from drumbeat.meetings.actions.notes import save_note
from drumbeat.meetings.actions.round import offer_help, say_line
from drumbeat.meetings.actions.topics import put_topic
from drumbeat.meetings.tests import make
from drumbeat.people.models import Person
from drumbeat.people.tests.cast import TODAY
from tests.queries import count_of

pytestmark = pytest.mark.django_db
NINE = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
# session, user and person, viewer; enter: a transaction of 2, seat; meeting, agenda, seats, pre-work, notes,
# topics, thanks, promises, round 2, must-wins, tones and reach, items, closing bar, openings
BUDGET = 36


def count(client, meeting) -> int:
    url = f"/meetings/{meeting.pk}/"
    client.get(url)  # comes in: the first time is another
    return count_of(lambda: client.get(url))


@pytest.mark.parametrize("template", ["one_to_one", "weekly_huddle"])
def test_the_page_costs_the_same_with_a_history(cast, sign_in, template):
    client = sign_in(cast.elena)
    small = make.rhythm(cast.elena, [cast.ana], template)
    first = make.meeting(small)
    fill(first, cast.ana)
    few = count(client, first)
    assert few <= BUDGET
    with_past = make.rhythm(cast.elena, [cast.ana], template)
    for week in range(1, 101):
        make.meeting(with_past, day=TODAY - timedelta(days=7 * week))
    for meeting in list(with_past.meetings.order_by("-day")[:5]):
        fill(meeting, cast.ana)
    last = make.meeting(with_past)
    fill(last, cast.ana)
    assert count(client, last) == few


def test_the_page_costs_the_same_with_thirty(cast, sign_in):
    client = sign_in(cast.elena)
    two = make.meeting(make.rhythm(cast.elena, [cast.ana], "weekly_huddle"))
    fill(two, cast.ana)
    people = [Person.objects.create(name=f"Person {n:02}", time_zone="UTC") for n in range(29)]
    thirty = make.meeting(make.rhythm(cast.elena, people, "weekly_huddle"))
    for person in people:
        fill(thirty, person)
    assert count(client, thirty) == count(client, two)


def fill(meeting, person):
    by = {"actor": person, "today": TODAY, "now": NINE, "meeting": meeting}
    put_topic(**by, text="Something")
    save_note(**by, item="a", text=f"Note of {person.pk}", number=0, client=f"c{person.pk}", sequence=1)
    say_line(**by, person=person, must_win="Brandt", help_needed="a price")
    by["actor"] = meeting.rhythm.chair
    offer_help(**by, person=person.pk)
