"""What was typed, made fit to keep: no NUL, one kind of line end, not longer than somebody reads. Pure."""

from datetime import datetime

from drumbeat.core.refusal import Refused


class TooLong(Refused):
    """More than anybody reads before a meeting."""


class NothingWritten(Refused):
    """An empty field was sent."""


def fit(text: str, longest: int) -> str:
    """The text as it is kept. Raises TooLong, with both numbers; whoever shows it keeps what was typed."""
    text = text.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n").strip()
    if len(text) > longest:
        raise TooLong(
            f"That is {len(text):,} characters, more than anybody reads; {longest:,} are kept. "
            "Shorten it; what you typed still stands here."
        )
    return text


def one_line(text: str, longest: int) -> str:
    """The text as one line. Raises TooLong."""
    return fit(" ".join(text.replace("\0", "").split()), longest)


def version_of(changed_at: datetime | None) -> str:
    """Names the state of a text that a page showed, so that another window's change is noticed."""
    return changed_at.isoformat() if changed_at else ""
