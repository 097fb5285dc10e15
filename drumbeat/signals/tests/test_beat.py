"""The rules of promises, pre-work and what was told alone, at their edges."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drumbeat.signals.facts import OwedFacts, PreworkFacts, ToldFacts
from drumbeat.signals.rules.beat import prework_twice, promise_late, told_alone_waits
from drumbeat.signals.rules.choose import choose
from drumbeat.signals.rules.week import unmet
from drumbeat.signals.tests.make import relation

MONDAY = date(2026, 11, 23)


def owed(due, to="Ana Ribeiro", **changes):
    return OwedFacts(id=f"{to} {due}", to=to, due=due, **changes)


def late(*facts, today=MONDAY, **values):
    return promise_late(facts, today=today, **values)


class TestPromiseLate:
    def test_more_than_three_working_days(self):
        # Three working days before Monday the 23rd: Wednesday the 18th.
        assert late(owed(date(2026, 11, 18))) == []
        (signal,) = late(owed(date(2026, 11, 17)))
        assert signal.sentence == "Ana Ribeiro has waited 6 days for what you promised."
        assert (signal.own_debt, signal.severity) == (True, "red")

    def test_holidays_are_no_working_days(self):
        # 25 and 26 December are holidays in Germany, 1 January too.
        friday = date(2026, 12, 18)
        assert late(owed(date(2026, 12, 22)), today=date(2026, 12, 28)) != []
        assert late(owed(date(2026, 12, 22)), today=date(2026, 12, 28), country="DE") == []
        assert late(owed(friday), today=date(2026, 12, 28), country="DE") != []

    def test_waiting_stops_the_clock(self):
        assert late(owed(date(2026, 10, 1), waiting=True)) == []

    def test_one_a_person_the_oldest_first(self):
        found = late(
            owed(date(2026, 11, 10), key=1),
            owed(date(2026, 11, 3), key=1),
            owed(date(2026, 11, 5), to="Tom Okafor", key=2),
        )
        assert [signal.sentence for signal in found] == [
            "Ana Ribeiro has waited 20 days for what you promised, and for one more thing.",
            "Tom Okafor has waited 18 days for what you promised.",
        ]
        assert found[0].rows == ("Ana Ribeiro 2026-11-03", "Ana Ribeiro 2026-11-10")

    @given(st.lists(st.integers(-60, 60), max_size=8), st.integers(0, 400))
    def test_never_before_its_day_and_never_twice(self, offsets, shift):
        today = MONDAY + timedelta(days=shift)
        found = late(*(owed(today + timedelta(days=n), key=n % 3) for n in offsets), today=today)
        assert len({signal.about for signal in found}) == len(found)
        assert all(signal.numbers["days"] > 3 for signal in found)


class TestPreworkTwice:
    def facts(self, *in_time, own=()):
        return PreworkFacts(
            "Ana Ribeiro", "the one-to-one", key=1, in_time=in_time, own_in_time=own, ids=tuple("abcdef")
        )

    @pytest.mark.parametrize(
        ("in_time", "times"),
        [((), None), ((False,), None), ((True, False, False), None), ((False, True, False), None),
         ((False, False), 2), ((False, False, True, False), 2), ((False, False, False), 3)],
    )  # fmt: skip
    def test_lines(self, in_time, times):
        signal = prework_twice(self.facts(*in_time))
        assert (signal.numbers["times"] if signal else None) == times

    def test_words(self):
        signal = prework_twice(self.facts(False, False, False, True))
        assert signal.sentence == "Ana Ribeiro: no pre-work in time for the one-to-one, three times in a row."
        assert signal.rows == ("a", "b", "c")
        assert not signal.own_debt

    def test_silent_where_the_reader_sent_nothing_either(self):
        assert prework_twice(self.facts(False, False, own=(True, False))) is None
        assert prework_twice(self.facts(False, False, own=(True, True, False))) is not None


class TestToldAloneWaits:
    TOLD = ToldFacts("1", "Ana Ribeiro", seen=True, late=1, waited=8, key=1)

    def test_words_without_a_word_of_it(self):
        (signal,) = told_alone_waits([self.TOLD])
        assert signal.sentence == "Ana Ribeiro told you something 8 days ago and waits for an answer."
        (signal,) = told_alone_waits([replace(self.TOLD, seen=False, waited=3)])
        assert signal.sentence == (
            "Ana Ribeiro told you something 3 days ago and does not know whether you saw it."
        )
        assert signal.own_debt

    def test_in_time_is_silent(self):
        assert told_alone_waits([replace(self.TOLD, late=0)]) == []

    def test_one_a_person_the_latest(self):
        found = told_alone_waits([self.TOLD, replace(self.TOLD, id="2", late=4, waited=12)])
        assert [signal.rows for signal in found] == [("2",)]


def test_at_most_one_of_three_is_ones_own_debt_where_there_is_other_matter():
    debts = [
        *late(
            owed(date(2026, 11, 3), key=1),
            owed(date(2026, 11, 4), to="Tom Okafor", key=2),
        ),
        *told_alone_waits([replace(TestToldAloneWaits.TOLD, key=3)]),
    ]
    assert len(choose(debts, today=MONDAY)) == 3
    waits = unmet(
        relation("Mateus", last_on=MONDAY - timedelta(60), usual_days=14.0, covered_from=date(2026, 1, 1)),
        today=MONDAY,
    )
    chosen = choose([*debts, waits], today=MONDAY)
    assert [signal.own_debt for signal in chosen].count(True) == 1
    assert waits in chosen
