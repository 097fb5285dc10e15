"""What holds for a made company of any size, seed and day."""

from collections import Counter
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drumbeat.core.names import name_key
from drumbeat.run.generate.accounts import account_name
from drumbeat.run.generate.company import company, write
from drumbeat.run.generate.people import TooSmall
from drumbeat.run.generate.plan import TooManyDeals, WrongLength
from drumbeat.run.generate.rows import COLUMNS, OPEN_STAGES
from drumbeat.run.generate.tests.rows import CLOSED, TODAY, day, demo, table

sizes = st.tuples(
    st.integers(3, 400),
    st.integers(0, 1500),
    st.integers(14, 120),
    st.integers(0, 10**6),
    st.dates(date(2020, 1, 1), date(2035, 12, 31)),
)


def make(size):
    people, opportunities, weeks, seed, today = size
    return company(people, opportunities, weeks, seed, today=today)


def snapshot(made):
    return {name: list(made.rows(name)) for name in COLUMNS} | {"ics": "".join(made.executive_ics())}


@given(sizes)
@settings(max_examples=25, deadline=None)
def test_any_company_hangs_together(size):
    people, opportunities, _, _, today = size
    made = make(size)
    persons = {row["email"]: row for row in table(made, "people")}
    everybody = list(made.tree.everybody())
    assert len(everybody) == people
    hired = {person.email: (person.started_on, person.left_on) for person in everybody}
    assert len({name_key(person.name) for person in everybody}) == people
    assert len({person.external_id for person in everybody}) == people
    assert all(not row["manager"] or row["manager"] in persons for row in persons.values())
    deals = table(made, "opportunities")
    assert len(deals) == opportunities
    assert len({row["external_id"] for row in deals}) == opportunities
    accounts = {row["name"] for row in table(made, "accounts")}
    products = {row["name"] for row in table(made, "products")}
    for row in deals:
        assert row["product"] in products
        assert not row["account"] or row["account"] in accounts
        assert row["stage"] in {*OPEN_STAGES.values(), *CLOSED}
        if row["created_on"] and row["close_on"]:
            assert row["created_on"] <= row["close_on"]
        if row["stage"] in CLOSED:
            assert day(row["close_on"]) <= today
        started, left = hired[row["owner"]]
        when = day(row["close_on"]) if row["stage"] in CLOSED else today
        assert started <= when
        assert left is None or when <= left
        assert not row["created_on"] or day(row["created_on"]) >= started


@given(sizes)
@settings(max_examples=10, deadline=None)
def test_the_same_seed_and_day_make_the_same_company(size):
    assert snapshot(make(size)) == snapshot(make(size))


def test_another_seed_makes_another_company():
    assert snapshot(demo().company) != snapshot(demo(seed=2).company)


@given(sizes)
@settings(max_examples=25, deadline=None)
def test_no_one_leads_himself_on_any_day(size):
    made, today = make(size), size[-1]
    for ago in (0, 1, 41, 42, 43, 200, 700):
        when = today - timedelta(days=ago)
        leader = {person.email: person.leader_on(when)[0] for person in made.tree.everybody()}
        for start in leader:
            seen = [start]
            while leader[seen[-1]]:
                seen.append(leader[seen[-1]])
                assert len(seen) < 20


@given(sizes)
@settings(max_examples=15, deadline=None)
def test_a_leaders_target_is_the_sum_of_those_below(size):
    made, today = make(size), size[-1]
    value = {(row["owner"], row["period"]): int(row["value"]) for row in table(made, "targets")}
    assert len(value) == sum(1 for _ in made.targets())
    quarter = f"{today.year}-Q{(today.month - 1) // 3 + 1}"
    below = Counter()
    for person in made.tree.everybody():
        below[person.leader_on(today)[0]] += value.get((person.email, quarter), 0)
    for leader in {leader for leader in below if leader and below[leader]}:
        assert value[leader, quarter] == below[leader]


def test_leaf_managers_have_a_span_that_one_can_lead():
    made = company(2_000, 0, today=TODAY)
    areas = [area for branch in made.tree.branches for area in branch.areas]
    assert all(4 <= len(area.reps) <= 9 for area in areas)
    leads = Counter(person.leader_on(TODAY)[0] for person in made.tree.leaders)
    assert all(count <= 8 for leader, count in leads.items() if leader)


def test_opportunities_are_spread_evenly():
    made = company(600, 12_000, today=TODAY)
    counts = Counter(row["owner"] for row in table(made, "opportunities"))
    usual = sorted(counts.values())
    assert usual[len(usual) // 10] >= 0.7 * usual[-len(usual) // 10]


def test_account_names_are_used_once_at_any_count():
    names = [account_name(number, 77) for number in range(120_000)]
    assert len(set(names)) == len(names)


def test_the_cast_is_there():
    made = demo()
    persons = {row["email"]: row for row in made.people}
    cast = made.company.cast
    assert persons[cast.executive]["name"] == "Elena Hartmann"
    assert cast.top == cast.executive
    assert persons[cast.manager]["manager"] == cast.executive
    assert persons[cast.rep]["manager"] == cast.manager
    assert not persons[cast.administrator]["manager"]
    assert sum(row["manager"] == cast.executive and not row["left_on"] for row in made.people) == 8
    assert len({row["time_zone"] for row in made.people}) >= 6


def test_lines_are_dated_and_one_rep_moved_between_managers():
    made = demo().company
    mover = made.tree.branches[0].areas[1].mover
    now = {row["email"]: row for row in table(made, "people")}
    long_ago = {row["email"]: row for row in table(made, "people", TODAY - timedelta(days=400))}
    assert now[mover.email]["manager"] != long_ago[mover.email]["manager"]
    assert now[mover.email]["line_from"] == "2026-07-01"
    assert not long_ago[mover.email]["line_from"]


def test_write_makes_every_file_and_an_undated_list_of_the_sales_people(tmp_path):
    made = demo().company
    write(made, tmp_path)
    assert sorted(file.name for file in tmp_path.iterdir()) == [
        "accounts.csv",
        "bookings.csv",
        "executive.ics",
        "opportunities.csv",
        "people.csv",
        "products.csv",
        "targets.csv",
    ]
    people = (tmp_path / "people.csv").read_text(encoding="utf-8").splitlines()
    assert len(people) == 1 + 64 - 2
    assert not any("HR business partner" in line for line in people)
    opportunities = (tmp_path / "opportunities.csv").read_text(encoding="utf-8").splitlines()
    assert len(opportunities) == 5_001
    assert opportunities[0] == ",".join(COLUMNS["opportunities"])


@pytest.mark.parametrize(
    ("people", "opportunities", "weeks", "error"),
    [
        (2, 10, 78, TooSmall),
        (10, -1, 78, TooManyDeals),
        (10, 10, 13, WrongLength),
        (10, 10, 521, WrongLength),
    ],
)
def test_impossible_sizes_are_refused_with_a_sentence(people, opportunities, weeks, error):
    with pytest.raises(error, match=r"\.$"):
        company(people, opportunities, weeks, today=TODAY)


def test_every_branch_of_a_large_company_has_the_stories():
    made = company(300, 9_000, today=TODAY)
    second = made.tree.branches[1]
    assert [area.seat.story for area in second.areas] == [
        area.seat.story for area in made.tree.branches[0].areas
    ]
    assert second.areas[5].manager.promoted_on == TODAY - timedelta(days=42)
