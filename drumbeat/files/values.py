"""What all readers of single values share.

What stands for "not known", what cannot be read, and the memory. Pure.
"""

from collections.abc import Callable, Iterator
from typing import Any


class BadValue(Exception):
    """A value that cannot be read; the message is a sentence. It rejects its row, never the file."""


class Bad:
    """Stands in a converted column where a value could not be read."""

    __slots__ = ("reason",)

    def __init__(self, reason: str) -> None:
        self.reason = reason


UNKNOWN_WORDS = frozenset(
    [
        "-",
        "–",
        "—",
        ".",
        "?",
        "??",
        "tbd",
        "tba",
        "tbc",
        "n/a",
        "na",
        "#n/a",
        "none",
        "null",
        "nil",
        "unknown",
        "n.a.",
        "k.a.",
        "k.",
        "a.",
        "nan",
        "nat",
        "offen",
        "inconnu",
    ]
) | {"not known", "to be defined", "to be determined", "(blank)", "(none)", "no value"}


def is_unknown(text: str) -> bool:
    """Whether the text is empty or one of the usual words for a value that nobody knows."""
    text = text.strip()
    return not text or text.lower() in UNKNOWN_WORDS


def shown(value: object) -> str:
    """A value as it stands in a sentence: quoted, and cut where it is long."""
    text = " ".join(str(value).split())
    return f"“{text[:40]}…”" if len(text) > 40 else f"“{text}”"


class Memory(dict[Any, Any]):
    """What each distinct value reads as.

    Columns repeat themselves, so most look-ups cost one dictionary access.

    ``bad`` says whether any value so far could not be read. It forgets everything when it has grown large, so
    that a column of a million distinct values takes no more room than one of some ten thousand.
    """

    LIMIT = 50_000

    def __init__(self, read: Callable[[Any], Any]) -> None:
        super().__init__()
        self._read = read
        self.bad = False

    def __missing__(self, value: Any) -> Any:
        try:
            result = self._read(value)
        except BadValue as error:
            result = Bad(str(error))
            self.bad = True
        self[value] = result
        return result

    def convert(self, values: Any) -> list[Any]:
        """Every value of a column read."""
        if len(self) > self.LIMIT:
            self.clear()
        return list(map(self.__getitem__, values))


def bad_places(column: list[Any]) -> Iterator[tuple[int, str]]:
    """Where a converted column has values that could not be read, and why."""
    return ((index, value.reason) for index, value in enumerate(column) if value.__class__ is Bad)
