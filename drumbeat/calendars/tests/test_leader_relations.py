from datetime import date

import pytest

from drumbeat.calendars.intake import bring_in
from drumbeat.calendars.models import MailDomain
from drumbeat.calendars.queries.relations import relations_of
from drumbeat.calendars.tests.make import event, ics
from drumbeat.calendars.tests.test_bring_in import ANA, ME, NOW, one_to_one, take
from drumbeat.people.models import Leave
from drumbeat.people.tests.cast import TODAY

pytestmark = pytest.mark.django_db
MIRA = "mira@nordhaus.example"
EX = "EXDATE:20261012T080000Z,20261109T080000Z"


def states(found, report) -> dict[str, str]:
    return {f"{one.day:%d.%m}": one.state for one in found.meetings[str(report.pk)]}


def test_it_works(cast):
    MailDomain.objects.create(domain="brandt.example", kind="customer")
    take(
        cast,
        one_to_one(EX),
        event("c", "20261006T080000Z", "20261006T100000Z", people=(ME, MIRA, "x@brandt.example")),
        event("t", "20261007T080000Z", "20261007T090000Z", people=(ME, ANA, "x@brandt.example")),
    )
    found = relations_of(cast.elena, TODAY)
    marks = states(found, cast.ana)
    assert (marks["05.10"], marks["12.10"], marks["16.11"], marks["23.11"]) == (
        "took_place",
        "not_held",
        "took_place",
        "planned",
    )
    assert found.at_customers == {str(cast.ana.pk): (date(2026, 10, 6), date(2026, 10, 7))}
    assert found.minutes_with(date(2026, 10, 1), date(2026, 10, 31)) == {
        str(cast.ana.pk): 3 * 45 + 60,
        str(cast.tom.pk): 0,
    }
    assert found.usual_days_of(str(cast.ana.pk)) == 7
    weeks = found.beat_of(str(cast.ana.pk), TODAY)
    assert [len(week.marks) for week in weeks] == [0] * 6 + [1] * 12
    assert {one.title for one in found.found} == {""}


def test_without_a_calendar_nothing_is_known(cast):
    found = relations_of(cast.elena, TODAY)
    assert (found.calendar, found.meetings, found.at_customers) == (None, {}, {})
    assert all(not week.covered for week in found.beat_of(str(cast.ana.pk), TODAY))


def test_leave_and_holidays_are_away(cast):
    Leave.objects.create(person=cast.ana, starts_on=date(2026, 10, 10), ends_on=date(2026, 10, 14))
    take(cast, one_to_one(EX))
    marks = states(relations_of(cast.elena, TODAY), cast.ana)
    assert (marks["12.10"], marks["09.11"]) == ("away", "not_held")


def test_the_reports_own_calendar_can_say_that_it_was_not_held(cast):
    take(cast, one_to_one())
    declined = one_to_one().replace(f"PARTSTAT=NEEDS-ACTION:mailto:{ANA}", f"PARTSTAT=DECLINED:mailto:{ANA}")
    bring_in(actor=cast.ana, today=TODAY, at=NOW, owner=cast.ana, source=ics(declined))
    assert set(states(relations_of(cast.elena, TODAY), cast.ana).values()) == {"not_held", "planned"} - {
        "planned"
    }


def test_a_calendar_not_read_since_leaves_the_later_days_unknown(cast):
    take(cast, one_to_one(EX), today=date(2026, 11, 1))
    marks = states(relations_of(cast.elena, TODAY), cast.ana)
    assert (marks["12.10"], marks["26.10"], marks["02.11"], marks["09.11"], marks["16.11"]) == (
        "not_held",
        "took_place",
        "not_known",
        "not_known",
        "not_known",
    )


def test_it_costs_the_same_whatever_the_length(cast, django_assert_max_num_queries):
    take(
        cast,
        one_to_one(EX),
        *(event(f"e{n}", "20261102T080000Z", "20261102T083000Z", people=(ME, ANA)) for n in range(40)),
    )
    with django_assert_max_num_queries(10):
        relations_of(cast.elena, TODAY)
