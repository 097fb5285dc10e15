"""What is kept of calendars says the same of a relation as the file did, with both sides' word."""

from datetime import date, timedelta

import pytest

from drumbeat.calendars.circles import team_of
from drumbeat.calendars.intake import bring_in
from drumbeat.calendars.models import MailDomain
from drumbeat.calendars.queries.own import kept_of
from drumbeat.calendars.rules.relations import Span, customer_days, minutes_together, one_to_ones, usual_days
from drumbeat.calendars.tests.make import event, ics
from drumbeat.calendars.tests.test_bring_in import ANA, ME, NOW, one_to_one, take
from drumbeat.people.tests.cast import TODAY

pytestmark = pytest.mark.django_db
MIRA = "mira@nordhaus.example"
EX = "EXDATE:20261012T080000Z,20261109T080000Z"
FIRST, LAST = TODAY - timedelta(weeks=20), TODAY + timedelta(weeks=6)


def load(cast):
    team = team_of(cast.elena.pk, TODAY)
    return kept_of(cast.elena.pk, team, team.reports, FIRST, LAST)


def span_of(kept) -> Span:
    yesterday = TODAY - timedelta(days=1)
    return Span(yesterday, min(kept.calendar.read_on, yesterday), kept.calendar.covers_from)


def states(cast) -> dict[str, str]:
    kept = load(cast)
    found = one_to_ones(kept.entries, span_of(kept), others=kept.others)
    return {f"{one.day:%d.%m}": one.state for one in found[str(cast.ana.pk)]}


def test_it_works(cast):
    MailDomain.objects.create(domain="brandt.example", kind="customer")
    take(
        cast,
        one_to_one(EX),
        event("c", "20261006T080000Z", "20261006T100000Z", people=(ME, MIRA, "x@brandt.example")),
        event("t", "20261007T080000Z", "20261007T090000Z", people=(ME, ANA, "x@brandt.example")),
    )
    marks = states(cast)
    assert [marks[day] for day in ("05.10", "12.10", "16.11", "23.11")] == [
        "took_place",
        "not_held",
        "took_place",
        "planned",
    ]
    kept, ana = load(cast), str(cast.ana.pk)
    assert customer_days(kept.entries, span_of(kept)) == {ana: (date(2026, 10, 6), date(2026, 10, 7))}
    together = minutes_together(kept.entries, date(2026, 10, 1), date(2026, 10, 31))
    assert together == {ana: 3 * 45 + 60}
    assert usual_days(one for one in kept.entries if one.one_to_one_with == ana) == 7
    assert {one.title for one in kept.entries} == {""}


def test_a_moved_one_keeps_its_slot(cast):
    moved = event(
        "w", "20261014T100000Z", "20261014T104500Z", "RECURRENCE-ID:20261012T080000Z", people=(ME, ANA)
    )
    take(cast, one_to_one(), moved)
    (one,) = [one for one in load(cast).entries if one.day == date(2026, 10, 14)]
    assert one.slot_day == date(2026, 10, 12)


def test_without_a_calendar_nothing_is_known(cast):
    assert load(cast) is None


def test_the_reports_own_calendar_can_say_that_it_was_not_held(cast):
    take(cast, one_to_one())
    mine = f"PARTSTAT=NEEDS-ACTION:mailto:{ANA}"
    declined = one_to_one().replace(mine, f"PARTSTAT=DECLINED:mailto:{ANA}")
    bring_in(actor=cast.ana, today=TODAY, at=NOW, owner=cast.ana, source=ics(declined))
    assert set(states(cast).values()) == {"not_held"}


def test_a_calendar_not_read_since_leaves_the_later_days_unknown(cast):
    take(cast, one_to_one(EX), today=date(2026, 11, 1))
    marks = states(cast)
    assert [marks[day] for day in ("12.10", "26.10", "02.11", "09.11", "16.11")] == [
        "not_held",
        "took_place",
        "not_known",
        "not_known",
        "not_known",
    ]
