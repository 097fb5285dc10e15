from datetime import date, timedelta

import pytest

from drumbeat.journal.models import Entry
from drumbeat.people.tests.cast import TODAY
from drumbeat.promises.actions import (
    NeedsReason,
    NothingToTakeBack,
    NotOpen,
    accept,
    drop,
    give_new_date,
    give_new_dates,
    make_promise,
    mark_done,
    resume,
    take_back,
    take_back_many,
    wait_for,
)
from drumbeat.promises.actions.moving import SameDay, TooLong, WaitsForOwner
from drumbeat.promises.held import facts_of
from drumbeat.promises.models import Promise
from drumbeat.promises.rules.dates import DayPast, TooFar
from drumbeat.promises.tests.make import promise

pytestmark = pytest.mark.django_db
FRIDAY = TODAY + timedelta(days=4)
ANY_OPEN = [
    (mark_done, {}),
    (give_new_date, {"due": FRIDAY + timedelta(days=7), "reason": "customer away"}),
    (drop, {"reason": "no longer wanted"}),
]


@pytest.fixture
def of_ana(cast):
    """A price list that Ana owes Elena by Friday."""
    return promise(cast.ana, cast.elena)


def test_it_works(cast, of_ana):
    done = mark_done(actor=cast.ana, today=TODAY, promise=of_ana)
    assert (done.state, done.done_on, done.accepted_on) == ("done", TODAY, None)
    kept = accept(actor=cast.elena, today=TODAY, promise=of_ana)
    assert (kept.state, kept.accepted_on) == ("accepted", TODAY)
    assert [e.verb for e in Entry.objects.order_by("pk")] == ["promise.done", "promise.accept"]


def test_done_said_by_who_asked_is_accepted_at_once(cast, of_ana):
    assert mark_done(actor=cast.elena, today=TODAY, promise=of_ana).state == "accepted"


def test_done_twice_is_done_once(cast, of_ana):
    for _ in range(2):
        mark_done(actor=cast.ana, today=TODAY, promise=of_ana)
    for _ in range(2):
        accept(actor=cast.elena, today=TODAY, promise=of_ana)
    assert Entry.objects.count() == 2


def test_only_what_is_done_is_accepted_and_only_by_who_asked(cast, of_ana):
    with pytest.raises(NotOpen, match="not done yet"):
        accept(actor=cast.elena, today=TODAY, promise=of_ana)
    mark_done(actor=cast.ana, today=TODAY, promise=of_ana)
    with pytest.raises(NotOpen, match="Only who asked"):
        accept(actor=cast.ana, today=TODAY, promise=of_ana)


def test_a_new_date_is_counted_and_lands_on_a_working_day(cast, of_ana):
    moved = give_new_date(actor=cast.ana, today=TODAY, promise=of_ana, due=date(2026, 12, 25), reason="ill")
    assert (moved.due, moved.first_due, moved.new_dates) == (date(2026, 12, 28), FRIDAY, 1)
    assert moved.reason == "ill"


@pytest.mark.parametrize(
    ("due", "refusal"),
    [
        (FRIDAY, SameDay),
        (FRIDAY - timedelta(days=5), DayPast),
        (date(9999, 12, 31), TooFar),
        (date.min, DayPast),
    ],
)
def test_no_new_date(cast, of_ana, due, refusal):
    with pytest.raises(refusal):
        give_new_date(actor=cast.ana, today=TODAY, promise=of_ana, due=due)


def test_dropped_with_a_word(cast, of_ana):
    with pytest.raises(NeedsReason):
        drop(actor=cast.ana, today=TODAY, promise=of_ana, reason=" \0\n")
    with pytest.raises(TooLong):
        drop(actor=cast.ana, today=TODAY, promise=of_ana, reason="x" * 10**6)
    gone = drop(actor=cast.ana, today=TODAY, promise=of_ana, reason="Brandt bought\nelsewhere")
    assert (gone.state, gone.dropped_on, gone.reason) == ("dropped", TODAY, "Brandt bought elsewhere")
    assert "Brandt" not in str(Entry.objects.values_list("details", "object_name"))


def test_waiting_stops_the_clock(cast, of_ana):
    with pytest.raises(WaitsForOwner):
        wait_for(actor=cast.ana, today=TODAY, promise=of_ana, person=cast.ana)
    waits = wait_for(actor=cast.ana, today=TODAY, promise=of_ana, person=cast.tom)
    assert (waits.state, waits.waiting_for, waits.waiting_since) == ("waiting", cast.tom, TODAY)
    later = TODAY + timedelta(days=9)
    other = wait_for(actor=cast.ana, today=later, promise=of_ana, person=cast.mira)
    assert (other.waiting_for, other.waiting_since) == (cast.mira, TODAY)
    on = resume(actor=cast.ana, today=later, promise=of_ana)
    assert (on.state, on.waiting_for, on.waiting_since, on.waited_days) == ("open", None, None, 9)
    resume(actor=cast.ana, today=later, promise=of_ana)
    assert Entry.objects.count() == 3


