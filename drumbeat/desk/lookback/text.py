"""The look back for the terminal. Pure."""

import textwrap
from typing import Any

WIDTH = 96


def as_text(page: dict[str, Any]) -> str:
    """Title, truths, managers and what is not known, in lines of at most 96 characters."""
    lines = [f"{page['title']}: {page['span']}", *_wrapped(f"From {page['source']}.", ""), ""]
    if not page["truths"]:
        lines += ["Nothing stands out so far.", ""]
    for place, truth in enumerate(page["truths"], 1):
        lines += _wrapped(truth["sentence"], "   ", f"{place}. ")
        if truth["detail"]:
            lines += _wrapped(truth["detail"], "   ")
        lines.append("")
    for row in page["managers"]:
        lines += _wrapped(f"{row['name']} ({row['note']}): {row['amount']} won, {row['beside']}.", "")
        if row["calendar"]:
            lines += _wrapped(f"{row['calendar']}.", "   ")
        lines += _wrapped(row["sentence"], "   ")
    if page["unknown_line"]:
        lines += ["", *_wrapped(page["unknown_line"], "")]
    return "\n".join(lines)


def _wrapped(text: str, indent: str, first: str | None = None) -> list[str]:
    return textwrap.wrap(
        text,
        WIDTH,
        initial_indent=indent if first is None else first,
        subsequent_indent=indent,
        break_on_hyphens=False,
    )
