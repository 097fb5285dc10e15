"""“Keep this going”: the dropped files become the company's data, and the first account is made.

Everything that may fail comes before the account: until it exists the instance is still waiting for its first
run, and the same files brought again change nothing. So a fault in the middle loses nothing and is mended by
trying again.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from drumbeat.calendars.actions import sort_domains
from drumbeat.calendars.intake import bring_in as bring_calendar_in
from drumbeat.core.refusal import Refused
from drumbeat.desk.lookback import steps
from drumbeat.desk.lookback.store import Folder
from drumbeat.exchange.imports import Result, bring_in
from drumbeat.exchange.models import Import, SavedMapping
from drumbeat.files.assign import Assigned
from drumbeat.files.mapping import Mapping, TableMapping
from drumbeat.journal.record import SYSTEM
from drumbeat.people.actions.accounts import first_account
from drumbeat.people.actions.beats import choose_beat
from drumbeat.people.actions.lines import move
from drumbeat.people.actions.persons import add_person
from drumbeat.people.facts import Facts
from drumbeat.people.models import SINCE_EVER, Person, Reach

KIND_OF = {
    "people": Import.PEOPLE, "accounts": Import.CRM, "products": Import.CRM, "opportunities": Import.CRM,
    "bookings": Import.CRM, "targets": Import.TARGETS,
}  # fmt: skip
ORDER = (Import.PEOPLE, Import.CRM, Import.TARGETS)


class NothingToKeep(Refused):
    """The dropped files are gone."""


@dataclass(frozen=True)
class Wish:
    """What is said at “Keep this going”."""

    facts: Facts
    password: str
    one_to_one_days: int = 14
    huddle_weekday: int | None = 0
    titles: bool = False


@dataclass
class Kept:
    """What came of it: the executive, and what each import did."""

    person: Person
    results: list[Result] = field(default_factory=list)


def keep(folder: Folder, wish: Wish, *, today: date, at: datetime) -> Kept:
    """Bring everything in the folder into this instance, then make the account and delete the folder.

    Raises Refused with one sentence; what was brought in until then stays, without an account.
    """
    asked = folder.asked(today)
    clear, unclear = steps.sort_sheets(folder, asked)
    if unclear:
        raise NothingToKeep(f"{unclear[0].why} Say which columns it has on the page before, then keep it.")
    results = [
        bring_in(kind, paths, mapping=mapping, actor=SYSTEM, today=today, source="look back")
        for kind, paths, mapping in _batches(clear)
    ]
    person = _executive(wish.facts, today)
    _lead_the_managers(person, today)
    domains = asked.sorted_domains
    sort_domains(
        actor=person, today=today,
        customers=domains.customers, suppliers=domains.suppliers, other=domains.other,
    )  # fmt: skip
    for path in folder.calendars:
        bring_calendar_in(actor=person, today=today, at=at, owner=person, source=path, titles=wish.titles)
    choose_beat(
        actor=person, today=today, leader=person,
        one_to_one_days=wish.one_to_one_days, huddle_weekday=wish.huddle_weekday,
    )  # fmt: skip
    _save_mappings(clear, today)
    first_account(actor=SYSTEM, today=today, facts=wish.facts, password=wish.password, person=person)
    folder.forget()
    return Kept(person, results)


def _batches(clear: Iterable[Assigned]) -> list[tuple[str, list[str], Mapping]]:
    """The files by kind, in the order in which they need each other, with the mapping of each.

    Files of one table under different mappings go one after the other.
    """
    batches: list[tuple[str, list[str], Mapping]] = []
    for kind in ORDER:
        waiting = [each for each in clear if KIND_OF[each.table] == kind]
        while waiting:
            tables: dict[str, TableMapping] = {}
            paths: list[str] = []
            later = []
            for each in waiting:
                if tables.setdefault(each.table, each.mapping) == each.mapping:
                    if str(each.sheet.path) not in paths:
                        paths.append(str(each.sheet.path))
                else:
                    later.append(each)
            batches.append((kind, paths, Mapping(tables=tables)))
            waiting = later
    return batches


def _executive(facts: Facts, today: date) -> Person:
    """The person who keeps it: already in the files by address or by exact name, else new."""
    found = Person.objects.filter(email=(facts.email or "").strip().lower()).first()
    if found is None:
        namesakes = list(Person.objects.filter(name=facts.name.strip(), email=None)[:2])
        found = namesakes[0] if len(namesakes) == 1 else None
    return found or add_person(actor=SYSTEM, today=today, facts=facts)


def _lead_the_managers(person: Person, today: date) -> None:
    """Whoever leads somebody and is led by nobody reports to the executive, since ever.

    An export of sellers seldom names the one above the managers. Someone who is led already is left alone:
    then the files say who is above.
    """
    reach = Reach.objects.on(today)
    led = reach.values("member_id")
    if reach.filter(member=person).exists():
        return
    tops = Person.objects.filter(pk__in=reach.filter(depth=1).values("leader_id")).exclude(pk__in=led)
    for manager in tops.exclude(pk=person.pk):
        move(actor=SYSTEM, today=today, person=manager, leader=person, day=SINCE_EVER)


def _save_mappings(clear: Iterable[Assigned], today: date) -> None:
    """The next exports lie in the inbox without anybody to ask: the mappings that served are kept by name."""
    for each in clear:
        name = f"{each.sheet.path.stem} ({each.table})"[:100]
        text = Mapping(tables={each.table: each.mapping}).to_toml()
        SavedMapping.objects.update_or_create(name=name, defaults={"text": text, "last_used_on": today})