def test_a_new_date_while_waiting_goes_on_waiting(cast, of_ana):
    wait_for(actor=cast.ana, today=TODAY, promise=of_ana, person=cast.tom)
    later = TODAY + timedelta(days=9)
    moved = give_new_date(actor=cast.ana, today=later, promise=of_ana, due=later + timedelta(days=1))
    assert (moved.state, moved.waiting_since, moved.waited_days) == ("waiting", later, 0)


@pytest.mark.parametrize(("step", "more"), ANY_OPEN)
@pytest.mark.parametrize("state", ["done", "accepted", "dropped"])
def test_what_is_over_stays(cast, state, step, more):
    over = {"dropped_on": TODAY} if state == "dropped" else {"done_on": TODAY, "accepted_on": TODAY}
    made = promise(cast.ana, cast.elena, state=state, **over)
    if step is mark_done and state != "dropped":
        mark_done(actor=cast.ana, today=TODAY, promise=made)
    else:
        with pytest.raises(NotOpen, match="on Mon 23 November"):
            step(actor=cast.ana, today=TODAY, promise=made, **more)
    made.refresh_from_db()
    assert made.state == state


@pytest.mark.parametrize(("step", "more"), ANY_OPEN)
@pytest.mark.parametrize("waiting", [False, True])
def test_the_last_step_is_taken_back(cast, of_ana, step, more, waiting):
    if waiting:
        wait_for(actor=cast.ana, today=TODAY - timedelta(days=3), promise=of_ana, person=cast.tom)
    Promise.objects.update(reason="an earlier word")
    of_ana.refresh_from_db()
    before = facts_of(of_ana)
    step(actor=cast.ana, today=TODAY, promise=of_ana, **more)
    back = take_back(actor=cast.ana, today=TODAY, promise=of_ana)
    back.refresh_from_db()
    assert (facts_of(back), back.reason) == (before, "an earlier word")
    with pytest.raises(NothingToTakeBack, match="nothing to take back"):
        take_back(actor=cast.ana, today=TODAY, promise=of_ana)


def test_nobody_takes_back_anothers_step(cast, of_ana):
    mark_done(actor=cast.ana, today=TODAY, promise=of_ana)
    with pytest.raises(NothingToTakeBack, match="Ana Ribeiro’s"):
        take_back(actor=cast.elena, today=TODAY, promise=of_ana)


def test_making_is_taken_back_on_its_day(cast):
    facts = {"owner": cast.ana, "asked_by": cast.elena, "text": "x", "due": FRIDAY, "confidential": True}
    for day in (TODAY, TODAY + timedelta(days=1)):
        made = make_promise(actor=cast.elena, today=TODAY, **facts)
        if day == TODAY:
            assert take_back(actor=cast.elena, today=day, promise=made) is None
            assert not Promise.objects.exists()
        else:
            with pytest.raises(NothingToTakeBack, match="earlier day"):
                take_back(actor=cast.elena, today=day, promise=made)


def test_many_after_a_holiday(cast):
    made = [promise(cast.ana, cast.elena, due=TODAY + timedelta(days=n)) for n in (-7, 0, 4)]
    give_new_dates(actor=cast.ana, today=TODAY, promises=made, days=3)
    kept = Promise.objects.order_by("pk")
    thursday = TODAY + timedelta(days=3)
    assert [one.due for one in kept] == [thursday, thursday, date(2026, 12, 2)]
    assert take_back_many(actor=cast.ana, today=TODAY, promises=made) == 3
    assert [one.due for one in kept.all()] == [one.due for one in made]
    give_new_dates(actor=cast.ana, today=TODAY, promises=made, due=FRIDAY)
    assert {one.due for one in kept.all()} == {FRIDAY}
    assert [one.new_dates for one in kept.all()] == [1, 1, 0]  # the third stood there already


def test_many_or_none(cast):
    made = [promise(cast.ana, cast.elena), promise(cast.ana, cast.elena, state="done", done_on=TODAY)]
    for values, refusal in [({"days": 3}, NotOpen), ({"days": 10**9}, TooFar), ({"days": 0}, TooFar)]:
        with pytest.raises(refusal):
            give_new_dates(actor=cast.ana, today=TODAY, promises=made, **values)
    with pytest.raises(NothingToTakeBack):
        take_back_many(actor=cast.ana, today=TODAY, promises=[])
    assert {one.due for one in Promise.objects.all()} == {FRIDAY}
