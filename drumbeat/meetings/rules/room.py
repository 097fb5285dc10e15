"""What the room shows when: who counts as present, whose word it is, where pre-work stands. Pure."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from drumbeat.meetings.rules.agenda import Body

EARLY = timedelta(minutes=30)
LATE = timedelta(hours=12)
HERE = timedelta(seconds=60)
LINES, LETTERS, SHORT = 12, 1200, 32
_PAUSE = re.compile(r"[:;,?.!]")
_THEIRS = re.compile(r"^(?:Manager|Rep)['’]s\b")
NUMBER, ROUND, TOPICS, KEEP, THANKS = "number", "round", "topics", "keep", "thanks"
WITHOUT_NOTES = ("tone", THANKS, KEEP)
CHAIR_LEADS = ("exec", "chair")


def counts_as_coming(starts_at: datetime, ends_at: datetime, now: datetime) -> bool:
    """Whether whoever opens the room now has come: half an hour before until twelve hours after.

    Who looks at it the day before, or reads it up a week later, has not.
    """
    return starts_at - EARLY <= now <= ends_at + LATE


def is_here(seen_at: datetime | None, now: datetime) -> bool:
    """Whether somebody's screen was open within the last minute."""
    return seen_at is not None and abs(now - seen_at) <= HERE


def next_to_speak(
    order: Sequence[int], spoke: Collection[int], here: Collection[int], now: int
) -> int | None:
    """Who has the word after ``now`` (0: nobody has it yet): the next in order who has not spoken.

    Those who are here come first, so that nobody waits for an empty chair. None: everyone has spoken.
    """
    at = order.index(now) + 1 if now in order else 0
    waiting = [who for who in (*order[at:], *order[:at]) if who not in spoke and who != now]
    return next((who for who in waiting if who in here), waiting[0] if waiting else None)


def place_of_prework(body: Body) -> str:
    """Key of the agenda item at which pre-work is shown: the round, the topics, or what is theirs to open.

    Empty where the agenda has no item.
    """
    for part in (ROUND, TOPICS):
        for item in body.items:
            if item.part == part:
                return item.key
    theirs = [item.key for item in body.items if item.lead not in CHAIR_LEADS]
    return (theirs or [item.key for item in body.items] or [""])[0]


@dataclass(frozen=True)
class Folded:
    """A text of which a page shows the beginning; ``rest`` unfolds, ``lines`` says how long it is."""

    head: str
    rest: str = ""
    lines: int = 0


def folded(text: str) -> Folded:
    """A text as the page shows it: whole, or its first lines with the rest behind a tap."""
    text = text.rstrip()
    lines = text.split("\n")
    head = "\n".join(lines[:LINES])
    if len(head) > LETTERS:
        cut = head.rfind(" ", 0, LETTERS) + 1 or LETTERS
        return Folded(text[:cut].rstrip(), text[cut:], max(1, len(text[cut:].split("\n"))))
    if len(lines) > LINES:
        return Folded(head, "\n".join(lines[LINES:]), len(lines) - LINES)
    return Folded(text)


def short(text: str) -> str:
    """An agenda item as a button names it: ``Your people`` of “Your people: who is growing, who is stuck”."""
    first = _PAUSE.split(text.strip(), maxsplit=1)[0].strip()
    if len(first) <= SHORT:
        return first
    return first[: first.rfind(" ", 0, SHORT) if " " in first[:SHORT] else SHORT].rstrip() + "…"


def named(text: str, who: str) -> str:
    """An agenda item by the name of whom it is about, in a talk of two: ``Ana's topics``; else as it is."""
    return _THEIRS.sub(f"{who}'s", text, count=1) if who else text


def must_win_of(text: str) -> tuple[str, str]:
    """Pre-work for the round as must-win (its first line) and help needed (the rest)."""
    first, _, rest = text.strip().partition("\n")
    return first.strip(), " ".join(rest.split())
