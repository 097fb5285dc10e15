"""The same facts, whether counted from the files (look back) or in the database that they came into (This
week).
"""

from decimal import Decimal

import pytest

from drumbeat.core.periods import before, weeks_to
from drumbeat.desk.lookback.counting import Counter
from drumbeat.desk.lookback.sources import assign_files, read_sources
from drumbeat.people.models import Person
from drumbeat.plan.figures import managers
from drumbeat.run.generate.bring import bring
from drumbeat.run.generate.company import write_tables
from drumbeat.run.generate.tests.rows import TODAY, demo
from drumbeat.signals.queries import desk_of

FACTS = (
    "manager",
    "reps",
    "won_count",
    "lost_count",
    "won_amount",
    "won_amount_before",
    "closed",
    "in_progress",
    "unowned",
)


@pytest.fixture
def made(db, tmp_path):
    """The demonstration company in the database, as of today alone."""
    company = demo().company
    bring(company, tmp_path / "data", history=False)
    return company


def counted_from_files(company, folder):
    """The facts as the look back counts them, told of the same reporting lines: how the people stood when the
    deals begin, and how they stand today.
    """
    before_all = write_tables(company, folder / "first", ("people",), company.frame.first)
    today = write_tables(company, folder / "today", ("people", "accounts", "opportunities"), TODAY)
    sources = read_sources(assign_files([*before_all, *today]))
    span = weeks_to(TODAY, 13)
    counter = Counter(sources.organisation, TODAY, span, before(span))
    counter.add(sources.deals)
    return counter.facts(sources.columns)


def test_the_facts_of_the_demonstration_company(made, tmp_path):
    executive = Person.objects.get(email=made.cast.executive)
    of_database = desk_of(executive, managers(executive, TODAY), TODAY).deals
    of_files = counted_from_files(made, tmp_path)
    by_name = {team.manager: team for team in of_files.teams}
    assert len(of_database.teams) == 8
    for team in of_database.teams:
        same = by_name[team.manager]
        assert {name: getattr(team, name) for name in FACTS} == {name: getattr(same, name) for name in FACTS}
        assert team.reps_without_deals == same.reps_without_deals
        assert team.aged.count == same.aged.count
        assert won_by_rep(team) == won_by_rep(same)
    for name in ("first", "last", "measured", "longest_days", "open_count"):
        assert getattr(of_database, name) == getattr(of_files, name), name
    # Closings under managers who have left stand in the files alone: the rest adds up to the same teams.
    for facts in (of_database, of_files):
        assert facts.quarter_ends.closed == sum(team.closed.all for team in facts.teams)
    assert of_database.quarter_ends.days == of_files.quarter_ends.days
    assert of_database.quarter_ends.late_days == of_files.quarter_ends.late_days
    assert {fact: tally.count for fact, tally in of_database.unowned.items()} == {
        fact: tally.count for fact, tally in of_files.unowned.items()
    }
    assert sum(team.won_amount for team in of_database.teams) > Decimal(1_000_000), (
        "there is something to count"
    )


def won_by_rep(team):
    """Each rep's amount and number of deals won."""
    return {name: (won.amount, won.deals.count) for name, won in team.won_by_rep.items()}
