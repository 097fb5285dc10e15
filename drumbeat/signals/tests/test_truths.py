"""Each truth: its numbers, its sentence, and its guard on both sides of the edge."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drumbeat.signals.facts import Closed, QuarterEnds, RepWon, StoppedRhythm, Tally
from drumbeat.signals.rules import TRUTHS, truths_that_hold
from drumbeat.signals.rules.deals import (
    aged_deals,
    period_end,
    rep_share,
    reps_without_deals,
    unowned_facts,
    win_rate_chance,
)
from drumbeat.signals.rules.hours import minutes_mix, rhythm_stopped, unseen
from drumbeat.signals.tests.make import calendar, closed, deals, relation, tally, team, won


def test_the_list_keeps_its_order():
    assert [rule.key for rule in TRUTHS] == [
        "aged_deals", "rep_share", "reps_without_deals", "win_rate_chance", "period_end", "unowned_facts",
        "minutes_mix", "unseen", "rhythm_stopped",
    ]  # fmt: skip


def test_nothing_holds_of_nothing():
    assert truths_that_hold(deals(), calendar()) == []
    assert truths_that_hold(None, None) == []


def test_unknown_is_never_missed():
    """Without a calendar nobody is unseen; without lengths nothing is aged; without a column nothing is
    missing.
    """
    assert unseen(calendar(relations=(relation(),))) is None
    assert aged_deals(deals([team(in_progress=10, aged=tally(10))], longest_days=None)) is None
    assert unowned_facts(deals(open_count=10)) is None
    assert minutes_mix(calendar(minutes={"unknown": 600})) is None


class TestAgedDeals:
    def test_it_works(self):
        facts = deals(
            [
                team("Melvin", in_progress=215, aged=tally(213)),
                team("Rocco", in_progress=1374, aged=tally(1078)),
            ],
            measured=6711,
        )
        truth = aged_deals(facts)
        assert truth.numbers == {"count": 1291, "of": 1589, "longest_days": 138}
        assert truth.sentence == "1,291 of 1,589 deals in progress are older than any deal you ever closed."
        assert truth.detail.startswith("The longest took 138 days.")
        assert [(each.manager, each.numbers["count"]) for each in truth.by_manager] == [
            ("Melvin", 213),
            ("Rocco", 1078),
        ]
        assert len(truth.rows) == 1291

    def test_one_deal_is_said_as_one(self):
        assert aged_deals(deals([team(in_progress=20, aged=tally(1))])).sentence.startswith(
            "1 of 20 deals in progress is"
        )

    @pytest.mark.parametrize(("measured", "holds"), [(29, False), (30, True)])
    def test_thirty_closed(self, measured, holds):
        facts = deals([team(in_progress=10, aged=tally(10))], measured=measured)
        assert (aged_deals(facts) is not None) is holds

    @pytest.mark.parametrize(("aged", "holds"), [(0, False), (4, False), (5, True), (6, True)])
    def test_five_percent(self, aged, holds):
        assert (aged_deals(deals([team(in_progress=100, aged=tally(aged))])) is not None) is holds


class TestRepShare:
    def test_it_works(self):
        melvin = team("Melvin Marxen", reps=6, won_count=243, won_by_rep=won(Darcel=533, Gladys=467))
        truth = rep_share(deals([melvin]))
        assert truth.numbers == {"share": 0.533, "rep": "Darcel", "reps": 6}
        assert truth.sentence == "Darcel alone brings 53% of what Melvin Marxen’s team won."
        assert truth.rows == ("won-Darcel",)

    @pytest.mark.parametrize(("amount", "holds"), [(399, False), (400, True)])
    def test_two_fifths(self, amount, holds):
        # Four reps: the leader brings exactly `amount` of 1,000.
        rest = {f"r{place}": RepWon(Decimal(1000 - amount) / 3, Tally()) for place in range(3)}
        facts = deals([team(won_count=10, won_by_rep=won(Ada=amount) | rest)])
        assert (rep_share(facts) is not None) is holds

    @pytest.mark.parametrize(("reps", "count", "holds"), [(3, 10, True), (2, 10, False), (3, 9, False)])
    def test_enough_to_speak(self, reps, count, holds):
        facts = deals([team(reps=reps, won_count=count, won_by_rep=won(Ada=9, Bo=1))])
        assert (rep_share(facts) is not None) is holds

    def test_no_amount_is_no_share(self):
        assert rep_share(deals([team(won_count=20, won_by_rep=won(Ada=0))])) is None

    def test_without_managers_it_is_of_all(self):
        truth = rep_share(deals([team(None, reps=3, won_count=10, won_by_rep=won(Ada=9, Bo=1))]))
        assert truth.sentence == "Ada alone brings 90% of what all three reps won."

    def test_others_are_named(self):
        two = [
            team(name, reps=3, won_count=10, won_by_rep=won(**{name: 9, "b": 1})) for name in ("Ana", "Bea")
        ]
        assert len(rep_share(deals(two)).by_manager) == 2
        assert "in the team of Bea too" in rep_share(deals(two)).detail


class TestRepsWithoutDeals:
    def test_it_works(self):
        facts = deals(
            [team("A", reps=29), team("B", reps=6, reps_without_deals=Tally.of(["Carl Lin", "Ann"]))]
        )
        truth = reps_without_deals(facts)
        assert truth.numbers == {"count": 2, "of": 35}
        assert truth.sentence == "Two of 35 reps have no deal at all."
        assert truth.detail == "They are Ann and Carl Lin."
        assert truth.rows == ("Carl Lin", "Ann")
        assert truth.row_kind == "reps"

    def test_one(self):
        truth = reps_without_deals(deals([team(reps=1, reps_without_deals=Tally.of(["Ann"]))]))
        assert truth.sentence == "One of one rep has no deal at all."

    def test_none_says_nothing(self):
        assert reps_without_deals(deals([team(reps=9)])) is None


class TestWinRateChance:
    def test_chance(self):
        facts = deals([team("A", closed=closed(480, 265)), team("B", closed=closed(691, 422))])
        truth = win_rate_chance(facts)
        assert truth.sentence == "Who wins more is chance, so far."
        assert truth.numbers["low"] == 0.6208
        assert truth.numbers["high"] == 0.6443
        assert truth.numbers["p"] > 0.05
        assert "Win rates run from 62% to 64%; two managers with the same skill" in truth.detail

    def test_more_than_chance(self):
        truth = win_rate_chance(deals([team("A", closed=closed(60, 40)), team("B", closed=closed(40, 60))]))
        assert truth.sentence == "The managers’ win rates differ by more than chance."
        assert truth.numbers == {"low": 0.4, "high": 0.6, "p": 0.004678}
        assert "less than one year in a hundred" in truth.detail

    @pytest.mark.parametrize(("second", "holds"), [(29, False), (30, True)])
    def test_thirty_each(self, second, holds):
        facts = deals([team("A", closed=closed(40, 40)), team("B", closed=closed(second - 10, 10))])
        assert (win_rate_chance(facts) is not None) is holds

    def test_who_has_too_few_is_left_out(self):
        small = team("C", closed=closed(0, 29))
        facts = deals([team("A", closed=closed(20, 10)), team("B", closed=closed(19, 11)), small])
        assert [each.manager for each in win_rate_chance(facts).by_manager] == ["A", "B"]

    def test_without_managers_it_speaks_of_reps(self):
        reps = {"Ada": Closed(60, 40), "Bo": Closed(40, 60), "Cy": Closed(1, 1)}
        truth = win_rate_chance(deals([team(None, closed_by_rep=reps)]))
        assert truth.sentence == "The reps’ win rates differ by more than chance."
        assert truth.by_manager == ()


class TestPeriodEnd:
    def test_it_works(self):
        ends = QuarterEnds(closed=1000, late=tally(200), days=365, late_days=36)
        truth = period_end(deals(quarter_ends=ends))
        assert truth.numbers["share"] == 0.2
        assert truth.numbers["expected"] == 0.09863
        assert truth.numbers["p"] < 1e-6
        assert truth.sentence == "20% of your deals close in the last tenth of a quarter."
        assert len(truth.rows) == 200

    @pytest.mark.parametrize(("late", "holds"), [(149, False), (150, True)])
    def test_one_and_a_half_times(self, late, holds):
        ends = QuarterEnds(closed=1000, late=tally(late), days=100, late_days=10)
        assert (period_end(deals(quarter_ends=ends)) is not None) is holds

    @pytest.mark.parametrize(("closed_count", "late", "holds"), [(20, 5, False), (20, 7, True)])
    def test_chance_is_no_truth(self, closed_count, late, holds):
        # P(X >= 5 | 20, 0.1) = 0.043, P(X >= 7) = 0.0024.
        ends = QuarterEnds(closed=closed_count, late=tally(late), days=100, late_days=10)
        assert (period_end(deals(quarter_ends=ends)) is not None) is holds


class TestUnownedFacts:
    def test_it_works(self):
        facts = deals(
            open_count=2089,
            unowned={"account": tally(1425), "amount": tally(2089), "close_date": tally(2089)},
        )
        truth = unowned_facts(facts)
        assert truth.numbers == {"account": 1425, "amount": 2089, "close_date": 2089, "of": 2089}
        assert truth.sentence == "None of the 2,089 open deals has an amount or close date."
        assert truth.detail == "1,425 have no account."
        assert len(truth.rows) == 2089

    def test_some_lack_it(self):
        unowned = {"account": tally(1), "amount": tally(3)}
        truth = unowned_facts(deals(open_count=9, unowned=unowned))
        assert (truth.sentence, truth.detail) == ("3 of 9 open deals have no amount.", "1 has no account.")

    def test_all_known_says_nothing(self):
        assert unowned_facts(deals(open_count=9, unowned={"account": Tally()})) is None


class TestMinutesMix:
    def test_it_works(self):
        facts = calendar(minutes={"suppliers": 61 * 60, "coach_managers": 9 * 60, "unknown": 60})
        truth = minutes_mix(facts)
        assert truth.sentence == "You spent 61 hours with suppliers and 9 on coaching your managers."
        assert truth.numbers["suppliers"] == 3660
        assert truth.numbers["covered"] == 0.9859

    @pytest.mark.parametrize(("unknown", "holds"), [(300, True), (301, False)])
    def test_seventy_percent(self, unknown, holds):
        facts = calendar(minutes={"suppliers": 700, "unknown": unknown})
        assert (minutes_mix(facts) is not None) is holds

    def test_none_on_coaching(self):
        truth = minutes_mix(calendar(minutes={"suppliers": 60}))
        assert truth.sentence == "You spent 1 hour with suppliers and none on coaching your managers."

    def test_coaching_first(self):
        truth = minutes_mix(calendar(minutes={"coach_managers": 600, "fires": 45}))
        assert truth.sentence == "You spent 10 hours on coaching your managers and 45 minutes on fires."


class TestUnseen:
    @pytest.mark.parametrize(("last", "holds"), [(date(2017, 12, 10), False), (date(2017, 12, 9), True)])
    def test_one_and_a_half_times(self, last, holds):
        # Every 14 days: 21 days are not yet longer than 1.5 times, 22 are.
        truth = unseen(calendar(relations=(relation(last_on=last, usual_days=14.0),)))
        assert (truth is not None) is holds

    def test_it_names_the_longest(self):
        late = [
            relation("Bea", last_on=date(2017, 12, 1), usual_days=14.0),
            relation("Ana", last_on=date(2017, 10, 26), usual_days=14.0, ids=("e1",)),
        ]
        truth = unseen(calendar(relations=tuple(late)))
        assert truth.sentence == "Ana: no one-to-one for 66 days."
        assert truth.numbers == {"manager": "Ana", "days": 66, "usual": 14.0}
        assert truth.detail == "Usually you meet every 14 days. Bea waits longer than usual too."

    def test_never_met_and_without_interval_are_left_out(self):
        once = relation(last_on=date(2017, 8, 1))
        assert unseen(calendar(relations=(relation(), once))) is None

    def test_days_away_do_not_count(self):
        away = relation(last_on=date(2017, 12, 9), usual_days=14.0, away_days=1)
        assert unseen(calendar(relations=(away,))) is None


def test_rhythm_stopped():
    huddle = StoppedRhythm("Huddle", 3, "fell out", managers=("Ana", "Bea"), ids=("e1",))
    truth = rhythm_stopped(calendar(stopped=(huddle,)))
    assert truth.sentence == "“Huddle” fell out three times in a row."
    assert truth.detail == "It was with Ana and Bea."
    assert truth.numbers == {"title": "Huddle", "times": 3}
    ended = StoppedRhythm("", 20, "ended", last_on=date(2017, 11, 6))
    both = rhythm_stopped(calendar(stopped=(ended, huddle)))
    assert (
        both.sentence == truth.sentence
    )  # what falls out again and again is said before what came to its end
    assert both.detail == "It was with Ana and Bea. One other rhythm stopped too."
    assert rhythm_stopped(calendar(stopped=(ended,))).sentence == (
        "A repeating meeting with your managers ended on 6 November 2017."
    )


@given(st.lists(st.tuples(st.integers(0, 200), st.integers(0, 200)), min_size=1, max_size=6))
def test_numbers_add_up(teams):
    """What a truth says of the company is the sum of what it says of its managers, and as many rows stand
    behind it.
    """
    rows = [
        team(f"M{place}", in_progress=of, aged=tally(min(count, of), f"{place}-"))
        for place, (of, count) in enumerate(teams)
    ]
    truth = aged_deals(deals(rows))
    if truth is None:
        return
    assert (
        truth.numbers["count"]
        == sum(each.numbers["count"] for each in truth.by_manager)
        == len(set(truth.rows))
    )
    assert truth.numbers["of"] == sum(each.numbers["of"] for each in truth.by_manager)
