"""Exports of earlier days: they become today's by changes that people make."""

from datetime import timedelta

import pytest

from drumbeat.run.generate.history import SNAPSHOT_WEEKS
from drumbeat.run.generate.people import SEATS
from drumbeat.run.generate.tests.rows import CLOSED, TODAY, day, demo, manager_named, table, team_of


@pytest.mark.parametrize("weeks", SNAPSHOT_WEEKS)
def test_an_earlier_export_knows_nothing_of_later(weeks):
    made, then = demo().company, TODAY - timedelta(weeks=weeks)
    known = {row["email"] for row in table(made, "people", then)}
    now = {row["external_id"]: row for row in demo().opportunities}
    earlier = table(made, "opportunities", then)
    assert len(earlier) < len(now)
    for row in earlier:
        assert row["owner"] in known
        assert not row["created_on"] or day(row["created_on"]) <= then
        if row["stage"] in CLOSED:
            assert day(row["close_on"]) <= then
            assert row == now[row["external_id"]]
        if row["created_on"] and row["close_on"]:
            assert row["created_on"] <= row["close_on"]
        assert row["created_on"] == now[row["external_id"]]["created_on"]
    assert all(day(row["booked_on"]) <= then for row in table(made, "bookings", then))


def test_today_as_an_earlier_day_is_today():
    made = demo().company
    assert table(made, "opportunities", TODAY) == demo().opportunities


def test_most_deals_of_the_optimist_slipped_and_few_of_others():
    made, then = demo().company, TODAY - timedelta(weeks=8)
    before = {row["external_id"]: row for row in table(made, "opportunities", then)}
    slipped = {}
    for seat in SEATS:
        team = team_of(demo(), manager_named(demo(), seat.name))
        pairs = [
            (before[row["external_id"]], row)
            for row in demo().opportunities
            if row["stage"] not in CLOSED
            and row["owner"] in team
            and row["external_id"] in before
            and row["close_on"]
        ]
        slipped[seat.story] = sum(old["close_on"] < new["close_on"] for old, new in pairs) / len(pairs)
    assert slipped["optimist"] > 0.5
    assert all(share < 0.35 for story, share in slipped.items() if story != "optimist")


def test_amounts_owners_and_stages_changed_too():
    made, then = demo().company, TODAY - timedelta(weeks=8)
    now = {row["external_id"]: row for row in demo().opportunities}
    pairs = [(row, now[row["external_id"]]) for row in table(made, "opportunities", then)]
    assert sum(old["amount"] != new["amount"] for old, new in pairs) > 30
    assert sum(old["stage"] != new["stage"] for old, new in pairs) > 200
    left = [person for person in demo().people if person["left_on"] and person["title"] == "Sales rep"]
    moved = [old for old, new in pairs if old["owner"] != new["owner"]]
    assert len(moved) > 3
    assert {row["owner"] for row in moved} == {left[0]["email"]}


def test_lists_of_people_lead_from_one_leader_to_the_next():
    made = demo().company
    manager = manager_named(demo(), "Mateus Almeida")
    then = {row["email"]: row for row in table(made, "people", TODAY - timedelta(weeks=8))}
    now = {row["email"]: row for row in demo().people}
    assert (then[manager]["title"], now[manager]["title"]) == ("Sales rep", "Area sales manager")
    assert then[then[manager]["manager"]]["name"] == "Helena Duarte"
    reps = [row for row in now.values() if row["manager"] == manager]
    assert {row["line_from"] for row in reps} == {(TODAY - timedelta(days=42)).isoformat()}
