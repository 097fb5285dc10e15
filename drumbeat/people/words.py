"""How people's things are said on pages, in refusals and in the journal."""

from datetime import date


def spoken(day: date | None) -> str:
    """``1 December 2026``."""
    return f"{day.day} {day:%B %Y}" if day else "a day that is not known"
