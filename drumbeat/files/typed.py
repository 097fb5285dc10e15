"""Rows of text to typed columns, chunk by chunk. Pure.

Whole columns are converted at once, each distinct value once, so that a million rows take seconds. A date
order or an amount's notation that only the whole column can tell is looked up in a pass of its own, at the
first value that needs it; a file of ISO dates and plain numbers is read once.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import compress
from typing import Any

from drumbeat.files.assign import Assigned
from drumbeat.files.columns import MAX_TEXT, AmbiguousDates, Converter, Currencies, as_text, converters
from drumbeat.files.currency import MoreThanOneCurrency
from drumbeat.files.fields import FIELDS, FieldSpec
from drumbeat.files.sheet import Block, Cell, is_blank, is_footer
from drumbeat.files.values import bad_places

__all__ = ["FIELDS", "AmbiguousDates", "Chunk", "FieldSpec", "MoreThanOneCurrency", "typed_chunks"]

# So few rows at once stay in the processor's cache: twice as fast as ten thousand.
_PIECE = 500

_CATEGORY_OF_STATE = {"won": "closed", "lost": "omitted"}

Rejects = list[tuple[int, str, list[str]]]


@dataclass
class Chunk:
    """Some thousand rows of one table, by column.

    ``columns`` has a list of equal length for each mapped field (str, Decimal, date or None); helpers are
    left out, and opportunities always have ``state`` and ``forecast_category``. ``lines`` are the rows' line
    numbers in the file. ``rejects`` are the rows left out: line, reason, cells. ``currencies`` are those seen
    in the sheet so far; ``currency.one_currency`` settles them, also together with those of other sheets.
    """

    table: str
    lines: list[int]
    columns: dict[str, list[Any]]
    rejects: Rejects = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    currencies: frozenset[str] = frozenset()


def typed_chunks(assigned: Assigned, *, size: int = 10_000) -> Iterator[Chunk]:
    """Read an assigned sheet as chunks of at most ``size`` rows; at least one comes, be it empty.

    Raises AmbiguousDates or MoreThanOneCurrency (both Refused), at the chunk that shows it: whoever keeps
    chunks keeps none of them until the last has come.
    """
    currencies = Currencies(assigned.sheet.title)
    columns = converters(assigned, currencies)
    whole = _chunk(assigned, columns, Block([], []))
    whole.warnings += assigned.warnings
    for block in assigned.sheet.blocks(min(size, _PIECE)):
        piece = _chunk(assigned, columns, block)
        if len(whole.lines) + len(piece.lines) > size or len(whole.rejects) > size:
            yield whole
            whole = piece
        else:
            _join(whole, piece)
        whole.currencies = frozenset(currencies.codes)
    yield whole


def _join(whole: Chunk, piece: Chunk) -> None:
    whole.lines += piece.lines
    whole.rejects += piece.rejects
    for name, column in piece.columns.items():
        whole.columns[name] += column


def _chunk(assigned: Assigned, converters: list[Converter], block: Block) -> Chunk:
    specs = FIELDS[assigned.table]
    count = len(block.rows)
    cells: Sequence[Sequence[Any]] = list(zip(*block.rows, strict=True)) or [()] * len(assigned.sheet.header)
    values: dict[str, list[Any]] = {}
    faults: dict[int, list[str]] = {}
    for converter in converters:
        column = values[converter.field] = converter.convert(cells[converter.index])
        _note_faults(converter, column, assigned, faults)
    for name, word in assigned.mapping.fixed.items():
        values[name] = [word] * count
    for name, spec in specs.items():
        if (spec.required or spec.kind == "status") and None in values.get(name, ()):
            for place, value in enumerate(values[name]):
                if value is None:
                    faults.setdefault(place, []).append(f"The {_words(name)} is missing.")
    rejects: Rejects = [(line, reason, [as_text(cell) for cell in row]) for line, reason, row in block.broken]
    lines = list(block.lines)
    if faults:
        rejects += _rejects(block, faults)
        keep = [place not in faults for place in range(count)]
        lines = list(compress(lines, keep))
        values = {name: list(compress(column, keep)) for name, column in values.items()}
    if assigned.table == "opportunities":
        _settle_opportunities(values)
    kept = {name: column for name, column in values.items() if name not in specs or not specs[name].helper}
    return Chunk(assigned.table, lines, kept, sorted(rejects))


def _note_faults(
    converter: Converter, column: list[Any], assigned: Assigned, faults: dict[int, list[str]]
) -> None:
    heading = assigned.sheet.header[converter.index]
    if converter.memory is None:
        if max(map(len, filter(None, column)), default=0) > MAX_TEXT:
            for place, text in enumerate(column):
                if text and len(text) > MAX_TEXT:
                    reason = f"{heading}: the text is longer than {MAX_TEXT} characters."
                    faults.setdefault(place, []).append(reason)
    elif converter.memory.bad:
        for place, reason in bad_places(column):
            faults.setdefault(place, []).append(f"{heading}: {reason}")


def _rejects(block: Block, faults: dict[int, list[str]]) -> Rejects:
    """The rows at fault with their reasons; empty rows and lines below a report are none."""
    rejects: Rejects = []
    for place, reasons in faults.items():
        row: list[Cell] = block.rows[place]
        if not is_blank(row) and not is_footer(row):
            rejects.append((block.lines[place], " ".join(reasons), [as_text(cell) for cell in row]))
    return rejects


def _settle_opportunities(values: dict[str, list[Any]]) -> None:
    """State, forecast category, closing day and amount, from all the columns that speak of them."""
    stages = values["stage"]
    of_stage = [None] * len(stages)
    if status := values.get("status"):
        states = status
    else:
        states = [stage[1] for stage in stages]
        of_stage = [stage[2] for stage in stages]
        values["stage"] = [stage[0] for stage in stages]
    values["state"] = states
    of_state = map(_CATEGORY_OF_STATE.get, states)
    own = values.get("forecast_category") or [None] * len(stages)
    values["forecast_category"] = [
        first or second or third for first, second, third in zip(own, of_stage, of_state, strict=True)
    ]
    for name, state in (("closed_on", ""), ("won_on", "won"), ("lost_on", "lost")):
        if name in values:
            _prefer(
                values,
                "close_on",
                values[name],
                lambda of, state=state: of == state if state else of != "open",
            )
    if "actual_amount" in values:
        _prefer(values, "amount", values["actual_amount"], lambda of: of == "won")


def _prefer(values: dict[str, list[Any]], name: str, better: list[Any], holds: Any) -> None:
    """Take the better known value where the state says that it holds and it is known."""
    plain = values.get(name) or [None] * len(better)
    values[name] = [
        good if good is not None and holds(state) else old
        for good, old, state in zip(better, plain, values["state"], strict=True)
    ]


def _words(name: str) -> str:
    return name.replace("external_id", "id").replace("_", " ")
