"""This week's rules: formulas by hand, guards at their edges, and the choice of three."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drumbeat.signals.rules.choose import choose, confirmed
from drumbeat.signals.rules.week import (
    Action,
    Signal,
    above_plan_unmet,
    bad_month_line,
    pace,
    plan_pace,
    thank_you,
    unmet,
)
from drumbeat.signals.tests.make import TODAY, plan, relation, won_deal


class TestUnmet:
    @pytest.mark.parametrize(("days", "severity"), [(21, None), (22, "amber"), (28, "amber"), (29, "red")])
    def test_lines(self, days, severity):
        signal = unmet(relation(last_on=TODAY - timedelta(days), usual_days=14.0), today=TODAY)
        assert (signal.severity if signal else None) == severity

    def test_never_met_counts_from_the_first_day_covered(self):
        signal = unmet(relation(covered_from=date(2017, 12, 1)), today=TODAY)
        assert signal.numbers == {"days": 30, "interval": 14.0}
        assert signal.sentence == (
            "Ana Weber: no one-to-one in 30 days of calendar; you want one every 14 days."
        )
        assert unmet(relation(covered_from=date(2017, 12, 10)), today=TODAY) is None

    def test_leave_and_a_booked_one_are_no_lapse(self):
        waiting = {"last_on": TODAY - timedelta(25), "usual_days": 14.0}
        assert unmet(relation(**waiting), today=TODAY)
        assert unmet(relation(**waiting, away_days=4), today=TODAY) is None
        assert unmet(relation(**waiting, next_on=TODAY + timedelta(7)), today=TODAY) is None
        assert unmet(relation(**waiting, next_on=TODAY + timedelta(8)), today=TODAY)


class TestPace:
    def test_linear(self):
        # 600 of 1,600 when half of the period is gone: 600 / 800.
        assert pace(plan(actual=Decimal(600))) == 0.75

    def test_last_year_stands_in(self):
        assert pace(plan(actual=Decimal(600), target=None, last_year=Decimal(750))) == 0.8

    def test_unknown(self):
        assert pace(plan(target=None)) is None
        assert pace(plan(share=0.0)) is None
        assert pace(plan(target=None, last_year=Decimal(0))) is None

    def test_line_by_hand(self):
        # Weeks 80 and 120 in turn: mean 100, sample deviation sqrt(8 * 400 / 7) = 21.38, c = .2138, k = 4:
        # 1.3 * .2138 / 2 = .139, so 1 - .139.
        weekly = [80, 120] * 4
        assert bad_month_line(weekly, 4) == pytest.approx(0.86103, abs=1e-5)
        assert bad_month_line([100] * 8, 4) == pytest.approx(0.93)
        assert bad_month_line([100] * 8, 4, 0.15) == 0.85

    def test_guards(self):
        assert bad_month_line([100] * 8, 2) is None
        assert bad_month_line([100] * 8, 3) == pytest.approx(0.93)
        assert bad_month_line([0, 0, 0, 300], 4) is None  # c = 2
        assert bad_month_line([0, 0, 0], 4) is None
        assert bad_month_line([100, 100], 4) is None

    @pytest.mark.parametrize(
        ("actual", "severity"), [(744, None), (743, "amber"), (680, "amber"), (679, "red")]
    )
    def test_signal(self, actual, severity):
        # Steady weeks: 0.93 of 800 is 744, 0.85 is 680.
        signal = plan_pace(plan(actual=Decimal(actual)))
        assert (signal.severity if signal else None) == severity

    def test_words(self):
        assert plan_pace(plan(actual=Decimal(592))).sentence == (
            "Ana Weber: this is more than a bad month. 74% of plan to date."
        )
        signal = plan_pace(plan(actual=Decimal(592), target=None, last_year=Decimal(800)))
        assert "74% of last year’s same weeks" in signal.sentence

    @given(st.lists(st.integers(50, 150), min_size=3, max_size=52), st.integers(3, 13))
    def test_noise_never_tightens_the_line(self, weekly, weeks):
        line = bad_month_line(weekly, weeks)
        assert line is not None
        assert line <= 0.93 + 1e-12
        assert bad_month_line(weekly, weeks + 1) >= line


class TestAbovePlanUnmet:
    def test_it_works(self):
        signal = above_plan_unmet(plan(actual=Decimal(944)), relation(together_45=0), today=TODAY)
        assert signal.sentence == "Ana Weber, 118% of plan: no time with you for 45 days."

    @pytest.mark.parametrize(
        ("changes", "of_relation"),
        [
            ({"actual": Decimal(799)}, {}),
            ({"target": None, "last_year": Decimal(1)}, {}),
            ({"days_in_role": 181}, {}),
            ({}, {"together_45": None}),
            ({}, {"together_45": 15}),
            ({}, {"covered_from": TODAY - timedelta(44)}),
        ],
    )
    def test_guards(self, changes, of_relation):
        asked = {"together_45": 0} | of_relation
        assert above_plan_unmet(plan(**changes), relation(**asked), today=TODAY) is None


class TestThankYou:
    def test_a_first_comes_first(self):
        first = won_deal(id="a", amount=Decimal(10), earlier_wins=0, history_days=90)
        signal = thank_you([won_deal(id="b"), first], today=TODAY)
        assert signal.rows == ("a",)
        assert signal.sentence.endswith("the first one.")

    def test_a_first_needs_history(self):
        young = won_deal(id="a", amount=Decimal(10), earlier_wins=0, history_days=89)
        assert thank_you([won_deal(id="b"), young], today=TODAY).rows == ("b",)

    def test_large_for_its_rep(self):
        usual = won_deal(id="a", amount=Decimal(90_000), usual=Decimal(90_000))
        large = won_deal(id="b", amount=Decimal(30_000), usual=Decimal(10_000))
        assert thank_you([usual, large], today=TODAY).rows == ("b",)

    def test_last_week_is_over(self):
        assert thank_you([won_deal(won_on=TODAY - timedelta(7))], today=TODAY) is None
        assert thank_you([won_deal(won_on=TODAY - timedelta(6))], today=TODAY)
        assert thank_you([], today=TODAY) is None


def say(key, about, severity="amber", **more):
    return Signal(
        key, about, f"{about}.", {}, "", (), Action("rows", "See"), name=str(about), severity=severity, **more
    )


class TestChoose:
    def test_gravest_first_and_three_at_most(self):
        heard = [say("a", "x"), say("b", "y", "red"), say("c", "z", "info"), say("d", "w")]
        assert [signal.about for signal in choose(heard, today=TODAY)] == ["y", "x", "w"]

    def test_never_two_about_one_while_others_wait(self):
        heard = [say("a", "x", "red"), say("b", "x", "red"), say("c", "y"), say("d", "z")]
        assert [signal.key for signal in choose(heard, today=TODAY)] == ["a", "c", "d"]
        assert [signal.key for signal in choose(heard[:3], today=TODAY)] == ["a", "b", "c"]

    def test_cool_down(self):
        quiet = {("a", "x"): TODAY - timedelta(13)}
        assert choose([say("a", "x")], today=TODAY, silenced=quiet) == []
        assert choose([say("a", "x")], today=TODAY + timedelta(1), silenced=quiet)
        assert choose([say("a", "y"), say("b", "x")], today=TODAY, silenced=quiet)

    def test_one_own_debt(self):
        debts = [say("a", "x", "red", own_debt=True), say("b", "y", "red", own_debt=True)]
        assert len(choose(debts, today=TODAY)) == 2
        assert [s.key for s in choose([*debts, say("c", "z")], today=TODAY)] == ["a", "c"]

    def test_noisy_ones_hold_twice(self):
        now = [say("plan_pace", "x"), say("unmet", "y")]
        assert [signal.key for signal in confirmed(now, [])] == ["unmet"]
        assert confirmed(now, [say("plan_pace", "x", "red")]) == now
        assert [signal.key for signal in confirmed(now, [say("plan_pace", "other")])] == ["unmet"]

    @given(
        st.lists(
            st.builds(
                say,
                st.sampled_from("abc"),
                st.sampled_from("vwxyz"),
                st.sampled_from(["red", "amber", "info"]),
            ),
            max_size=12,
            unique_by=lambda s: (s.key, s.about),
        )
    )
    def test_properties(self, heard):
        chosen = choose(heard, today=TODAY)
        people = {signal.about for signal in heard}
        assert len(chosen) == min(3, len(heard))
        assert len({signal.about for signal in chosen}) == min(3, len(people))
        assert choose(heard[::-1], today=TODAY) == chosen


def test_the_first_90_days_are_no_bad_month():
    assert plan_pace(plan(actual=Decimal(592), days_in_role=89)) is None
    assert plan_pace(plan(actual=Decimal(592), days_in_role=90)) is not None
