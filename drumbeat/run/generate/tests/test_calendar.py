"""The executive's calendar, read by other programs' libraries."""

from collections import defaultdict
from datetime import date, datetime, timedelta

import icalendar
import pytest
import recurring_ical_events
from hypothesis import given, settings
from hypothesis import strategies as st

from drumbeat.run.generate.company import company
from drumbeat.run.generate.people import SEATS
from drumbeat.run.generate.tests.rows import DAYS, TODAY, demo
from drumbeat.run.generate.words import SUPPLIERS

SUPPLIER_DOMAINS = {domain for _, domain in SUPPLIERS}


def read(made):
    text = "".join(made.executive_ics())
    assert text.startswith("BEGIN:VCALENDAR\r\n")
    assert text.endswith("END:VCALENDAR\r\n")
    assert "\n" not in text.replace("\r\n", "")
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    return icalendar.Calendar.from_ical(text)


def occurrences(made, first, last):
    events = recurring_ical_events.of(read(made)).between(first, last)
    return sorted(events, key=lambda event: str(event.start))


def addresses(event):
    found = event.get("attendee", [])
    return {str(one).removeprefix("mailto:") for one in (found if isinstance(found, list) else [found])}


def one_to_ones(made, manager, first, last):
    pair = {manager, made.cast.executive}
    return [
        e for e in occurrences(made, first, last) if addresses(e) == pair and str(e["status"]) != "CANCELLED"
    ]


def manager(made, story):
    return next(area.manager for area in made.tree.branches[0].areas if area.seat.story == story)


@given(st.dates(date(2020, 1, 1), date(2035, 12, 31)), st.integers(3, 200), st.integers(0, 999))
@settings(max_examples=15, deadline=None)
def test_it_parses_on_any_day(today, people, seed):
    calendar = read(company(people, 300, seed=seed, today=today))
    for event in calendar.walk("VEVENT"):
        assert event.start < event.end
        assert not event.get("rrule") or not event.get("recurrence-id")


def test_it_is_as_real_clients_write():
    text = "".join(demo().company.executive_ics())
    for part in ("RRULE:", "EXDATE;TZID=", "RECURRENCE-ID;TZID=", "STATUS:CANCELLED", "BEGIN:VTIMEZONE"):
        assert part in text
    for part in (
        "PARTSTAT=DECLINED",
        "PARTSTAT=NEEDS-ACTION",
        "ORGANIZER;CN=",
        "VALUE=DATE:",
        "CLASS:PRIVATE",
    ):
        assert part in text
    calendar = icalendar.Calendar.from_ical(text)
    masters = {str(e["uid"]) for e in calendar.walk("VEVENT") if e.get("rrule")}
    single = [str(e["uid"]) for e in calendar.walk("VEVENT") if e.get("recurrence-id")]
    assert set(single) <= masters
    lone = [str(e["uid"]) for e in calendar.walk("VEVENT") if not e.get("recurrence-id")]
    assert len(lone) == len(set(lone))


@pytest.mark.parametrize("today", DAYS)
def test_three_one_to_ones_in_a_row_fell_to_suppliers(today):
    made = company(today=today)
    ingrid = manager(made, "never_met").email
    held = one_to_ones(made, ingrid, today - timedelta(weeks=26), today)
    assert len(held) >= 7
    assert 44 <= (today - held[-1].start.date()).days <= 80
    monday = today - timedelta(days=today.weekday())
    events = occurrences(made, today - timedelta(weeks=7), today)
    for week in (-5, -3, -1):
        wednesday = monday + timedelta(days=7 * week + 2)
        that_day = [e for e in events if isinstance(e.start, datetime) and e.start.date() == wednesday]
        visits = [
            e for e in that_day if any(one.partition("@")[2] in SUPPLIER_DOMAINS for one in addresses(e))
        ]
        long = any(e.end - e.start == timedelta(hours=8) for e in visits)
        assert long or not that_day or today.month in (1, 12)  # a public holiday


def test_no_time_with_who_is_never_met_but_in_company():
    made = demo().company
    ingrid = manager(made, "never_met").email
    events = occurrences(made, TODAY - timedelta(days=45), TODAY)
    close = [
        e for e in events if ingrid in addresses(e) and len(addresses(e)) <= 5 and e["status"] != "CANCELLED"
    ]
    assert close == []


def test_everybody_else_was_met_in_the_last_weeks():
    made = demo().company
    for seat in SEATS:
        if seat.story != "never_met":
            held = one_to_ones(made, manager(made, seat.story).email, TODAY - timedelta(weeks=4), TODAY)
            assert held, seat.story


def test_days_at_customers_together():
    made = demo().company
    domains = {row["domain"] for row in demo().accounts}
    counts = defaultdict(set)
    for event in occurrences(made, TODAY - timedelta(weeks=13), TODAY):
        if any(one.partition("@")[2] in domains for one in addresses(event)):
            for seat in SEATS:
                if manager(made, seat.story).email in addresses(event):
                    counts[seat.story].add(event.start.date())
    assert {story: len(days) for story, days in counts.items()} == {
        "steady": 3,
        "optimist": 1,
        "never_met": 1,
        "trouble": 4,
        "on_plan": 2,
        "promoted": 2,
        "growing": 1,
        "one_rep": 2,
    }


def test_three_weeks_are_eaten_by_suppliers():
    hours = defaultdict(float)
    for event in occurrences(demo().company, TODAY - timedelta(weeks=13), TODAY):
        if any(one.partition("@")[2] in SUPPLIER_DOMAINS for one in addresses(event)):
            hours[event.start.isocalendar().week] += (event.end - event.start).total_seconds() / 3600
    assert [week for week, spent in sorted(hours.items()) if spent >= 13] == [43, 45, 47]
    assert sum(hours.values()) < 60


def test_the_promoted_manager_is_met_weekly_and_the_former_one_no_more():
    made = demo().company
    area = next(a for a in made.tree.branches[0].areas if a.seat.story == "promoted")
    since = TODAY - timedelta(days=42)
    assert len(one_to_ones(made, area.manager.email, since, TODAY)) == 6
    assert one_to_ones(made, area.manager.email, since - timedelta(weeks=20), since) == []
    assert one_to_ones(made, area.former_manager.email, since, TODAY) == []
    assert len(one_to_ones(made, area.former_manager.email, since - timedelta(weeks=12), since)) >= 4


def test_any_branch_leader_has_a_calendar():
    made = company(300, 2_000, today=TODAY)
    leader = made.tree.branches[1].leader.email
    text = "".join(made.executive_ics(leader))
    assert leader in text.replace("\r\n ", "")
    assert made.cast.executive not in text.replace("\r\n ", "")
