"""What a truth is. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

Numbers = Mapping[str, Any]


@dataclass(frozen=True)
class ManagerNumbers:
    """The numbers of a truth for one manager; None is the manager who is not known."""

    manager: str | None
    numbers: Numbers


@dataclass(frozen=True)
class Truth:
    """One thing that holds: its sentence, a second one that explains it, its numbers and the rows behind
    them.

    ``rows`` are ids of ``row_kind``: ``deals``, ``reps`` or ``events``. ``how`` says how it was found out.
    """

    key: str
    sentence: str
    detail: str
    numbers: Numbers
    by_manager: tuple[ManagerNumbers, ...] = ()
    rows: tuple[str, ...] = ()
    row_kind: str = "deals"
    how: str = ""

    def as_json(self) -> dict[str, Any]:
        """The truth as the command line gives it."""
        return {
            "key": self.key,
            "sentence": self.sentence,
            "numbers": dict(self.numbers),
            "by_manager": [
                {"manager": each.manager, "numbers": dict(each.numbers)} for each in self.by_manager
            ],
            "rows": list(self.rows),
        }


def share_of(value: float) -> float:
    """A share or a chance with four significant digits, as it is given out."""
    return float(f"{value:.4g}")
