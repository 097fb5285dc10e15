"""Who is who around the owner of the calendars, as far as the files tell; and which outside domain is a
customer's. Pure.
"""

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from drumbeat.calendars.rules.facts import Circle, Known
from drumbeat.core.names import name_key
from drumbeat.desk.lookback.counting import Counter
from drumbeat.desk.lookback.organisation import OnDay, Organisation
from drumbeat.desk.lookback.sources import Sources

SHORTEST_LABEL = 4


@dataclass(frozen=True)
class Domains:
    """Outside mail domains sorted by hand; what stands in none of them is guessed from the accounts, or
    unknown.
    """

    customers: frozenset[str] = frozenset()
    suppliers: frozenset[str] = frozenset()
    other: frozenset[str] = frozenset()

    @property
    def sorted(self) -> frozenset[str]:
        """All that were sorted."""
        return self.customers | self.suppliers | self.other


@dataclass(frozen=True)
class Around:
    """The circle, with the owner's number where the files know the owner."""

    circle: Circle
    owner: int | None
    reports: frozenset[int] = field(default_factory=frozenset)


def circle_around(
    address: str, sources: Sources, counter: Counter, domains: Domains, seen: Collection[str]
) -> Around:
    """The owner's direct reports and everyone below them.

    The owner is the person of that address; failing that the one person above all managers. Where the files
    know neither, the managers count as the owner's direct reports.
    """
    organisation, on_day = sources.organisation, counter.on_day
    owner = _owner(address, organisation, counter)
    if owner is None:
        reports = {n for n in on_day.managers if not set(on_day.above(n)) & on_day.managers}
    else:
        reports = {n for n, leader in on_day.leader_of.items() if leader == owner}
    below, colleagues = _the_rest(organisation, on_day, reports, owner)
    names = frozenset(name_key(name) for name in _account_names(sources))
    customers = domains.customers | {
        domain
        for domain in seen
        if domain not in domains.sorted and is_customer(domain, sources.domains, names)
    }
    me = Known("owner", organisation.people[owner].name if owner is not None else "", address)
    circle = Circle(
        owner=me,
        reports=tuple(_known(organisation, number) for number in sorted(reports)),
        below=tuple(below),
        colleagues=tuple(colleagues),
        customers=customers | (frozenset(sources.domains) - domains.sorted),
        suppliers=domains.suppliers,
        other=domains.other,
        customer_names=names,
    )
    return Around(circle, owner, frozenset(reports))


def _the_rest(
    organisation: Organisation, on_day: OnDay, reports: Collection[int], owner: int | None
) -> tuple[list[tuple[Known, str]], list[Known]]:
    """Everyone below a direct report with that one's key, and everyone else."""
    below, colleagues = [], []
    for number in on_day.leader_of:
        if number in reports or number == owner:
            continue
        over = next((above for above in on_day.above(number) if above in reports), None)
        known = _known(organisation, number)
        if over is None:
            colleagues.append(known)
        else:
            below.append((known, str(over)))
    return below, colleagues


def is_customer(domain: str, known: Collection[str], names: Iterable[str]) -> bool:
    """Whether an outside domain looks like an account's: its own domain, one below it, or its name without
    blanks.
    """
    if any(domain == one or domain.endswith(f".{one}") for one in known):
        return True
    labels = domain.split(".")
    label = re.sub(
        r"[^a-z0-9]", "", labels[-3] if len(labels) > 2 and len(labels[-2]) <= 3 else labels[-2:][0]
    )
    if len(label) < SHORTEST_LABEL:
        return False
    return any(_same_name(label, name) for name in names)


def _same_name(label: str, name: str) -> bool:
    words = [re.sub(r"\W", "", word) for word in name.split()]
    return label in {"".join(words[: place + 1]) for place in range(len(words))}


def _account_names(sources: Sources) -> set[str]:
    return {deal.account for deal in sources.deals if deal.account} | set(sources.accounts)


def _owner(address: str, organisation: Organisation, counter: Counter) -> int | None:
    written = re.sub(r"[._]+", " ", address.partition("@")[0])
    for text in (address, written):
        if text and (number := organisation.find(text)) is not None:
            return number
    on_day = counter.on_day
    tops = {above[-1] for n in on_day.managers if (above := on_day.above(n))}
    heads = {n for n in on_day.managers if on_day.leader_of.get(n) is None}
    return tops.pop() if len(tops) == 1 and not heads else None


def _known(organisation: Organisation, number: int) -> Known:
    person = organisation.people[number]
    return Known(str(number), person.name, (person.email or "").lower())
