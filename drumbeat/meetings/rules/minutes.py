"""Minutes as one text that a person can read anywhere, and that a page can lay out again. Pure.

A section is a heading on a line of its own; what stands below it is indented by two spaces. So no text that
somebody typed can ever look like a heading.
"""

from collections.abc import Iterable
from dataclasses import dataclass

INDENT = "  "


@dataclass(frozen=True)
class Section:
    """One part of the minutes; ``lines`` keep empty ones that lie between others."""

    heading: str
    lines: tuple[str, ...]

    @property
    def body(self) -> str:
        """The lines as one text."""
        return "\n".join(self.lines)


def compose(sections: Iterable[Section]) -> str:
    """The sections as one text; a section without a line is left out."""
    parts = []
    for one in sections:
        lines = [line for text in one.lines for line in text.splitlines() or [""]]
        while lines and not lines[-1].strip():
            lines.pop()
        while lines and not lines[0].strip():
            lines.pop(0)
        if lines:
            heading = " ".join(one.heading.split()) or "Notes"
            parts.append("\n".join([heading, *(INDENT + line for line in lines)]))
    return "\n\n".join(parts)


def read(text: str) -> tuple[Section, ...]:
    """The sections of a composed text."""
    found: list[tuple[str, list[str]]] = []
    for line in text.split("\n"):
        if line.startswith(INDENT):
            if not found:
                found.append(("Notes", []))
            found[-1][1].append(line[len(INDENT) :])
        elif line.strip():
            found.append((line, []))
    return tuple(Section(heading, tuple(lines)) for heading, lines in found)
