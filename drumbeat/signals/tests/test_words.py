"""Numbers in words, one and many, and the sentence of a row."""

from datetime import date
from decimal import Decimal

import pytest

from drumbeat.signals.facts import Tally
from drumbeat.signals.rules import words
from drumbeat.signals.rules.sentence import manager_sentence
from drumbeat.signals.tests.make import calendar, deals, relation, tally, team, won


def test_words():
    assert words.number(1291) == "1,291"
    assert words.several(1, "rep") == "one rep"
    assert words.several(13, "rep") == "13 reps"
    assert words.figure(Decimal("670788.50")) == "670,789"
    assert words.hours(59) == "59 minutes"
    assert words.hours(60) == "1 hour"
    assert words.hours(3660) == "61 hours"
    assert words.listed([]) == ""
    assert words.listed(["Ana"]) == "Ana"
    assert words.listed(["Ana", "Bo", "Cy"]) == "Ana, Bo and Cy"
    assert words.listed(["Ana", "Bo", "Cy", "Di"]) == "Ana, Bo and two others"
    assert words.whose("Melvin Marxen") == "Melvin Marxen’s"
    assert words.whose("James") == "James’"
    assert words.day(date(2017, 10, 6)) == "6 October 2017"


@pytest.mark.parametrize(
    ("share", "text"),
    [(0.533, "53%"), (0.999, "99%"), (1, "100%"), (0.004, "under 1%"), (0, "0%"), (0.625, "63%")],
)
def test_percent(share, text):
    assert words.percent(share) == text


@pytest.mark.parametrize(
    ("p", "text"),
    [
        (0.79, "about four of five years"),
        (0.98, "nearly every year"),
        (0.049, "less than one year in twenty"),
        (0.05, "about one of ten years"),
        (0.0004, "less than one year in a thousand"),
    ],
)
def test_years(p, text):
    assert words.years(p) == text


class TestManagerSentence:
    """In this order, each step seen only when the one before has nothing to say."""

    everything = {
        "reps": 6,
        "in_progress": 20,
        "aged": tally(20),
        "won_count": 10,
        "won_by_rep": won(Darcel=9, Bo=1),
        "reps_without_deals": Tally.of(["Carl"]),
        "won_amount": Decimal(70),
        "won_amount_before": Decimal(100),
    }
    company = deals([team("Other", in_progress=100, aged=tally(50))])

    def say(self, **changes):
        mine = team("Ana", **(self.everything | changes))
        facts = deals([mine, *self.company.teams])
        return manager_sentence(mine, facts)

    def test_who_waits_is_said_first(self):
        mine = team("Ana", **self.everything)
        waits = relation(last_on=date(2017, 10, 26), usual_days=14.0)
        said = manager_sentence(mine, deals([mine]), calendar(relations=(waits,)), waits)
        assert said == "No one-to-one for 66 days; usually it is every 14 days."

    def test_then_one_rep(self):
        assert self.say() == "Darcel alone brings 90% of the won amount."

    def test_then_more_aged_than_elsewhere(self):
        assert self.say(won_count=9) == "Of 20 deals in progress, 20 are older than any deal you ever closed."

    def test_then_the_idle(self):
        assert self.say(won_count=9, aged=tally(2)) == "One rep of six has no deal at all."

    def test_then_change(self):
        said = self.say(won_count=9, aged=tally(1), reps_without_deals=Tally())
        assert said == "30% less won than in the same span before."

    def test_then_some_aged(self):
        quiet = {"won_count": 9, "reps_without_deals": Tally(), "won_amount_before": Decimal(80)}
        said = self.say(**quiet, aged=tally(1))
        assert said == "Of 20 deals in progress, one is older than any deal you ever closed."

    def test_then_counts(self):
        plain = {
            "won_count": 9,
            "aged": Tally(),
            "reps_without_deals": Tally(),
            "won_amount_before": Decimal(0),
        }
        assert self.say(**plain) == "Won 9 and lost 0 in these weeks."
        assert self.say(**plain | {"won_count": 0}) == "No deal won or lost in these weeks."
