"""Repeating meetings of the calendar that was read in become rhythms in one go."""

from datetime import UTC, date, datetime, time

import pytest

from drumbeat.calendars.intake import bring_in
from drumbeat.calendars.tests.make import event, ics
from drumbeat.meetings.actions.proposals import NothingChosen, give_back, take_over
from drumbeat.meetings.models import Meeting, Rhythm
from drumbeat.meetings.queries.proposals import proposals_for, proposals_page
from drumbeat.meetings.rules.proposals import fitting
from drumbeat.meetings.tests.make import rhythm
from drumbeat.people.tests.cast import TODAY
from tests.queries import count_of

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)
ME, ANA, TOM, MIRA = (f"{name}@nordhaus.example" for name in ("elena", "ana", "tom", "mira"))


def series(uid, day, rule, *more, people=(ME, ANA), at="09:00", minutes=45):
    """A series by the clock of Berlin from a day on."""
    start, hour = date.fromisoformat(day), time.fromisoformat(at)
    end = divmod(hour.hour * 60 + hour.minute + minutes, 60)
    return event(
        uid,
        f";TZID=Europe/Berlin:{start:%Y%m%d}T{hour:%H%M}00",
        f";TZID=Europe/Berlin:{start:%Y%m%d}T{end[0]:02}{end[1]:02}00",
        f"RRULE:{rule}",
        *more,
        title="Secret title",
        people=people,
    )


def take(cast, *events, **more):
    return bring_in(actor=cast.elena, today=TODAY, at=NOW, owner=cast.elena, source=ics(*events), **more)


def said(cast):
    return [
        (one.uid, one.template, one.every.words(), one.at, one.minutes, one.names)
        for one in proposals_for(cast.elena, TODAY)
    ]


