"""How long the look back takes against the least that it could: for ``drumbeat bench``."""

import csv
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal
from pathlib import Path
from statistics import median
from time import perf_counter
from typing import Any

from drumbeat.desk.lookback.look import Question, look_at
from drumbeat.desk.lookback.page import as_page
from drumbeat.desk.lookback.pdf import as_pdf
from drumbeat.desk.lookback.sources import assign_files, read_sources

PARTS = ("reading", "computing", "pdf", "bare_csv", "empty_typst")
_DATES = ("date", "_on")
_AMOUNTS = ("value", "amount", "price", "revenue")


def measure(files: Sequence[Path], *, as_of: date, rounds: int = 7) -> dict[str, Any]:
    """Seconds (medians, interleaved, in a running process) of the three parts and of the bare way, and
    their ratio.

    The bare way reads the same files with ``csv`` into rows with dates and amounts, and sets an empty Typst
    page.
    """
    parts: dict[str, list[float]] = {
        name: [] for name in ("reading", "computing", "pdf", "bare_csv", "empty_typst")
    }
    for turn in range(rounds + 1):
        times = _one_round(files, as_of, turn)
        if turn:  # the first one imports and fills caches
            for name, seconds in times.items():
                parts[name].append(seconds)
    result: dict[str, Any] = {name: round(median(seconds), 4) for name, seconds in parts.items()}
    result["ratio"] = round(
        (result["reading"] + result["computing"] + result["pdf"])
        / (result["bare_csv"] + result["empty_typst"]),
        2,
    )
    return result


def _one_round(files: Sequence[Path], as_of: date, turn: int) -> dict[str, float]:
    times: dict[str, float] = {}
    sources = _timed(times, "reading", lambda: read_sources(assign_files(files)))
    look = _timed(times, "computing", lambda: look_at(sources, Question(as_of)))
    # Typst remembers what it has set: each round sets another page.
    _timed(times, "pdf", lambda: as_pdf(as_page(look) | {"span": f"round {turn}"}))
    _timed(times, "bare_csv", lambda: [_typed_rows(path) for path in files])
    _timed(times, "empty_typst", lambda: _empty_page(turn))
    return times


def _timed(times: dict[str, float], name: str, work: Callable[[], Any]) -> Any:
    begin = perf_counter()
    result = work()
    times[name] = perf_counter() - begin
    return result


def _typed_rows(path: Path) -> list[list[Any]]:
    with path.open(newline="", encoding="utf-8") as file:
        rows = csv.reader(file)
        header = next(rows)
        convert = [_converter(name) for name in header]
        return [[make(cell) for make, cell in zip(convert, row, strict=True)] for row in rows]


def _converter(column: str) -> Callable[[str], Any]:
    if column.endswith(_DATES):
        return lambda cell: date.fromisoformat(cell) if cell else None
    if column.endswith(_AMOUNTS):
        return lambda cell: Decimal(cell) if cell else None
    return lambda cell: cell or None


def _empty_page(turn: int) -> bytes:
    import typst

    return bytes(typst.compile(f"// round {turn}".encode(), format="pdf"))
