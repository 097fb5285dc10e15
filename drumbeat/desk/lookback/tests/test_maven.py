"""The real files as of the end of 2017, against the figures that are known of them."""

from decimal import Decimal

import pytest

from drumbeat.core.periods import before, quarter_of
from drumbeat.desk.lookback.counting import Counter
from drumbeat.desk.lookback.look import look_back
from drumbeat.desk.lookback.sources import assign_files, read_sources
from drumbeat.desk.lookback.tests.make import MAVEN, TODAY
from tests.real_data import real_data

# Reps, won amount, won, lost in 2017-Q4, open at its end.
QUARTER = {
    "Cara Losch": (6, 311148, 137, 96, 219),
    "Celia Rouche": (6, 430212, 179, 111, 334),
    "Dustin Brinkmann": (5, 316994, 213, 124, 397),
    "Melvin Marxen": (6, 670788, 243, 194, 511),
    "Rocco Neubert": (6, 513705, 175, 128, 214),
    "Summer Sewald": (6, 559649, 249, 136, 414),
}
# The thirteen weeks begin on 2 October, a day after the quarter: 12 deals fewer.
WEEKS = {
    "Cara Losch": 310590,
    "Celia Rouche": 423699,
    "Dustin Brinkmann": 311219,
    "Melvin Marxen": 670788,
    "Rocco Neubert": 513705,
    "Summer Sewald": 553727,
}


@pytest.fixture(scope="module")
def files():
    folder = real_data("maven")
    return [folder / name for name in MAVEN]


@pytest.fixture(scope="module")
def look(files):
    return look_back(files, as_of=TODAY)


def test_the_quarter(files):
    sources = read_sources(assign_files(files))
    quarter = quarter_of(TODAY)
    counter = Counter(sources.organisation, TODAY, quarter, before(quarter))
    counter.add(sources.deals)
    teams = counter.facts(sources.columns).teams
    found = {
        team.manager: (
            team.reps,
            int(team.won_amount),
            team.won_count,
            team.lost_count,
            team.unowned["close_date"],
        )
        for team in teams
    }
    assert found == QUARTER


def test_thirteen_weeks(look):
    document = look.as_json()
    assert (document["from"], document["to"]) == ("2017-10-02", "2017-12-31")
    assert {row["manager"]: Decimal(row["won_amount"]) for row in document["managers"]} == WEEKS
    assert sum(row["won_count"] + row["lost_count"] for row in document["managers"]) == 1973


def test_truths(look):
    truths = {truth["key"]: truth for truth in look.as_json()["truths"]}
    assert list(truths) == [
        "aged_deals",
        "rep_share",
        "reps_without_deals",
        "win_rate_chance",
        "unowned_facts",
    ]
    assert truths["aged_deals"]["numbers"] == {"count": 1291, "of": 1589, "longest_days": 138}
    assert len(set(truths["aged_deals"]["rows"])) == 1291
    assert truths["reps_without_deals"]["numbers"] == {"count": 5, "of": 35}
    assert round(truths["win_rate_chance"]["numbers"]["p"], 2) == 0.79
    assert truths["rep_share"]["numbers"] == {"share": 0.5332, "rep": "Darcel Schlecht", "reps": 6}
    assert truths["unowned_facts"]["numbers"] == {
        "account": 1425,
        "amount": 2089,
        "close_date": 2089,
        "of": 2089,
    }


def test_each_row_is_there(look):
    for truth in look.truths:
        if truth.row_kind == "deals":
            header, rows = look.rows[truth.key]
            assert len(rows) == len(truth.rows)
            assert all(len(row) == len(header) for row in rows)


def test_without_the_people_it_speaks_of_reps(files):
    look = look_back(files[3:], as_of=TODAY)
    assert [row.manager for row in look.managers] == [None]
    assert look.managers[0].reps == 30
    assert look.managers[0].won_amount == sum(WEEKS.values())
    keys = [truth.key for truth in look.truths]
    assert "reps_without_deals" not in keys
    chance = look.truths[keys.index("win_rate_chance")]
    assert "reps with the same skill" in chance.detail
    assert any(unknown.startswith("managers: no file") for unknown in look.unknown)
