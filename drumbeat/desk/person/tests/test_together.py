"""The beat, hours and days at customers with the reader, out of the reader's own calendar alone."""

from datetime import UTC, date, datetime

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from drumbeat.calendars.intake import bring_in
from drumbeat.calendars.models import MailDomain
from drumbeat.calendars.tests.make import event, ics
from drumbeat.desk.person.queries import people_for
from drumbeat.desk.person.tests.test_person_page import text
from drumbeat.desk.person.together import together_of
from drumbeat.people.tests.cast import TODAY
from drumbeat.people.viewer import viewer_of

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)
ME, ANA, TOM, MIRA = (f"{name}@nordhaus.example" for name in ("elena", "ana", "tom", "mira"))


def take(owner, *events, today=TODAY):
    bring_in(actor=owner, today=today, at=NOW, owner=owner, source=ics(*events))


def weekly(*more, people=(ME, ANA), title="A talk"):
    rule = "RRULE:FREQ=WEEKLY;COUNT=10"
    return event("w", "20261005T080000Z", "20261005T084500Z", rule, *more, title=title, people=people)


def together(viewer, person):
    found = viewer_of(viewer, TODAY)
    who = people_for(found).get(pk=person.pk)
    return together_of(who, found, NOW, direct=who.depth == 1)


def test_the_beat_of_a_direct_report_each_mark_a_link_to_its_day(cast, sign_in):
    take(cast.elena, weekly("EXDATE:20261019T080000Z"))
    seen = text(sign_in(cast.elena), cast.ana)
    assert 'href="#d2026-11-16"' in seen
    assert 'id="d2026-11-16"' in seen
    assert "One-to-one not held" in seen.partition('id="d2026-10-19"')[2][:900]
    assert "The last one-to-one was 7 days ago; the next is planned for today." in seen
    assert seen.index("One-to-one planned") < seen.index("What happened")


def test_every_mark_has_its_anchor(cast):
    MailDomain.objects.create(domain="brandt.example", kind="customer")
    out = event("c", "20261020T080000Z", "20261020T100000Z", people=(ME, MIRA, "x@brandt.example"))
    take(cast.elena, weekly("EXDATE:20261019T080000Z"), out)
    found = together(cast.elena, cast.ana)
    days = {f"#d{one['when']}" for one in (*found.events, *found.ahead)}
    assert {mark["url"] for mark in (*found.lane["marks"], *found.lane["days"])} == days


def test_days_at_a_customer_with_the_team_and_with_whom(cast):
    MailDomain.objects.create(domain="brandt.example", kind="customer")
    take(
        cast.elena, event("c", "20261020T080000Z", "20261020T100000Z", people=(ME, MIRA, "x@brandt.example"))
    )
    (out,) = together(cast.elena, cast.ana).events
    assert (out["when"], out["kind"], out["detail"]) == (date(2026, 10, 20), "was", "brandt.example")
    assert together(cast.elena, cast.tom).events == []
    (own,) = together(cast.elena, cast.mira).events
    assert own["when"] == date(2026, 10, 20)


def test_hours_by_hand(cast):
    huddle = event("h", "20261117T080000Z", "20261117T100000Z", people=(ME, ANA, TOM))
    with_mira = event("m", "20261118T080000Z", "20261118T083000Z", people=(ME, ANA, MIRA))
    take(cast.elena, weekly(), huddle, with_mira)
    week, month, quarter = together(cast.elena, cast.ana).hours
    # The slot of today counts by the calendar; the four Mondays before and half an hour with Mira beside.
    assert (week.minutes, month.minutes, quarter.minutes) == (45, 4 * 45 + 30, 8 * 45 + 30)
    assert [one.minutes for one in together(cast.elena, cast.tom).hours] == [0, 0, 0]
    assert [one.minutes for one in together(cast.elena, cast.mira).hours] == [0, 30, 30]


def test_where_the_calendar_begins_within_a_span_it_is_said(cast, sign_in):
    take(cast.elena, weekly())
    assert [one.since for one in together(cast.elena, cast.ana).hours] == [None, None, date(2026, 10, 5)]
    assert "since 5 Oct, where the calendar begins" in text(sign_in(cast.elena), cast.ana)


def test_a_rep_two_steps_below_has_hours_and_no_beat(cast, sign_in):
    take(cast.elena, weekly(people=(ME, MIRA)))
    seen = text(sign_in(cast.elena), cast.mira)
    assert "Hours with Mira" in seen
    assert "data-beat" not in seen


def test_the_calendar_of_the_person_is_never_shown(cast, sign_in):
    take(cast.ana, weekly(people=(ANA, MIRA), title="Ana and Mira, in private"))
    seen = text(sign_in(cast.elena), cast.ana)
    assert "Bring in your calendar" in seen
    assert "One-to-one took place" not in seen
    for name in ("dora", "hanna", "adam"):
        assert "One-to-one took place" not in text(sign_in(getattr(cast, name)), cast.ana)
    take(cast.elena, weekly())
    for name in ("dora", "hanna", "adam", "ana"):
        assert "One-to-one took place" not in text(sign_in(getattr(cast, name)), cast.ana)


def test_no_title_stands_on_the_page(cast, sign_in):
    take(cast.elena, weekly(title="Delicate matters"))
    assert "Delicate" not in text(sign_in(cast.elena), cast.ana)


def test_the_same_number_of_queries_for_one_event_and_for_many(cast, sign_in):
    client = sign_in(cast.elena)
    take(cast.elena, weekly())
    with CaptureQueriesContext(connection) as once:
        text(client, cast.ana)
    days = [f"202611{day:02}" for day in range(2, 22)]
    take(
        cast.elena,
        weekly(),
        *[event(f"e{d}", f"{d}T130000Z", f"{d}T133000Z", people=(ME, MIRA, f"x@c{d}.example")) for d in days],
    )
    with CaptureQueriesContext(connection) as many:
        text(client, cast.ana)
    assert len(many) == len(once) <= 17
