"""Each story of stories.py, found in the rows of the first branch."""

from collections import Counter, defaultdict
from datetime import timedelta
from statistics import mean, stdev

import pytest
from scipy.stats import chi2_contingency

from drumbeat.core.days import working_days
from drumbeat.core.periods import before, quarter_of
from drumbeat.run.generate.stories import STORIES
from drumbeat.run.generate.tests.rows import CLOSED, DAYS, TODAY, day, demo, manager_named, team_of

NAMES = {story.key: story.manager for story in STORIES}
PACES = {story.key: story.pace for story in STORIES}
everywhere = pytest.mark.parametrize(("today", "seed"), [*((d, 1) for d in DAYS), (TODAY, 2), (TODAY, 3)])


def deals_of(made, story):
    team = team_of(made, manager_named(made, NAMES[story]))
    return [row for row in made.opportunities if row["owner"] in team]


def won(rows, first, last):
    return [row for row in rows if row["stage"] == "won" and first <= day(row["close_on"]) <= last]


def amount(rows):
    return sum(int(row["amount"]) for row in rows)


def pace(made, story, today):
    quarter = quarter_of(today)
    manager = manager_named(made, NAMES[story])
    person = next(row for row in made.people if row["email"] == manager)
    target = next(
        int(row["value"]) for row in made.targets if (row["owner"], row["period"]) == (manager, quarter.name)
    )
    place = person["country"], person["region"]
    share = working_days(quarter.first, today, *place) / working_days(quarter.first, quarter.last, *place)
    return amount(won(deals_of(made, story), quarter.first, today)), target * share


@everywhere
@pytest.mark.parametrize("story", NAMES)
def test_pace_of_each_manager(story, today, seed):
    actual, to_date = pace(demo(today, seed), story, today)
    assert actual / to_date == pytest.approx(PACES[story], abs=0.015)


@everywhere
def test_the_company_is_at_97_percent_of_plan_to_date(today, seed):
    both = [pace(demo(today, seed), story, today) for story in NAMES]
    assert 0.96 <= sum(a for a, _ in both) / sum(t for _, t in both) <= 0.99


def test_early_in_a_quarter_the_quarter_before_carries_the_figures():
    today = TODAY.replace(month=10, day=6)
    made, last = demo(today), before(quarter_of(today))
    for story in ("never_met", "trouble"):
        manager = manager_named(made, NAMES[story])
        target = next(
            int(row["value"]) for row in made.targets if (row["owner"], row["period"]) == (manager, last.name)
        )
        reached = amount(won(deals_of(made, story), last.first, last.last)) / target
        assert reached == pytest.approx(PACES[story], abs=0.015)


@everywhere
def test_the_optimist_has_most_deals_past_their_date(today, seed):
    made = demo(today, seed)

    def late(story):
        rows = [row for row in deals_of(made, story) if row["stage"] not in CLOSED]
        past = [row for row in rows if row["close_on"] and day(row["close_on"]) < today]
        return len(past) / len(rows), sum(row["forecast_category"] == "commit" for row in past) / max(
            1, len(past)
        )

    share, committed = late("optimist")
    assert 0.3 <= share <= 0.6
    assert committed > 0.6
    assert all(late(story)[0] < 0.2 for story in NAMES if story != "optimist")


@everywhere
def test_trouble_is_more_than_a_bad_month(today, seed):
    rows = deals_of(demo(today, seed), "trouble")
    weekly = [
        amount(won(rows, today - timedelta(days=7 * week + 6), today - timedelta(days=7 * week)))
        for week in range(52)
    ]
    assert stdev(weekly) / mean(weekly) < 0.45


def test_open_deals_in_trouble_are_worth_less_than_is_needed():
    made = demo()
    actual, _ = pace(made, "trouble", TODAY)
    quarter = quarter_of(TODAY)
    manager = manager_named(made, NAMES["trouble"])
    target = next(
        int(row["value"]) for row in made.targets if (row["owner"], row["period"]) == (manager, quarter.name)
    )
    rows = [
        row
        for row in deals_of(made, "trouble")
        if row["stage"] not in CLOSED
        and row["amount"]
        and row["close_on"]
        and day(row["close_on"]) <= quarter.last
    ]
    assert amount(rows) / (target - actual) == pytest.approx(1.8, abs=0.05)


