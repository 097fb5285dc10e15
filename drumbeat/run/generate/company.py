"""A made company of any size, as rows in the import format. Pure, and the same for the same seed and day.

Rows are tuples of text in the order of ``COLUMNS``; an empty text is unknown. Every table is a stream that
can be walked again; at any time no more than one branch (some sixty people) is held in memory.
"""

import csv
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from math import exp
from pathlib import Path

from drumbeat.run.generate import deals
from drumbeat.run.generate.accounts import products
from drumbeat.run.generate.amounts import bring_to_plan
from drumbeat.run.generate.calendar import executive_ics
from drumbeat.run.generate.deals import BranchDeals
from drumbeat.run.generate.history import earlier
from drumbeat.run.generate.orders import orders
from drumbeat.run.generate.people import Branch, Tree, build
from drumbeat.run.generate.plan import Frame, Share, frame, shares
from drumbeat.run.generate.rows import (
    COLUMNS,
    Row,
    account_row,
    deal_row,
    order_row,
    person_row,
    state_row,
    target_row,
)
from drumbeat.run.generate.targets import Target, branch_targets, quarters

DEFAULT_PEOPLE = 64
DEFAULT_OPPORTUNITIES = 5_000
DEFAULT_WEEKS = 78
DEFAULT_SEED = 1


@dataclass(frozen=True, slots=True)
class Cast:
    """Who is who: e-mail addresses; ``administrator`` and ``hr`` are empty in a company under twelve
    people.

    ``executive`` leads the first eight managers and owns the calendar; ``top`` leads everybody (the same
    person in the demonstration company). Roles such as administrator are granted elsewhere.
    """

    executive: str
    top: str
    manager: str
    rep: str
    administrator: str
    hr: str


@dataclass(frozen=True, slots=True)
class Leave:
    """A leave that no import carries: the person's e-mail, first and last day."""

    email: str
    first: date
    last: date


class Company:
    """The made company: streams of rows by table, the executive's calendar, and exports of earlier days."""

    def __init__(self, tree: Tree, settings: Frame) -> None:
        self.tree = tree
        self.frame = settings
        self._kept: tuple[int, BranchDeals] | None = None

    @property
    def cast(self) -> Cast:
        """The persons of each role, by e-mail."""
        branch = self.tree.branches[0]
        area = branch.areas[0]
        others = [person.email for person in self.tree.others] or ["", ""]
        rep = area.reps[0] if area.reps else area.manager
        top = self.tree.leaders[0]
        return Cast(branch.leader.email, top.email, area.manager.email, rep.email, others[0], others[1])

    @property
    def leaves(self) -> list[Leave]:
        """One rep of the third manager is on parental leave around today."""
        areas = self.tree.branches[0].areas
        if len(areas) < 3 or len(areas[2].reps) < 3:
            return []
        now = self.frame.now
        return [Leave(areas[2].reps[2].email, date.fromordinal(now - 30), date.fromordinal(now + 60))]

    def people(self, as_of: date | None = None) -> Iterator[Row]:
        """Persons known on that day (today) with the reporting line of that day."""
        day = as_of or self.frame.today
        for person in self.tree.everybody():
            if person.started_on <= day:
                yield person_row(person, day)

    def exported_people(self) -> Iterator[Row]:
        """What a CRM's list of users holds today: the sales lines alone, with today's leader and no dates.

        One file can tell each person's line of today only. Brought in alone, that line holds since ever; the
        dated history arises when the lists of earlier days (``people``) are brought in before it.
        """
        outside = {person.email for person in self.tree.others}
        start = COLUMNS["people"].index("line_from")
        for row in self.people():
            if row[1] not in outside:
                yield (*row[:start], "", *row[start + 1 :])

    def accounts(self) -> Iterator[Row]:
        """Customers, each name once; a parent is named by an earlier row."""
        return self._of_branches("accounts", None)

    def products(self) -> Iterator[Row]:
        """The catalogue."""
        for product in products():
            yield (product.name, f"P{product.number:03d}", product.line, str(product.list_price))

    def opportunities(self, as_of: date | None = None) -> Iterator[Row]:
        """Opportunities as an export of that day (today) shows them; see history.py."""
        return self._of_branches("opportunities", as_of)

    def bookings(self, as_of: date | None = None) -> Iterator[Row]:
        """Repeat orders booked by that day (today)."""
        return self._of_branches("bookings", as_of)

    def targets(self) -> Iterator[Row]:
        """Won amount per quarter of each rep and each leader; a leader's is the sum of those below."""
        for branch in self.tree.branches:
            yield from map(target_row, self._branch_targets(branch))
        yield from self._targets_above()

    def executive_ics(self, leader: str = "") -> Iterator[str]:
        """The calendar file of the executive, or of another branch's leader by e-mail, as text in pieces."""
        wanted = leader or self.cast.executive
        branch = next(branch for branch in self.tree.branches if branch.leader.email == wanted)
        made = self._branch(branch.number)
        return executive_ics(self.frame, branch, made.accounts)

    def rows(self, table: str, as_of: date | None = None) -> Iterator[Row]:
        """The stream of a table by its name."""
        if table == "people":
            return self.people(as_of)
        if table == "opportunities":
            return self.opportunities(as_of)
        if table == "bookings":
            return self.bookings(as_of)
        return {"accounts": self.accounts, "products": self.products, "targets": self.targets}[table]()

    def made_branches(self) -> Iterator[BranchDeals]:
        """Each branch with its deals and accounts, for whoever needs typed values."""
        return self._branches()

    def branch_rows(
        self, made: BranchDeals, as_of: date | None = None
    ) -> Iterator[tuple[str, Iterator[Row]]]:
        """The accounts, opportunities and bookings of one branch as of a day (today)."""
        last = (as_of or self.frame.today).toordinal()
        booked = orders(self.frame, made.branch.number, made.accounts)
        yield "accounts", map(account_row, made.accounts)
        yield "opportunities", self._opportunity_rows(made, as_of)
        yield "bookings", (order_row(order) for order in booked if order.day <= last)

    def _of_branches(self, table: str, as_of: date | None) -> Iterator[Row]:
        for made in self._branches():
            yield from dict(self.branch_rows(made, as_of))[table]

    def _opportunity_rows(self, made: BranchDeals, as_of: date | None) -> Iterator[Row]:
        if as_of is None or as_of >= self.frame.today:
            yield from (deal_row(deal) for deal in made.deals)
            return
        day, now = as_of.toordinal(), self.frame.now
        for deal in made.deals:
            then = earlier(deal, day, now)
            if then is not None:
                yield state_row(deal, then.owner, then.state, then.category, then.close, then.amount)

    def _branches(self) -> Iterator[BranchDeals]:
        for branch, of_branch in shares(self.tree, self.frame.opportunities):
            yield self._make(branch, of_branch)

    def _branch(self, number: int) -> BranchDeals:
        for branch, of_branch in shares(self.tree, self.frame.opportunities):
            if branch.number == number:
                return self._make(branch, of_branch)
        raise IndexError(number)

    def _make(self, branch: Branch, of_branch: list[list[Share]]) -> BranchDeals:
        # One branch is kept: a company of one branch, the usual case, is then drawn once for all its tables.
        if self._kept and self._kept[0] == branch.number:
            return self._kept[1]
        made = BranchDeals(self.frame, branch, of_branch)
        bring_to_plan(self.frame, branch, made.deals, self._branch_targets(branch))
        self._kept = (branch.number, made)
        return made

    def _branch_targets(self, branch: Branch) -> Iterator[Target]:
        settings = self.frame
        spans = quarters(settings.first, settings.today)
        return branch_targets(branch, spans, _rep_quarter(settings), settings.seed, settings.today)

    def _targets_above(self) -> Iterator[Row]:
        above = {person.email: person for person in self.tree.leaders}
        sums: dict[tuple[str, str], int] = {}
        for branch in self.tree.branches:
            for target in self._branch_targets(branch):
                if target.owner is branch.leader:
                    leader = branch.leader.leader_on(self.frame.today)[0]
                    while leader:
                        key = (leader, target.quarter.name)
                        sums[key] = sums.get(key, 0) + target.value
                        leader = above[leader].leader_on(self.frame.today)[0]
        for (email, quarter), value in sums.items():
            yield (email, quarter, "won_amount", str(value))


