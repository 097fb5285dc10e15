"""What the look back shows, in words, for the page, the terminal and the PDF alike. Pure; the result is
JSON.
"""

from decimal import Decimal
from typing import Any

from drumbeat.desk.lookback.result import LookBack, ManagerRow
from drumbeat.desk.relations import Mark
from drumbeat.signals.rules.truth import Truth
from drumbeat.signals.rules.words import day, figure, listed, number, percent, several

ROW_WORDS = {"deals": "deal", "reps": "rep", "events": "entry"}
PLURALS = {"entry": "entries"}


def as_page(look: LookBack) -> dict[str, Any]:
    """The look back as plain words and figures."""
    return {
        "title": f"Your last {figure(look.weeks)} weeks" if look.weeks != 1 else "Your last week",
        "weeks": look.weeks,
        "first": look.first.isoformat(),
        "last": look.last.isoformat(),
        "span": f"{day(look.first)} to {day(look.last)}",
        "source": source_line(look),
        "truths": [_truth(truth) for truth in look.truths],
        "managers": [_manager(row, look) for row in look.managers],
        "has_calendar": look.minutes is not None,
        "managers_known": any(row.manager is not None for row in look.managers),
        "has_lanes": any(row.one_to_ones is not None for row in look.managers),
        "unknown": list(look.unknown),
        "unknown_line": unknown_line(look),
    }


def source_line(look: LookBack) -> str:
    """What was read: ``8,800 deals, 35 people and 412 calendar entries``."""
    parts = [
        several_figures(look.read[table], one, many)
        for table, one, many in (
            ("opportunities", "deal", "deals"),
            ("bookings", "booking", "bookings"),
            ("people", "person", "people"),
            ("accounts", "account", "accounts"),
        )
        if look.read.get(table)
    ]
    if look.entries is not None:
        parts.append(several_figures(look.entries, "calendar entry", "calendar entries"))
    return " and ".join(part for part in (", ".join(parts[:-1]), *parts[-1:]) if part)


def several_figures(count: int, one: str, many: str) -> str:
    """``1 deal``, ``8,800 deals``."""
    return f"{figure(count)} {one if count == 1 else many}"


def unknown_line(look: LookBack) -> str:
    """What is not known in one line; empty where all is."""
    if not look.unknown:
        return ""
    return f"Not known: {'; '.join(look.unknown)}. What is not known is left out, never guessed."


def _truth(truth: Truth) -> dict[str, Any]:
    count = len(truth.rows)
    noun = ROW_WORDS.get(truth.row_kind, "")
    label = "See the figures"
    if noun and count:
        label = (
            f"See the {noun}" if count == 1 else f"See the {figure(count)} {PLURALS.get(noun, noun + 's')}"
        )
    return {
        "key": truth.key,
        "sentence": truth.sentence,
        "detail": truth.detail,
        "how": truth.how,
        "rows_label": label,
    }


def _manager(row: ManagerRow, look: LookBack) -> dict[str, Any]:
    notes = [row.team, several_figures(row.reps, "rep", "reps")]
    name = row.manager or ("All reps" if len(look.managers) == 1 else "Manager not known")
    amount, earlier = row.won_amount, row.won_amount_before
    if row.booked_amount is not None and not row.won_count and not row.won_amount_before:
        amount, earlier = row.booked_amount, row.booked_amount_before or Decimal(0)
    return {
        "name": name,
        "note": " · ".join(note for note in notes if note),
        "amount": figure(amount),
        "counts": f"{several_figures(row.won_count, 'won', 'won')}, {figure(row.lost_count)} lost",
        "beside": beside(amount, earlier, look.weeks),
        "sentence": row.sentence,
        "calendar": _calendar_words(row),
        "lane": {
            "name": name,
            "marks": [_mark(mark) for mark in row.marks],
            "days": [_mark(mark) for mark in row.days],
            "label": f"{name}: {words} in {several(look.weeks, 'week')}"
            if (words := _calendar_words(row))
            else "",
        },
    }


def _mark(mark: Mark) -> dict[str, Any]:
    return {"week": mark.week, "kind": mark.kind, "label": mark.label}


def _calendar_words(row: ManagerRow) -> str:
    if row.one_to_ones is None:
        return ""
    words = [several_figures(row.one_to_ones, "one-to-one", "one-to-ones")]
    if row.customer_days:
        words.append(f"{several_figures(row.customer_days, 'day', 'days')} at customers together")
    return listed(words)


def beside(amount: Decimal, earlier: Decimal, weeks: int) -> str:
    """The amount against the same span before: ``+10% on the 13 before``."""
    before = f"the {number(weeks) if weeks > 1 else 'week'} before" if weeks < 13 else f"the {weeks} before"
    if earlier <= 0:
        return f"nothing in {before}"
    change = float(amount / earlier - 1)
    if abs(change) < 0.005:
        return f"as much as in {before}"
    return f"{'+' if change > 0 else '−'}{percent(abs(change))} on {before}"
