"""Reach is what a naive walk up the lines says, whatever happened before."""

import contextlib
import time
from datetime import date, timedelta

import pytest
from django.db import transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from drumbeat.core.refusal import Refused
from drumbeat.journal.record import SYSTEM
from drumbeat.people.actions.lines import end_line, move
from drumbeat.people.actions.persons import mark_left
from drumbeat.people.models import FOR_EVER, SINCE_EVER, Person, Reach, ReportingLine
from drumbeat.people.reach import Cycle, TwoLeaders, all_lines, put_lines, refresh
from drumbeat.people.rules.closure import Line
from drumbeat.people.rules.lines import ended, leading_on, moved, overlap
from drumbeat.people.tests.cast import TODAY

PEOPLE = 6
DAYS = [TODAY + timedelta(days=offset) for offset in range(-6, 7)]
WATCHED = [SINCE_EVER, *DAYS, FOR_EVER - timedelta(days=1)]

person_number = st.integers(0, PEOPLE - 1)
steps = st.lists(
    st.one_of(
        st.tuples(st.just("move"), person_number, person_number, st.sampled_from([SINCE_EVER, *DAYS])),
        st.tuples(st.just("end"), person_number, person_number, st.sampled_from(DAYS)),
        st.tuples(st.just("left"), person_number, person_number, st.sampled_from(DAYS)),
    ),
    max_size=14,
)


def walk(day: date) -> set[tuple[int, int, int]]:
    """Leader, member and depth on a day, by going up the lines one by one."""
    lines = list(ReportingLine.objects.all())
    leads = {line.member_id: line.leader_id for line in lines if line.starts_on <= day < line.ends_on}
    found = set()
    for member in leads:
        leader, depth = leads.get(member), 1
        while leader is not None:
            assert depth <= PEOPLE, "a cycle"
            found.add((leader, member, depth))
            leader, depth = leads.get(leader), depth + 1
    return found


def reached(day: date) -> list[tuple[int, int, int]]:
    return list(Reach.objects.on(day).values_list("leader_id", "member_id", "depth"))


class TestReachAfterAnything(TestCase):
    @settings(max_examples=60, deadline=None)
    @given(steps)
    def test_reach_equals_a_naive_walk(self, steps):
        people = [Person.objects.create(name=f"Person {n}") for n in range(PEOPLE)]
        for what, first, second, day in steps:
            person = people[first]
            try:
                if what == "move":
                    move(actor=SYSTEM, today=TODAY, person=person, leader=people[second], day=day)
                elif what == "end":
                    end_line(actor=SYSTEM, today=TODAY, person=person, day=day)
                else:
                    mark_left(actor=SYSTEM, today=TODAY, person=person, left_on=day)
            except Refused:
                pass
            for watched in WATCHED:
                rows = reached(watched)
                assert len(rows) == len(set(rows))
                assert set(rows) == walk(watched)

    @settings(max_examples=40, deadline=None)
    @given(steps)
    def test_a_full_refresh_changes_nothing(self, steps):
        people = [Person.objects.create(name=f"Person {n}") for n in range(PEOPLE)]
        for _, first, second, day in steps:
            with contextlib.suppress(Refused):
                move(actor=SYSTEM, today=TODAY, person=people[first], leader=people[second], day=day)
        before = set(Reach.objects.values_list("pk", flat=True))
        refresh([person.pk for person in people])
        assert set(Reach.objects.values_list("pk", flat=True)) == before


@given(
    st.lists(
        st.tuples(st.booleans(), st.integers(1, 3), st.integers(0, 20)),
        max_size=8,
    )
)
def test_the_rule_of_moves_day_by_day(changes):
    """``moved`` and ``ended`` against a plain list of days, with the same meaning written out naively."""
    first = date(2026, 1, 1)
    day = [first + timedelta(days=n) for n in range(22)]
    lines: list[Line] = []
    naive: list[int | None] = [None] * 22
    starts = {0}  # where a stretch of the naive list begins
    for is_move, leader, at in changes:
        end = next((n for n in range(at + 1, 22) if n in starts or naive[n] != naive[n - 1]), 22)
        naive[at:end] = [leader if is_move else None] * (end - at)
        lines = moved(lines, 9, leader, day[at], day[21]) if is_move else ended(lines, day[at])
        starts = {n for n in range(22) if any(line.starts_on == day[n] for line in lines)} | {0}
        assert not overlap(lines)
    for n in range(21):
        line = leading_on(lines, day[n])
        assert (line.leader if line else None) == naive[n]


@pytest.fixture
def line_of(cast):
    def make(member, leader, first=SINCE_EVER, end=FOR_EVER):
        return Line(member.pk, leader.pk, first, end)

    return make


def test_two_may_change_places_in_one_go(cast, line_of):
    with transaction.atomic():
        put_lines(
            {cast.ana.pk: [line_of(cast.ana, cast.mira)], cast.mira.pk: [line_of(cast.mira, cast.elena)]}
        )
    assert leaders(cast.ana) == {cast.mira.pk, cast.elena.pk}


def test_two_leaders_on_one_day_are_refused(cast, line_of):
    with pytest.raises(TwoLeaders, match="two people on one day"):
        put_lines({cast.mira.pk: [line_of(cast.mira, cast.ana), line_of(cast.mira, cast.tom, TODAY)]})


def test_a_cycle_among_several_changes_is_refused_and_nothing_written(cast, line_of):
    before = all_lines()
    with pytest.raises(Cycle, match="Elena Hartmann"):
        put_lines(
            {
                cast.stella.pk: [line_of(cast.stella, cast.tom)],
                cast.elena.pk: [line_of(cast.elena, cast.mira, TODAY + timedelta(days=30))],
            }
        )
    assert all_lines() == before


def leaders(member, day=TODAY):
    return set(Reach.objects.on(day).filter(member=member).values_list("leader_id", flat=True))


def big_company(count: int) -> list[int]:
    """People in a tree of eight below each, the first at the top; gives their ids."""
    Person.objects.bulk_create(
        [Person(name=f"Person {n}", name_key=f"person {n}") for n in range(count)], batch_size=2000
    )
    pks = list(Person.objects.order_by("pk").values_list("pk", flat=True))[-count:]
    ReportingLine.objects.bulk_create(
        [ReportingLine(member_id=pks[n], leader_id=pks[(n - 1) // 8]) for n in range(1, count)],
        batch_size=2000,
    )
    return pks


@pytest.mark.django_db
def test_ten_thousand_people_take_seconds_and_one_move_a_moment():
    pks = big_company(10_000)
    began = time.process_time()
    refresh(pks)
    full = time.process_time() - began
    rep = Person.objects.get(pk=pks[-1])
    leader = Person.objects.get(pk=pks[5])
    began = time.process_time()
    move(actor=SYSTEM, today=TODAY, person=rep, leader=leader, day=TODAY)
    one = time.process_time() - began
    assert full < 8  # seconds of our own work, so that a busy machine does not count
    assert one < full / 10


def test_one_move_costs_a_dozen_queries(cast, django_assert_max_num_queries):
    # savepoint x2, hold (PostgreSQL), own lines x2, upward 3 + 3, down 2, old line, new line, reach: read,
    # delete, insert; the journal line
    with django_assert_max_num_queries(24):
        move(actor=cast.adam, today=TODAY, person=cast.mira, leader=cast.tom, day=TODAY)