ONE = series("one", "2026-09-01", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU")
HUDDLE = series("h", "2026-09-07", "FREQ=WEEKLY", people=(ME, ANA, TOM), at="08:30", minutes=15)
PLAN = series("plan", "2026-08-27", "FREQ=MONTHLY;BYDAY=-1TH", at="14:00", minutes=60)
CLINIC = series("c", "2026-09-04", "FREQ=MONTHLY;BYDAY=1FR", people=(ME, ANA, TOM), minutes=30)
QBR = series("q", "2026-07-08", "FREQ=MONTHLY;INTERVAL=3;BYDAY=2WE", people=(ME, ANA, TOM), minutes=120)


def test_each_series_with_managers_has_its_fitting_template(cast):
    take(cast, ONE, HUDDLE, PLAN, CLINIC, QBR)
    both = ("Ana Ribeiro", "Tom Okafor")
    assert said(cast) == [
        ("h", "weekly_huddle", "every Monday", time(8, 30), 15, both),
        ("one", "one_to_one", "every second Tuesday", time(9), 45, ("Ana Ribeiro",)),
        (
            "q", "quarterly_business_review", "the second Wednesday of the first month of the quarter",
            time(9), 120, both,
        ),
        ("plan", "monthly_plan_review", "the last Thursday of the month", time(14), 60, ("Ana Ribeiro",)),
        ("c", "idea_clinic", "the first Friday of the month", time(9), 30, both),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "other",
    [
        series("x", "2026-09-01", "FREQ=WEEKLY", people=(ME, ANA, "x@brandt.example")),
        series("x", "2026-09-01", "FREQ=WEEKLY", people=(ME, MIRA)),
        series("x", "2026-09-01", "FREQ=WEEKLY", people=(ME,)),
        series("x", "2026-09-01", "FREQ=WEEKLY;UNTIL=20261030T000000Z"),
        series("x", "2026-09-01", "FREQ=DAILY"),
        series("x", "2026-09-01", "FREQ=WEEKLY;BYDAY=MO,WE,FR"),
        series("x", "2026-09-01", "FREQ=YEARLY"),
        event("x", "20261125T080000Z", "20261125T090000Z", people=(ME, ANA)),
    ],
    ids=["customer", "not a report", "alone", "over", "daily", "three a week", "yearly", "once"],
)
def test_what_is_no_rhythm_with_managers_is_not_proposed(cast, other):
    take(cast, other)
    assert said(cast) == []


def test_all_are_taken_over_in_one_go_and_never_proposed_again(cast):
    take(cast, ONE, HUDDLE, PLAN)
    chosen = {"one": "new_manager_checkin", "h": "nonsense", "plan": "", "never": ""}
    made = take_over(actor=cast.elena, today=TODAY, now=NOW, chosen=chosen)
    kept = {one.source_uid: one for one in made}
    assert {uid: one.template for uid, one in kept.items()} == {
        "one": "new_manager_checkin",
        "h": "weekly_huddle",
        "plan": "monthly_plan_review",
    }
    one = kept["one"]
    assert (one.frequency, one.weekday, one.at, one.minutes) == ("two_weeks", 1, time(9), 45)
    assert (one.time_zone, one.name, one.chair) == (
        "Europe/Berlin",
        "New manager check-in with Ana",
        cast.elena,
    )
    assert [meeting.day for meeting in one.meetings.order_by("day")[:2]] == [
        date(2026, 11, 24),
        date(2026, 12, 8),
    ]
    assert said(cast) == []
    with pytest.raises(NothingChosen):
        take_over(actor=cast.elena, today=TODAY, now=NOW, chosen=chosen)
    one.state = Rhythm.ENDED
    one.save()
    assert said(cast) == []


def test_link_only_where_titles_are_kept_and_never_the_title(cast):
    link = "LOCATION:Hidden Room https://meet.google.com/abc-defg-hij"
    take(cast, series("one", "2026-09-01", "FREQ=WEEKLY", link), titles=True)
    (made,) = take_over(actor=cast.elena, today=TODAY, now=NOW, chosen={"one": ""})
    assert (made.join_link, made.place, made.name) == (
        "https://meet.google.com/abc-defg-hij",
        "",
        "One-to-one with Ana",
    )


def test_it_is_taken_back_as_if_it_had_never_been(cast):
    take(cast, ONE, HUDDLE)
    made = take_over(actor=cast.elena, today=TODAY, now=NOW, chosen={"one": "", "h": ""})
    made[0].meetings.filter(day__lt=date(2026, 12, 1)).update(started_at=NOW)
    ids = [one.pk for one in made]
    give_back(actor=cast.ana, today=TODAY, now=NOW, rhythms=ids)
    assert Rhythm.objects.count() == 2
    give_back(actor=cast.elena, today=TODAY, now=NOW, rhythms=ids)
    assert Rhythm.objects.get().state == Rhythm.ENDED
    assert len(said(cast)) == 1


def test_one_moved_once_does_not_move_the_rhythm(cast):
    moved = event(
        "one", "20261126T150000Z", "20261126T160000Z", "RECURRENCE-ID:20261124T080000Z", people=(ME, ANA)
    )
    take(cast, ONE, moved)
    assert said(cast)[0][2:5] == ("every second Tuesday", time(9), 45)


def test_a_rhythm_made_by_hand_is_not_proposed_beside(cast):
    take(cast, ONE)
    rhythm(cast.elena, [cast.ana])
    assert said(cast) == []


def test_people_who_left_are_not_invited(cast):
    take(cast, ONE)
    cast.ana.left_on = date(2026, 11, 1)
    cast.ana.save()
    assert said(cast) == []


@pytest.mark.parametrize(
    ("frequency", "people", "minutes", "template"),
    [
        ("weekly", 1, 30, "one_to_one"),
        ("monthly", 1, 30, "one_to_one"),
        ("monthly", 1, 60, "monthly_plan_review"),
        ("quarterly", 1, 60, "one_to_one"),
        ("weekly", 5, 15, "weekly_huddle"),
        ("monthly", 2, 90, "monthly_plan_review"),
        ("monthly", 6, 90, "idea_clinic"),
        ("quarterly", 6, 120, "quarterly_business_review"),
    ],
)
def test_fitting(frequency, people, minutes, template):
    assert fitting(frequency, people, minutes) == template


def test_the_page(cast, sign_in):
    client = sign_in(cast.elena)
    url = "/rhythms/from-calendar/"
    assert "Bring your calendar" in client.get(url).content.decode()
    take(cast, ONE, HUDDLE)
    page = client.get(url)
    text = page.content.decode()
    assert text.count("checked") == 2
    assert "every second Tuesday at 9:00, 45 minutes" in text
    assert "Secret" not in text
    assert client.post(url, {}).status_code == 422
    row = page.context["page"].rows[1]
    answer = client.post(url, {"take": [row.key], f"template-{row.key}": "one_to_one"}, follow=True)
    assert "One rhythm is taken over." in answer.content.decode()
    made = Rhythm.objects.get()
    assert (made.source_uid, Meeting.objects.filter(rhythm=made).exists()) == ("one", True)
    client.post(f"/rhythms/from-calendar/back/{made.pk}/")
    assert not Rhythm.objects.exists()
    assert client.post("/rhythms/from-calendar/back/x-y/").status_code == 302


def test_proposals_cost_the_same_for_many(cast):
    take(cast, ONE)
    few = count_of(lambda: proposals_page(cast.elena, TODAY))
    more = [series(f"m{n}", "2026-09-01", "FREQ=WEEKLY", at=f"{n + 8:02}:00") for n in range(10)]
    take(cast, ONE, HUDDLE, *more)
    assert len(proposals_page(cast.elena, TODAY).rows) == 12
    assert count_of(lambda: proposals_page(cast.elena, TODAY)) <= few + 1  # customers among … only with some
