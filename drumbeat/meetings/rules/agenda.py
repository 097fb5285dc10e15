"""An agenda as it is read from the library or from a version that somebody wrote. Pure."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

PARTS = ("tone", "number", "round", "topics", "thanks", "promises", "keep", "notes")
EACH, MUST_WIN, NONE = "each", "must_win", "none"
# The templates that repeat; the brief and the debrief of a joint visit belong to a visit.
RHYTHM_TEMPLATES = (
    "weekly_huddle",
    "one_to_one",
    "monthly_plan_review",
    "quarterly_business_review",
    "skip_level",
    "idea_clinic",
    "new_manager_checkin",
)
LEADS = {
    "exec": "the chair",
    "chair": "the chair",
    "manager": "the manager",
    "managers": "everyone in turn",
    "rep": "the rep",
    "both": "both",
    "owners": "the owners",
    "rotating": "in turn",
}


@dataclass(frozen=True)
class Item:
    """One thing on the agenda; ``key`` is stable within its versions, ``part`` says what the room shows."""

    key: str
    minutes: int
    text: str
    lead: str
    part: str = "notes"


@dataclass(frozen=True)
class Body:
    """What a template says. Pre-work is due ``prework_days`` of the chair's working days before, at
    ``prework_at`` local time."""

    name: str
    purpose: str
    minutes: int
    items: tuple[Item, ...]
    comes_in: tuple[str, ...]
    goes_out: tuple[str, ...]
    rules: tuple[str, ...]
    demands: str
    clock: bool
    prework_days: int
    prework_at: str

    def item(self, key: str) -> Item | None:
        """The item with that key, if it is on this agenda."""
        return next((one for one in self.items if one.key == key), None)

    def as_json(self) -> dict[str, Any]:
        """What a version keeps; ``read`` reads it again."""
        return asdict(self)


def from_library(row: Mapping[str, Any]) -> Body:
    """A template of the library as an agenda."""
    return Body(
        name=row["name"],
        purpose=row["purpose"],
        minutes=row["duration_min"],
        items=tuple(
            Item(one["key"], one["min"], one["item"], one["lead"], one["part"]) for one in row["agenda"]
        ),
        comes_in=tuple(row["expectations_in"]),
        goes_out=tuple(row["deliverables_out"]),
        rules=tuple(row["rules"]),
        demands=row["demands"],
        clock=row["clock"],
        prework_days=row["prework"]["working_days_before"],
        prework_at=row["prework"]["at"],
    )


def read(body: Mapping[str, Any]) -> Body:
    """A kept version as an agenda."""
    lists = {name: tuple(body[name]) for name in ("comes_in", "goes_out", "rules")}
    items = tuple(Item(**one) for one in body["items"])
    return Body(**{**body, **lists, "items": items})
