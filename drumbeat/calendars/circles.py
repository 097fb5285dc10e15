"""Who is who around the owner of a calendar, out of the database."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from drumbeat.calendars.models import MailDomain
from drumbeat.calendars.rules.facts import Circle, Known
from drumbeat.customers.models import Account
from drumbeat.people.models import Person, Reach


@dataclass(frozen=True)
class Team:
    """The owner's direct reports and who works for each, on a day; keys are ids of persons as text."""

    names: dict[str, str]
    report_of: dict[str, str]

    @property
    def reports(self) -> list[str]:
        """The direct reports, by name."""
        own = [key for key, report in self.report_of.items() if key == report]
        return sorted(own, key=lambda key: (self.names[key], key))


def team_of(leader_id: int, day: date) -> Team:
    """The leader's people on the day, each with the direct report above. Two queries."""
    reach = Reach.objects.on(day)
    direct = dict(reach.filter(leader_id=leader_id, depth=1).values_list("member_id", "member__name"))
    names = {str(member): name for member, name in direct.items()}
    report_of = {str(member): str(member) for member in direct}
    deeper = reach.filter(leader_id__in=list(direct), depth__gte=1)
    for leader, member, name in deeper.values_list("leader_id", "member_id", "member__name"):
        names[str(member)] = name
        report_of[str(member)] = str(leader)
    return Team(names, report_of)


def circle_of(owner: Person, day: date) -> Circle:
    """The circle that a reading of the owner's calendar is matched against. Six queries, all persons read."""
    team = team_of(owner.pk, day)
    reports, below, colleagues = [], [], []
    for pk, name, email in Person.objects.exclude(pk=owner.pk).values_list("pk", "name", "email"):
        known = Known(str(pk), name, email or "")
        report = team.report_of.get(known.key)
        if report is None:
            colleagues.append(known)
        elif report == known.key:
            reports.append(known)
        else:
            below.append((known, report))
    domains = domain_kinds()
    names = Account.objects.values_list("name_key", flat=True)
    return Circle(
        owner=Known(str(owner.pk), owner.name, owner.email or ""),
        reports=tuple(sorted(reports, key=lambda one: one.name)),
        below=tuple(below),
        colleagues=tuple(colleagues),
        customers=domains[MailDomain.CUSTOMER],
        suppliers=domains[MailDomain.SUPPLIER],
        other=domains[MailDomain.OTHER],
        customer_names=frozenset(names),
    )


def domain_kinds() -> dict[str, frozenset[str]]:
    """The outside mail domains by kind: those sorted by hand, and the accounts' own, which are customers."""
    by_kind: dict[str, set[str]] = {kind: set() for kind, _ in MailDomain.KINDS}
    for domain, kind in MailDomain.objects.values_list("domain", "kind"):
        by_kind[kind].add(domain)
    by_hand = set().union(*by_kind.values())
    accounts = Account.objects.exclude(domain="").values_list("domain", flat=True).distinct()
    by_kind[MailDomain.CUSTOMER] |= {domain.lower() for domain in accounts} - by_hand
    return {kind: frozenset(found) for kind, found in by_kind.items()}


def customers_among(domains: Collection[str]) -> frozenset[str]:
    """Which of the domains are customers': sorted so by hand, or an account's and not sorted. Two queries."""
    if not domains:
        return frozenset()
    by_hand = dict(MailDomain.objects.filter(domain__in=domains).values_list("domain", "kind"))
    accounts = set(Account.objects.filter(domain__in=domains).values_list("domain", flat=True))
    sorted_so = {domain for domain, kind in by_hand.items() if kind == MailDomain.CUSTOMER}
    return frozenset(sorted_so | (accounts - set(by_hand)))
