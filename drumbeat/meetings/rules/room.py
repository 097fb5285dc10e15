"""What the room shows when: who counts as present, whose word it is, where pre-work stands. Pure."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from drumbeat.meetings.rules.agenda import Body

EARLY = timedelta(minutes=30)
LATE = timedelta(hours=12)
HERE = timedelta(seconds=60)
LINES, LETTERS = 12, 1200
NUMBER, ROUND, TOPICS, KEEP, THANKS = "number", "round", "topics", "keep", "thanks"
PROVIDERS = {
    "Teams": ("teams.microsoft.com", "teams.live.com"),
    "Zoom": ("zoom.us", "zoom.com", "zoomgov.com"),
    "Meet": ("meet.google.com",),
    "Webex": ("webex.com",),
}
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
    lines = text.split("\n")
    head = "\n".join(lines[:LINES])
    if len(head) > LETTERS:
        cut = head.rfind(" ", 0, LETTERS) + 1 or LETTERS
        return Folded(text[:cut].rstrip(), text[cut:], max(1, len(text[cut:].split("\n"))))
    if len(lines) > LINES:
        return Folded(head, "\n".join(lines[LINES:]), len(lines) - LINES)
    return Folded(text)


def provider(link: str) -> str:
    """Whose call a link joins, by its host: ``Teams``; empty where it is none of the four that are known."""
    try:
        host = urlsplit(link).hostname or ""
    except ValueError:
        return ""
    return next((name for name, hosts in PROVIDERS.items() if _ends(host, hosts)), "")


def _ends(host: str, hosts: Collection[str]) -> bool:
    return any(host == one or host.endswith(f".{one}") for one in hosts)


def must_win_of(text: str) -> tuple[str, str]:
    """Pre-work for the round as must-win (its first line) and help needed (the rest)."""
    first, _, rest = text.strip().partition("\n")
    return first.strip(), " ".join(rest.split())