@everywhere
def test_the_promoted_manager_won_four_of_nine(today, seed):
    made = demo(today, seed)
    manager = manager_named(made, NAMES["promoted"])
    person = next(row for row in made.people if row["email"] == manager)
    since = day(person["line_from"])
    assert (today - since).days == 42
    assert person["started_on"] == person["line_from"]
    recent = won(deals_of(made, "promoted"), since, today)
    assert Counter(row["owner"] == manager for row in recent) == {True: 4, False: 5}
    assert any(row["owner"] == manager and day(row["close_on"]) < since for row in made.opportunities)


@everywhere
def test_one_rep_brings_much_of_one_area_and_nobody_else_does(today, seed):
    made = demo(today, seed)
    for story in NAMES:
        recent = won(deals_of(made, story), today - timedelta(days=90), today)
        by_owner = defaultdict(int)
        for row in recent:
            by_owner[row["owner"]] += int(row["amount"])
        share = max(by_owner.values()) / amount(recent)
        if story == "one_rep":
            assert 0.42 <= share <= 0.5
            assert len(recent) >= 10
        else:
            assert share < 0.39


@everywhere
def test_one_rep_has_no_deal_and_one_won_the_first_this_week(today, seed):
    made = demo(today, seed)
    owners = {row["owner"] for row in made.opportunities}
    reps = {row["email"] for row in made.people if row["title"] == "Sales rep" and row["manager"]}
    without = reps - owners
    assert len(without) == 1
    assert without < team_of(made, manager_named(made, NAMES["on_plan"]))
    piotr = manager_named(made, "Piotr Zieliński")
    first = [row for row in made.opportunities if row["owner"] == piotr and row["stage"] == "won"]
    assert [row["name"] for row in first] == ["Halden frame contract"]
    monday = today - timedelta(days=today.weekday())
    assert monday <= day(first[0]["close_on"]) <= today


@everywhere
def test_many_open_deals_are_older_than_any_ever_closed(today, seed):
    rows = [row for row in demo(today, seed).opportunities if row["created_on"]]
    longest = max((day(r["close_on"]) - day(r["created_on"])).days for r in rows if r["stage"] in CLOSED)
    ages = [(today - day(row["created_on"])).days for row in rows if row["stage"] not in CLOSED]
    assert 0.08 <= sum(age > longest for age in ages) / len(ages) <= 0.2


@everywhere
def test_win_rates_differ_by_chance_and_quarters_end_in_a_rush(today, seed):
    made = demo(today, seed)
    year = [
        row
        for row in made.opportunities
        if row["stage"] in CLOSED and day(row["close_on"]) > today - timedelta(days=365)
    ]
    table = []
    for story in NAMES:
        team = team_of(made, manager_named(made, NAMES[story]))
        states = Counter(row["stage"] for row in year if row["owner"] in team)
        table.append([states["won"], states["lost"]])
    assert chi2_contingency(table)[1] > 0.2
    late = [row for row in year if _in_last_tenth(day(row["close_on"]))]
    assert 0.18 <= len(late) / len(year) <= 0.29


def _in_last_tenth(when):
    quarter = quarter_of(when)
    return (quarter.last - when).days < quarter.days / 10


def test_facts_are_missing_from_some_open_deals_only():
    rows = demo().opportunities
    for column in ("account", "amount", "close_on", "created_on"):
        missing = [row for row in rows if not row[column]]
        assert 10 < len(missing) < 120
        assert not {row["stage"] for row in missing} & CLOSED


def test_some_accounts_with_a_rhythm_fall_silent():
    last, count = {}, Counter()
    first = {}
    for row in demo().bookings:
        account, when = row["account"], day(row["booked_on"])
        last[account] = max(last.get(account, when), when)
        first[account] = min(first.get(account, when), when)
        count[account] += 1
        assert 0 < int(row["margin"]) < int(row["amount"])
        assert when <= TODAY
        assert when.weekday() < 5
    usual = {name: (last[name] - first[name]).days / (count[name] - 1) for name in count if count[name] >= 8}
    silent = [name for name, gap in usual.items() if (TODAY - last[name]).days > 3.5 * gap]
    assert 100 < len(usual) < 250
    assert 5 <= len(silent) <= 40


def test_amounts_are_those_of_industrial_components():
    amounts = sorted(int(row["amount"]) for row in demo().opportunities if row["amount"])
    assert amounts[0] >= 2_000
    assert amounts[-1] <= 400_000
    assert 12_000 <= amounts[len(amounts) // 2] <= 25_000