def company(
    people: int = DEFAULT_PEOPLE,
    opportunities: int = DEFAULT_OPPORTUNITIES,
    weeks: int = DEFAULT_WEEKS,
    seed: int = DEFAULT_SEED,
    *,
    today: date,
) -> Company:
    """A made company; refuses impossible sizes. No deal is drawn before a stream is walked."""
    tree = build(people, seed, today)
    return Company(tree, frame(tree, opportunities, weeks, seed, today))


def write(made: Company, folder: Path) -> None:
    """Write one CSV file per table, named after it, and executive.ics."""
    write_tables(made, folder, tuple(COLUMNS))
    _write_csv(folder / "people.csv", "people", made.exported_people())
    write_calendar(made, folder)


def write_tables(
    made: Company, folder: Path, tables: Sequence[str], as_of: date | None = None
) -> tuple[Path, ...]:
    """Write the named tables as exports of a day (today) hold them, in one walk; gives their paths."""
    folder.mkdir(parents=True, exist_ok=True)
    paths = {table: folder / f"{table}.csv" for table in tables}
    together = [table for table in ("accounts", "opportunities", "bookings") if table in tables]
    for table in tables:
        if table not in together:
            _write_csv(paths[table], table, made.rows(table, as_of))
    with ExitStack() as stack:
        writers = {}
        for table in together:
            file = stack.enter_context(paths[table].open("w", encoding="utf-8", newline=""))
            writers[table] = csv.writer(file, lineterminator="\n")
            writers[table].writerow(COLUMNS[table])
        for branch in made.made_branches() if together else ():
            for table, rows in made.branch_rows(branch, as_of):
                if table in writers:
                    writers[table].writerows(rows)
    return tuple(paths.values())


def write_calendar(made: Company, folder: Path) -> Path:
    """Write executive.ics and say where."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "executive.ics"
    with path.open("w", encoding="utf-8", newline="") as file:
        file.writelines(made.executive_ics())
    return path


def _write_csv(path: Path, table: str, rows: Iterator[Row]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(COLUMNS[table])
        writer.writerows(rows)


def _rep_quarter(settings: Frame) -> float:
    """What an average rep's won deals come to in an average quarter, in euro."""
    won = settings.deals_per_owner * (1 - deals.OPEN_SHARE) * deals.WIN_RATE
    mean = deals.MEDIAN_AMOUNT * exp(deals.AMOUNT_SIGMA**2 / 2) * exp(0.35**2 / 2)
    return won * mean * 13 / settings.weeks / settings.average_level
