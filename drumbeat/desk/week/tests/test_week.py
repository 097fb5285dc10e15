"""What This week chooses, says and keeps quiet about."""

from datetime import date, timedelta

import pytest

from drumbeat.calendars.tests.make import event
from drumbeat.desk.week.queries import week_of
from drumbeat.desk.week.tests.make import Q4, calendar, managers, talks, weekly_wins
from drumbeat.people.actions.beats import choose_beat
from drumbeat.people.models import Person
from drumbeat.people.tests.cast import TODAY
from drumbeat.plan.models import WON
from drumbeat.plan.tests.make import deal, target
from drumbeat.signals.actions import bring_back, put_off
from drumbeat.signals.models import PutOff
from tests.queries import count_of

pytestmark = pytest.mark.django_db


def things(leader, day=TODAY):
    return [(thing["key"], thing["sentence"]) for thing in week_of(leader, day).things]


def keys(leader, day=TODAY):
    return [key for key, _ in things(leader, day)]


def again(leader):
    """The person as a new request finds it, with nothing remembered."""
    return Person.objects.get(pk=leader.pk)


@pytest.fixture
def ana_waits(cast):
    """Ana's weekly talk ended eight weeks ago; Tom's goes on."""
    calendar(
        cast.elena,
        talks(cast.elena, cast.ana, weeks=10, until=date(2026, 10, 5)),
        talks(cast.elena, cast.tom, weeks=20, number=1),
    )


def test_a_manager_who_waits_stands_there_with_two_free_slots(cast, ana_waits):
    thing = week_of(cast.elena, TODAY).things[0]
    assert thing["key"] == "unmet"
    assert thing["sentence"] == "Ana Ribeiro: no one-to-one for 56 days; usually you meet every 7 days."
    assert thing["action"]["label"] == "Copy two free slots"
    assert thing["action"]["copy_text"].startswith("Ana, shall we take 45 minutes: ")
    assert " or " in thing["action"]["copy_text"]
    assert "Tom" not in " ".join(sentence for _, sentence in things(cast.elena))


def test_never_met_counts_from_the_first_day_of_the_calendar_and_by_the_chosen_beat(cast):
    calendar(cast.elena, talks(cast.elena, cast.tom, weeks=3))
    assert "unmet" not in keys(cast.elena)  # 21 days of calendar, and one every two weeks is usual
    choose_beat(actor=cast.elena, today=TODAY, leader=cast.elena, one_to_one_days=7, huddle_weekday=None)
    assert things(again(cast.elena))[0] == (
        "unmet", "Ana Ribeiro: no one-to-one in 21 days of calendar; you want one every 7 days.",
    )  # fmt: skip


@pytest.mark.parametrize("word", [PutOff.NOT_NOW, PutOff.NOT_USEFUL])
def test_what_is_put_off_stays_away_for_fourteen_days(cast, ana_waits, word):
    put_off(actor=cast.elena, today=TODAY, key="unmet", about=cast.ana, word=word)
    assert "unmet" not in keys(cast.elena)
    assert "unmet" not in keys(cast.elena, TODAY + timedelta(days=13))
    assert "unmet" in keys(cast.elena, TODAY + timedelta(days=14))


def test_what_came_after_the_calendar_was_read_is_not_known_and_counts_for_nothing(cast):
    calendar(cast.elena, talks(cast.elena, cast.ana), talks(cast.elena, cast.tom, number=1))
    later = TODAY + timedelta(days=60)
    found = week_of(cast.elena, later)
    assert [key for key, _ in things(cast.elena, later) if key in ("unmet", "above_plan_unmet")] == []
    assert not any("one-to-one" in row["sentence"] for row in found.rows)
    assert found.stale_since == TODAY
    assert week_of(cast.elena, TODAY + timedelta(days=6)).stale_since is None


def test_undo_brings_it_back(cast, ana_waits):
    said = put_off(actor=cast.elena, today=TODAY, key="unmet", about=cast.ana, word=PutOff.NOT_NOW)
    bring_back(actor=cast.elena, today=TODAY, said=said)
    assert "unmet" in keys(cast.elena)


def test_one_leaders_put_off_is_not_anothers(cast, ana_waits):
    put_off(actor=cast.tom, today=TODAY, key="unmet", about=cast.ana, word=PutOff.NOT_NOW)
    assert "unmet" in keys(cast.elena)


def test_a_thing_of_the_whole_team_is_put_off_too(cast):
    for n in range(30):
        deal(cast.mira, state=WON, amount="1", created=date(2026, 10, 1), closed=date(2026, 10, 8 + n % 9))
    deal(cast.piotr, created=date(2026, 1, 5), amount="1")
    assert "aged_deals" in keys(cast.elena)
    put_off(actor=cast.elena, today=TODAY, key="aged_deals", about=None, word=PutOff.NOT_NOW)
    assert "aged_deals" not in keys(cast.elena)
    assert "aged_deals" in keys(cast.elena, TODAY + timedelta(days=14))


