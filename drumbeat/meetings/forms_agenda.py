"""The form of an agenda: fields of the request as a draft, a draft as what the page shows."""

from dataclasses import dataclass

from django.http import QueryDict

from drumbeat.meetings.rules.agenda import LEADS
from drumbeat.meetings.rules.agenda_draft import Draft, Row, parts_for

PARTS = {
    "notes": "a field for notes",
    "topics": "topics that people bring",
    "promises": "promises, both ways",
    "thanks": "a thank-you",
    "keep": "start, stop or keep",
    "tone": "the tone for the week",
    "number": "the number and last week’s must-wins",
    "round": "the round",
}
# More rows than an agenda may have are read, so that the sentence can say how many there are.
MOST_ROWS = 60


@dataclass(frozen=True)
class Shown:
    """One row of the form: its number as people count, what was typed, and what may be chosen."""

    number: int
    at: int
    row: Row
    leads: tuple[tuple[str, str], ...]
    parts: tuple[tuple[str, str], ...]
    first: bool
    last: bool


def typed(post: QueryDict) -> Draft:
    """What was sent, as it was typed. Missing fields are empty."""
    lists = {
        name: post.getlist(f"item_{name}")[:MOST_ROWS] for name in ("key", "minutes", "text", "lead", "part")
    }
    rows = []
    for at, text in enumerate(lists["text"]):
        values = {name: found[at] if at < len(found) else "" for name, found in lists.items()}
        rows.append(Row(**{**values, "text": text}))
    names = ("purpose", "minutes", "prework_days", "prework_at", "comes_in", "goes_out", "rules")
    return Draft(**{name: post.get(name, "") for name in names}, rows=tuple(rows))


def shown(draft: Draft, *, confidential: bool) -> list[Shown]:
    """The rows as the page shows them."""
    parts = tuple((part, PARTS[part]) for part in sorted(parts_for(confidential), key=list(PARTS).index))
    last = len(draft.rows) - 1
    return [
        Shown(at + 1, at, row, _leads(row.lead), parts, at == 0, at == last)
        for at, row in enumerate(draft.rows)
    ]


def _leads(lead: str) -> tuple[tuple[str, str], ...]:
    """Who may lead: the library says chair in two ways, and a row keeps its own."""
    without = "chair" if lead == "exec" else "exec"
    return tuple((key, words) for key, words in LEADS.items() if key != without)
