"""Who works in the made company: the tree of leaders, the first branch's cast, and who led whom when.

A branch is a leader of up to eight managers. Each branch has the same stories by position (see
stories.py), so the leader of any branch of a large company sees what the demonstration company's executive
sees.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random

from drumbeat.core.periods import before, quarter_of
from drumbeat.core.refusal import Refused
from drumbeat.run.generate import words
from drumbeat.run.generate.seeds import seeded
from drumbeat.run.generate.words import Place, ascii_word

MAIL_DOMAIN = "nordhaus.example"
SMALLEST = 3
SPAN = 8
REPS_PER_MANAGER = 6.5

PROMOTED_DAYS_AGO = 42
LEFT_DAYS_AGO = 35
FIRST_WIN_STARTED_DAYS_AGO = 75
NO_DEALS_STARTED_DAYS_AGO = 33


class TooSmall(Refused):
    """A company needs at least an executive, a manager and a rep."""


@dataclass(frozen=True, slots=True)
class Seat:
    """A manager's place in a branch: the first branch's name for it, story, team, places, share of reps."""

    story: str
    name: str
    team: str
    places: tuple[Place, ...]
    share: int
    pace: float


SEATS: tuple[Seat, ...] = (
    Seat("steady", "Ana Ribeiro", "North", (words.GERMANY_NORTH, words.GERMANY_NORTH), 7, 1.04),
    Seat("optimist", "Tom Okafor", "North-West", (words.BRITAIN, words.IRELAND), 6, 0.91),
    Seat("never_met", "Ingrid Solheim", "Nordics", (words.NORWAY, words.SWEDEN, words.FINLAND), 8, 1.18),
    Seat("trouble", "Rahul Menon", "Central", (words.GERMANY_SOUTH, words.AUSTRIA), 5, 0.74),
    Seat("on_plan", "Claire Dubois", "South", (words.FRANCE,), 7, 0.99),
    Seat("promoted", "Mateus Almeida", "Iberia", (words.PORTUGAL, words.SPAIN), 6, 0.88),
    Seat("growing", "Joanna Kowalczyk-Wiśniewska", "East", (words.POLAND, words.CZECHIA), 7, 1.01),
    Seat("one_rep", "Ben Whitaker", "Key accounts", (words.BRITAIN,), 5, 0.96),
)
EXECUTIVE_NAME = "Elena Hartmann"


@dataclass(slots=True)
class Person:
    """One person; ``lines`` are (leader's e-mail, from) in order; the first has no start."""

    name: str
    email: str
    external_id: str
    title: str
    place: Place
    started_on: date
    team: str = ""
    left_on: date | None = None
    promoted_on: date | None = None
    lines: list[tuple[str, date | None]] = field(default_factory=list)

    def leader_on(self, day: date) -> tuple[str, date | None]:
        """The leader's e-mail and since when on that day; ("", None) without one."""
        held: tuple[str, date | None] = ("", None)
        for leader, start in self.lines:
            if start is None or start <= day:
                held = (leader, start)
        return held

    def employed_on(self, day: date) -> bool:
        """Whether the person worked here on that day; the day of leaving counts."""
        return self.started_on <= day and (self.left_on is None or day <= self.left_on)


@dataclass(slots=True)
class Area:
    """A manager and the reps of today, with the persons that the story needs."""

    seat: Seat
    manager: Person
    reps: list[Person]
    leaver: Person | None = None
    former_manager: Person | None = None
    first_win: Person | None = None
    without_deals: Person | None = None
    mover: Person | None = None

    @property
    def dealing(self) -> list[Person]:
        """Everybody who owns deals counted with this area, in a fixed order."""
        owners = [rep for rep in self.reps if rep is not self.without_deals]
        if self.seat.story == "promoted" and self.former_manager:
            owners.append(self.manager)
        if self.leaver:
            owners.append(self.leaver)
        return owners


@dataclass(slots=True)
class Branch:
    """A leader of managers with the areas below; ``number`` counts from 0."""

    number: int
    leader: Person
    areas: list[Area]


@dataclass(slots=True)
class Tree:
    """Everybody, leaders first. ``others`` stand outside the sales lines (HR, administration)."""

    leaders: list[Person]
    branches: list[Branch]
    others: list[Person]

    def everybody(self) -> Iterator[Person]:
        """All persons, each once, leaders before those they lead."""
        yield from self.leaders
        yield from self.others
        for branch in self.branches:
            for area in branch.areas:
                if area.former_manager:
                    yield area.former_manager
                yield area.manager
                yield from area.reps
                if area.leaver:
                    yield area.leaver


def build(people: int, seed: int, today: date) -> Tree:
    """The tree for exactly that many persons; the same for the same seed and day."""
    if people < SMALLEST:
        raise TooSmall(f"A made company needs at least {SMALLEST} people; {people} are too few.")
    managers, others, extras = _shape(people)
    maker = _Maker(seeded("people", seed), today)
    leader_of_branch, leaders = _leaders(maker, managers)
    reps = people - managers - len(leaders) - others - extras
    sizes = _sizes(managers, reps)
    branches = []
    for number in range(_branches(managers)):
        own = sizes[number * SPAN : (number + 1) * SPAN]
        areas = [_area(maker, number, SEATS[i], size, leader_of_branch[number]) for i, size in enumerate(own)]
        branches.append(Branch(number, leader_of_branch[number], areas))
        if extras:
            _add_former_people(maker, branches[-1])
        _add_stories(branches[-1], today)
    titles = ("IT and CRM administrator", "HR business partner")
    names = ("Marta Villanueva", "Henning Brandvold")
    outside = [
        maker.person(titles[i], SEATS[0].places[0], "Head office", None, name=names[i], years=6)
        for i in range(others)
    ]
    return Tree(leaders, branches, outside)


def _branches(managers: int) -> int:
    return -(-managers // SPAN)


def _leader_count(managers: int) -> int:
    total, level = 0, managers
    while True:
        level = -(-level // SPAN)
        total += level
        if level == 1:
            return total


def _shape(people: int) -> tuple[int, int, int]:
    """Managers, persons outside the lines, and former people (see _add_former_people)."""
    others = 2 if people >= 12 else 0
    managers = max(1, int(people / 9) - 2)
    while True:
        seats = (SEATS[i % SPAN].story for i in range(managers))
        extras = sum(story in ("promoted", "optimist") for story in seats) if managers >= SPAN else 0
        fixed = managers + _leader_count(managers) + others + extras
        if people - fixed <= managers * REPS_PER_MANAGER:
            return managers, others, extras
        managers += 1


def _sizes(managers: int, reps: int) -> list[int]:
    """Reps per manager by the seats' shares; sums to ``reps`` exactly."""
    weights = [SEATS[i % SPAN].share for i in range(managers)]
    total, gone, seen, sizes = sum(weights), 0, 0, []
    for weight in weights:
        seen += weight
        upto = reps * seen // total
        sizes.append(upto - gone)
        gone = upto
    return sizes


class _Maker:
    """Hands out persons with names and addresses that nobody else has."""

    def __init__(self, rng: Random, today: date) -> None:
        self.rng = rng
        self.today = today
        self._names = {seat.name for seat in SEATS} | {EXECUTIVE_NAME}
        self._emails: dict[str, int] = {}
        self._count = 0

    def person(
        self, title: str, place: Place, team: str, leader: str | None, *, name: str = "", years: float = 0
    ) -> Person:
        """A person who started some years before today (drawn where not given)."""
        self._count += 1
        name = name or self._free_name(place)
        self._names.add(name)
        drawn = years or 2 + self.rng.random() * 9
        started = self.today - timedelta(days=int(drawn * 365) + self.rng.randrange(90))
        lines: list[tuple[str, date | None]] = [(leader, None)] if leader else []
        return Person(
            name, self._email(name), f"N{self._count:05d}", title, place, started, team=team, lines=lines
        )

    def _free_name(self, place: Place) -> str:
        for attempt in range(60):
            name = f"{self.rng.choice(place.first)} {self.rng.choice(place.last)}"
            if attempt > 8:
                name = f"{name}-{self.rng.choice(place.last)}"
            if name not in self._names:
                return name
        return f"{name} {self._count}"

    def _email(self, name: str) -> str:
        stem = ".".join(ascii_word(part) for part in name.split())
        seen = self._emails.get(stem, 0)
        self._emails[stem] = seen + 1
        return f"{stem}{seen + 1 if seen else ''}@{MAIL_DOMAIN}"


def _leaders(maker: _Maker, managers: int) -> tuple[list[Person], list[Person]]:
    """The leader of each branch, and all leaders from the top down; the first branch's is the executive."""
    level_sizes = [_branches(managers)]
    while level_sizes[-1] > 1:
        level_sizes.append(-(-level_sizes[-1] // SPAN))
    above: list[Person] = []
    everyone: list[Person] = []
    for depth, size in enumerate(reversed(level_sizes)):
        is_branch_level = depth == len(level_sizes) - 1
        title = "Sales director" if is_branch_level else f"Vice president sales, level {depth + 1}"
        level = []
        for i in range(size):
            name = EXECUTIVE_NAME if is_branch_level and i == 0 else ""
            leader = above[i // SPAN].email if above else None
            level.append(maker.person(title, words.GERMANY_SOUTH, "Sales", leader, name=name, years=5))
        everyone.extend(level)
        above = level
    return above, everyone


def _area(maker: _Maker, branch: int, seat: Seat, size: int, leader: Person) -> Area:
    team = seat.team if branch == 0 else f"{seat.team} {branch + 1}"
    name = seat.name if branch == 0 else ""
    manager = maker.person("Area sales manager", seat.places[0], team, leader.email, name=name, years=4)
    reps = [
        maker.person("Sales rep", seat.places[i % len(seat.places)], team, manager.email) for i in range(size)
    ]
    return Area(seat, manager, reps)


def _add_former_people(maker: _Maker, branch: Branch) -> None:
    """The manager whose place the promoted one took, and a rep who left."""
    today = maker.today
    for area in branch.areas:
        if area.seat.story == "promoted":
            promoted_on = today - timedelta(days=PROMOTED_DAYS_AGO)
            name = "Helena Duarte" if branch.number == 0 else ""
            leader = branch.leader.email
            former = maker.person(
                "Area sales manager", area.seat.places[0], area.manager.team, leader, name=name, years=9
            )
            former.left_on = promoted_on - timedelta(days=1)
            area.former_manager = former
            area.manager.promoted_on = promoted_on
            area.manager.lines = [(former.email, None), (leader, promoted_on)]
            for rep in area.reps:
                rep.lines = [(former.email, None), (area.manager.email, promoted_on)]
        elif area.seat.story == "optimist":
            place = area.seat.places[0]
            leaver = maker.person("Sales rep", place, area.manager.team, area.manager.email)
            leaver.left_on = today - timedelta(days=LEFT_DAYS_AGO)
            area.leaver = leaver


def _add_stories(branch: Branch, today: date) -> None:
    """A rep without any deal, one before the first win, and one who changed managers at a quarter's start."""
    by_story = {area.seat.story: area for area in branch.areas}
    on_plan, growing = by_story.get("on_plan"), by_story.get("growing")
    if on_plan and len(on_plan.reps) > 3:
        on_plan.without_deals = on_plan.reps[-1]
        on_plan.reps[-1].started_on = today - timedelta(days=NO_DEALS_STARTED_DAYS_AGO)
    if growing and len(growing.reps) > 3:
        growing.first_win = growing.reps[-1]
        growing.reps[-1].started_on = today - timedelta(days=FIRST_WIN_STARTED_DAYS_AGO)
        if branch.number == 0:
            growing.reps[-1].name = "Piotr Zieliński"
            growing.reps[-1].email = f"piotr.zielinski@{MAIL_DOMAIN}"
    old, new = by_story.get("one_rep"), by_story.get("optimist")
    if old and new and len(new.reps) > 3:
        # At the start of the quarter before, so that no quarter that tells a story is split.
        moved_on = before(quarter_of(today)).first
        new.mover = new.reps[-1]
        new.mover.lines = [(old.manager.email, None), (new.manager.email, moved_on)]
