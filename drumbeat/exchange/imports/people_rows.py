"""Rows of people: which person each one means, what it says about the person, and whom it names as leader."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date

from drumbeat.core.names import name_key
from drumbeat.core.refusal import Refused
from drumbeat.files.values import shown
from drumbeat.people.facts import ADDRESS, Facts, UnknownPlace, UnknownTimeZone, checked
from drumbeat.people.models import Person

TEXTS = ("email", "external_id", "title", "team", "time_zone", "country", "region")
KEPT = ("name", *TEXTS, "started_on", "left_on")
LONGEST_NAME = 200


@dataclass
class Known:
    """A person as kept, or as the file makes one: ``pk`` is negative until it is written."""

    pk: int
    facts: Facts
    left_on: date | None = None
    before: "Known | None" = None

    @property
    def changed(self) -> bool:
        return self.before is not None and (self.facts, self.left_on) != (
            self.before.facts,
            self.before.left_on,
        )


@dataclass
class Row:
    """One line of the file that may still be taken or left out."""

    sheet: int
    line: int
    person: Known
    leader: str | None
    line_from: date | None
    facts: Facts
    left_on: date | None
    again: bool = False
    reason: str = field(default="")


class Everybody:
    """All persons, found by external id, e-mail address or name as commands.md orders them."""

    def __init__(self) -> None:
        self.people: dict[int, Known] = {}
        self._by_id: dict[str, int] = {}
        self._by_email: dict[str, int] = {}
        self._by_name: dict[str, list[int]] = {}
        self._fresh = 0
        names = [*(name for name in KEPT if name != "left_on"), "left_on"]
        for pk, *values in Person.objects.order_by("pk").values_list("pk", *names).iterator():
            self._keep(Known(pk, Facts(**dict(zip(names[:-1], values[:-1], strict=True))), values[-1]))

    def _keep(self, known: Known) -> Known:
        self.people[known.pk] = known
        self.index(known)
        return known

    def index(self, known: Known) -> None:
        """Let the person be found by the id and address that a row told."""
        if known.facts.external_id:
            self._by_id[known.facts.external_id] = known.pk
        if known.facts.email:
            self._by_email[known.facts.email] = known.pk
        names = self._by_name.setdefault(name_key(known.facts.name), [])
        if known.pk not in names:
            names.append(known.pk)

    def make(self, facts: Facts, left_on: date | None = None) -> Known:
        """A person to be made."""
        self._fresh -= 1
        return self._keep(Known(self._fresh, facts, left_on))

    def forget(self, known: Known) -> None:
        """Take back a person who was to be made by a row that is left out."""
        del self.people[known.pk]
        for index in (self._by_id, self._by_email):
            for text in [text for text, pk in index.items() if pk == known.pk]:
                del index[text]
        self._by_name[name_key(known.facts.name)].remove(known.pk)

    def meant_by(self, facts: Facts) -> Known | str | None:
        """The person whom a row is about; None for somebody new; a sentence where it cannot be told."""
        by_id = self._by_id.get(facts.external_id) if facts.external_id else None
        by_email = self._by_email.get(facts.email) if facts.email else None
        if by_id and by_email and by_id != by_email:
            return (
                f"The id {shown(facts.external_id)} and the address {shown(facts.email)} are of two people."
            )
        found = by_id or by_email
        if found:
            known = self.people[found].facts
            if by_email and facts.external_id and known.external_id not in (None, facts.external_id):
                return f"The address {shown(facts.email)} is that of the id {shown(known.external_id)}."
            return self.people[found]
        named = [self.people[pk] for pk in self._by_name.get(name_key(facts.name), ())]
        fitting = [known for known in named if _may_be(known.facts, facts)]
        if len(fitting) > 1:
            return f"Several people are called {shown(facts.name)}; tell them apart by e-mail address or id."
        return fitting[0] if fitting else None

    def leader(self, text: str) -> Known | str | None:
        """The person whom a written leader means; None for nobody known; a sentence for several."""
        pk = self._by_id.get(text) or self._by_email.get(text.lower())
        if pk:
            return self.people[pk]
        named = self._by_name.get(name_key(text), [])
        if len(named) > 1:
            return f"Several people are called {shown(text)}; name the leader by e-mail address or id."
        return self.people[named[0]] if named else None


def _may_be(known: Facts, told: Facts) -> bool:
    """Whether two of one name may be one person: nothing that both are known by differs."""
    return all(
        not mine or not other or mine == other
        for mine, other in ((known.external_id, told.external_id), (known.email, told.email))
    )


def facts_of(values: dict[str, str | date | None], warned: dict[str, int]) -> Facts:
    """The checked facts of a row. A place or a time zone that nobody knows is left out and counted.

    Raises a Refused for a name or an address that cannot be.
    """
    facts = Facts(
        name=str(values.get("name") or ""),
        email=_text(values, "email"),
        external_id=_text(values, "external_id"),
        title=_text(values, "title") or "",
        team=_text(values, "team") or "",
        time_zone=_text(values, "time_zone") or "UTC",
        country=_text(values, "country") or "",
        region=_text(values, "region") or "",
        started_on=values.get("started_on"),  # type: ignore[arg-type]
    )
    for _ in range(3):
        try:
            found = checked(facts)
        except UnknownTimeZone:
            warned[f"time zone {shown(facts.time_zone)}"] = (
                warned.get(f"time zone {shown(facts.time_zone)}", 0) + 1
            )
            facts = replace(facts, time_zone="UTC")
        except UnknownPlace:
            what = f"region {shown(facts.region)}" if facts.region else f"country {shown(facts.country)}"
            warned[what] = warned.get(what, 0) + 1
            facts = replace(facts, region="") if facts.region else replace(facts, country="")
        else:
            break
    else:
        found = checked(replace(facts, time_zone="UTC", country="", region=""))
    if len(name_key(found.name)) > LONGEST_NAME:
        raise Refused("The name is too long.")
    return found


def merged(
    known: Known, facts: Facts, left_on: date | None, told: Iterable[str]
) -> tuple[Facts, date | None]:
    """What is known of the person after the row. ``told`` are its filled cells; empty ones erase nothing."""
    names = [name for name in told if name in KEPT and name != "left_on"]
    fresh = {name: getattr(facts, name) for name in names}
    if fresh.get("country", known.facts.country) != known.facts.country:
        fresh.setdefault("region", "")
    return replace(known.facts, **fresh), left_on or known.left_on


def made_leader(text: str) -> Facts | str:
    """A leader who has no row: an address names somebody by it, any other text is the name."""
    email = text.strip().lower() if ADDRESS.fullmatch(text.strip()) else None
    try:
        return checked(Facts(name=text, email=email))
    except Refused as fault:
        return str(fault)


def _text(values: dict[str, str | date | None], name: str) -> str | None:
    value = values.get(name)
    return value if isinstance(value, str) else None
