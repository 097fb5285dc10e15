"""What is measured, and the figures it is held to."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from statistics import median
from typing import Any

from drumbeat.run.bench import room
from drumbeat.run.bench.places import TODAY, Worker, worker
from drumbeat.run.generate.company import DEFAULT_OPPORTUNITIES, DEFAULT_PEOPLE

ROUNDS = 15
SLOW = 5.0  # seconds; what takes longer is asked for fewer times


@dataclass(frozen=True)
class Size:
    """How large the large company is, the look back's real files and their day, how many rounds; how many
    people a room has and for how long."""

    people: int = 10_000
    opportunities: int = 1_000_000
    files: Path | None = None
    as_of: date = TODAY
    rounds: int = ROUNDS
    screens: int = 100
    seconds: float = 20.0


def bring_in(size: Size) -> dict[str, Any]:
    """An import of opportunities against a bare load of the same file."""
    with worker() as one:
        found: dict[str, Any] = one.ask("import", opportunities=size.opportunities)
        return found


def look_back(size: Size) -> dict[str, Any]:
    """Reading, computing and PDF against ``csv`` and an empty page."""
    with worker() as one:
        folder = str(size.files.absolute()) if size.files else ""
        found: dict[str, Any] = one.ask("look back", folder=folder, as_of=size.as_of.isoformat())
        return found


def week(size: Size) -> dict[str, Any]:
    """This week of a leader of eight managers among very many, in the demonstration company, and bare."""
    with worker() as small, worker() as large:
        demo = small.ask("company", people=DEFAULT_PEOPLE, opportunities=DEFAULT_OPPORTUNITIES)
        many = large.ask("company", people=size.people, opportunities=size.opportunities)
        seconds: dict[str, list[float]] = {"demonstration": [], "company": [], "bare": []}
        queries: dict[str, int] = {}
        asks: dict[str, Callable[[], dict[str, Any]]] = {
            "demonstration": lambda: small.ask("week", who=demo["executive"]),
            "company": lambda: large.ask("week", who=many["executive"]),
            "bare": lambda: large.ask("bare", who=many["executive"]),
        }
        for turn in range(size.rounds + 1):
            # Each goes first as often as any other; the first round only warms up.
            for name in [*list(asks)[turn % 3 :], *list(asks)[: turn % 3]]:
                answer = asks[name]()
                queries[name] = answer["queries"]
                if turn:
                    seconds[name].append(answer["seconds"])
        top = _of_the_top(large, many["top"], size.rounds) if many["top"] != many["executive"] else None
    middle = {name: median(each) for name, each in seconds.items()}
    return {
        "people": size.people,
        "opportunities": size.opportunities,
        "load_seconds": many["load_seconds"],
        "load_mib": many["load_mib"],
        "queries": queries["company"],
        "demonstration_queries": queries["demonstration"],
        "seconds": round(middle["company"], 4),
        "demonstration_seconds": round(middle["demonstration"], 4),
        "bare_seconds": round(middle["bare"], 4),
        "to_demonstration": round(middle["company"] / middle["demonstration"], 2),
        "to_bare": round(middle["company"] / middle["bare"], 2),
        "top_seconds": top,
    }


def _of_the_top(large: Worker, who: str, rounds: int) -> float:
    """This week of whoever leads everybody."""
    first = large.ask("week", who=who)["seconds"]
    times = [large.ask("week", who=who)["seconds"] for _ in range(rounds if first < SLOW else 3)]
    return round(median(times), 3)


def a_room(size: Size) -> dict[str, Any]:
    """From a change in a room to every screen, pages being served beside it."""
    return room.measure(size.screens, size.seconds)


def a_year(size: Size) -> dict[str, Any]:
    """Weekly meetings of a tenth as many managers, made and stored, against the same rows ready-made."""
    with worker() as one:
        found: dict[str, Any] = one.ask("year", managers=max(5, size.people // 10), rounds=3)
        return found


def sealed(size: Size) -> dict[str, Any]:
    """A page with 200 encrypted texts against the same in plain; readings are recorded in both."""
    with worker() as one:
        found: dict[str, Any] = one.ask("sealed", rounds=size.rounds)
        return found


MEASURES: dict[str, Callable[[Size], dict[str, Any]]] = {
    "import": bring_in,
    "week": week,
    "look-back": look_back,
    "room": a_room,
    "year": a_year,
    "sealed": sealed,
}

# The figure and at most how much.
GOALS: tuple[tuple[str, str, float], ...] = (
    ("import", "first_to_bare", 3.0),
    ("import", "other_order_to_first", 1 / 3),
    ("import", "same_bytes_to_first", 1 / 20),
    ("import", "save_wait_seconds", 1.0),
    ("import", "memory_mib", 400),
    ("week", "queries", 26),
    ("week", "to_demonstration", 1.2),
    ("week", "to_bare", 2.0),
    ("look-back", "ratio", 6.0),
    ("room", "p95_ms", 250),
    ("room", "lost", 0),
    ("room", "doubled", 0),
    ("room", "failed", 0),
    ("year", "ratio", 2.0),
    ("sealed", "ratio", 1.5),
)


def run(names: list[str], size: Size) -> dict[str, Any]:
    """The named measurements, or all, each by its name."""
    found = {}
    for name in names or MEASURES:
        print(f"Measuring {name}", file=sys.stderr, flush=True)
        found[name] = MEASURES[name](size)
    return found


def held_to(found: dict[str, Any]) -> list[dict[str, Any]]:
    """Each figure that was measured beside what it is held to."""
    goals = [
        {
            "figure": f"{name} {figure}",
            "is": found[name][figure],
            "at_most": round(most, 3),
            "met": found[name][figure] <= most,
        }
        for name, figure, most in GOALS
        if figure in found.get(name, {})
    ]
    if "week" in found:
        same = found["week"]["queries"] == found["week"]["demonstration_queries"]
        goals.append({"figure": "week same queries as the demonstration", "met": same})
    return goals