def test_more_than_a_bad_month_speaks_once_it_held_a_week_ago_too(cast):
    weekly_wins(cast.mira, "10000")
    target(cast.ana, Q4, 260_000)
    found = week_of(cast.elena, TODAY)
    assert [thing["key"] for thing in found.things] == ["plan_pace", "reps_without_deals"]
    assert found.things[0]["detail"].endswith("k are missing to date; eight of the last eight weeks below.")
    # Below the line on this day too, but a week before it was too early to tell.
    assert "plan_pace" not in keys(cast.elena, date(2026, 10, 26))
    assert found.rows[0]["trouble"] is True
    assert found.rows[0]["sentence"] == "More than a bad month: eight of the last eight weeks below."
    assert found.rows[1]["trouble"] is False


def test_above_plan_and_never_met(cast):
    weekly_wins(cast.mira, "30000", weeks=7)
    target(cast.ana, Q4, 100_000)
    calendar(cast.elena, talks(cast.elena, cast.tom, weeks=20))
    put_off(actor=cast.elena, today=TODAY, key="unmet", about=cast.ana, word=PutOff.NOT_NOW)
    assert "above_plan_unmet" in keys(cast.elena)


def test_at_most_three_and_two_of_one_person_only_where_fewer_speak(cast):
    managers(cast.elena, 5)
    calendar(cast.elena, event("x", "20260601T090000Z", "20260601T100000Z", people=(cast.elena.email,)))
    found = week_of(cast.elena, TODAY)
    assert len(found.things) == 3
    assert len({thing["later_url"].split("/")[-3] for thing in found.things}) == 3


def test_a_first_deal_is_worth_a_thank_you(cast):
    deal(cast.piotr, state=WON, amount="900", closed=date(2026, 6, 1), name="Long ago")
    deal(cast.piotr, state=WON, amount="90000", closed=date(2026, 11, 18), name="Big one")
    deal(cast.mira, state=WON, amount="500", closed=date(2026, 11, 19), name="Halden frame contract")
    thanks = week_of(cast.elena, TODAY).thanks
    assert thanks["sentence"] == (
        "Mira Lund (Ana Ribeiro’s team) won Halden frame contract, 500: the first one."
    )
    assert thanks["url"].startswith("mailto:mira%40nordhaus.example?subject=Well%20done")


def test_who_has_no_address_is_thanked_in_person(cast):
    deal(cast.joao, state=WON, amount="500", closed=date(2026, 11, 19))
    thanks = week_of(cast.elena, TODAY).thanks
    assert thanks["verb"] == "See the person"
    assert thanks["url"] == f"/people/{cast.joao.pk}/"


def test_rows_stand_by_name_and_add_up(cast):
    target(cast.ana, Q4, 100_000)
    target(cast.tom, Q4, 100_000)
    deal(cast.mira, state=WON, amount="60000", closed=date(2026, 11, 3))
    deal(cast.piotr, state=WON, amount="30000", closed=date(2026, 11, 3))
    found = week_of(cast.elena, TODAY)
    assert [row["name"] for row in found.rows] == ["Ana Ribeiro", "Tom Okafor"]
    assert [row["figure_label"] for row in found.rows] == ["plan to date"] * 2
    paces = [float(row["figure"].rstrip("%")) for row in found.rows]
    assert found.pace == pytest.approx(sum(paces) / 200, abs=0.01)  # equal targets, so the plain average


def test_without_a_target_the_pace_of_the_team_is_not_known(cast):
    target(cast.ana, Q4, 100_000)
    deal(cast.piotr, state=WON, amount="30000", closed=date(2026, 11, 3))
    found = week_of(cast.elena, TODAY)
    assert found.pace is None
    tom = found.rows[1]
    assert tom["figure"] == "30\N{NO-BREAK SPACE}k"
    assert (tom["figure_label"], tom["beside"]) == ("so far this quarter", "no target")
    assert tom["reached"] is None


def test_without_a_calendar_nothing_is_said_of_talks(cast):
    found = week_of(cast.elena, TODAY)
    assert found.calendar is None
    assert found.minutes == []
    assert [row["lane"] for row in found.rows] == [None, None]
    assert found.things == []


def test_a_manager_sees_the_own_reps(cast):
    deal(cast.mira, state=WON, amount="500", closed=date(2026, 11, 19), name="Halden frame contract")
    found = week_of(cast.ana, TODAY)
    assert found.of_reps
    assert [row["name"] for row in found.rows] == ["João Ávila", "Mira Lund"]
    assert found.thanks["sentence"].startswith("Mira Lund won Halden frame contract")


def test_the_same_statements_for_two_managers_and_for_thirty(cast):
    calendar(cast.elena, *(talks(cast.elena, who, number=n) for n, who in enumerate((cast.ana, cast.tom))))
    few = count_of(lambda: week_of(again(cast.elena), TODAY).things)
    more = managers(cast.elena, 28)
    calendar(
        cast.elena,
        *(talks(cast.elena, who, number=n) for n, who in enumerate([cast.ana, cast.tom, *more])),
    )
    found = week_of(cast.elena, TODAY)
    assert len(found.rows) == 30
    assert all(row["lane"]["marks"] for row in found.rows)
    assert count_of(lambda: week_of(again(cast.elena), TODAY).things) == few <= 16
