"""Outside mail domains sorted into customer, supplier, other: for the whole company."""

from collections.abc import Iterable
from datetime import date

from drumbeat.calendars.circles import circle_of, customers_among
from drumbeat.calendars.lessons import BY_TITLE, lessons_of, told_again
from drumbeat.calendars.models import Calendar, Event, MailDomain
from drumbeat.calendars.queries.people import present_at
from drumbeat.calendars.rules.categories import CUSTOMERS, SUPPLIERS, Context
from drumbeat.calendars.rules.matching import Present
from drumbeat.journal.record import Actor, action, note, unchanged


@action("domain.sort")
def sort_domains(
    *,
    actor: Actor,
    today: date,
    customers: Iterable[str] = (),
    suppliers: Iterable[str] = (),
    other: Iterable[str] = (),
) -> int:
    """Keep which company each domain belongs to, and tell the events with them again; returns how many
    changed.

    A domain that is named twice goes to the first of customers, suppliers, other.
    """
    wanted: dict[str, str] = {}
    lists = ((MailDomain.CUSTOMER, customers), (MailDomain.SUPPLIER, suppliers), (MailDomain.OTHER, other))
    for kind, domains in lists:
        for domain in domains:
            clean = domain.strip().lower().removeprefix("@")
            if "." in clean and len(clean) <= 253:
                wanted.setdefault(clean, kind)
    known = dict(MailDomain.objects.filter(domain__in=wanted).values_list("domain", "kind"))
    new = {domain: kind for domain, kind in wanted.items() if known.get(domain) != kind}
    if not new:
        unchanged()
        return 0
    for domain, kind in new.items():
        MailDomain.objects.update_or_create(domain=domain, defaults={"kind": kind})
    changed = _tell_all_again(set(new), today)
    note(None, kind="mail domain", name=", ".join(sorted(new))[:300], events=changed)
    return changed


@action("domain.follow")
def follow_accounts(*, actor: Actor, today: date) -> int:
    """After accounts came in: events with a domain that is now a customer's are told again.

    Returns how many changed.
    """
    waiting = Event.objects.filter(corrected=False).exclude(outside_domains=[]).exclude(category=CUSTOMERS)
    seen = {one for found in waiting.values_list("outside_domains", flat=True) for one in found}
    domains = customers_among(seen)
    changed = _tell_all_again(set(domains), today) if domains else 0
    if changed:
        note(None, kind="mail domain", name=", ".join(sorted(domains))[:300], events=changed)
    else:
        unchanged()
    return changed


def _tell_all_again(domains: set[str], today: date) -> int:
    return sum(_tell_again(one, domains, today) for one in Calendar.objects.select_related("owner"))


def _tell_again(calendar: Calendar, domains: set[str], today: date) -> int:
    rest = Event.objects.filter(calendar=calendar, corrected=False).exclude(outside_domains=[])
    events = [one for one in rest if set(one.outside_domains) & domains]
    if not events:
        return 0
    context = Context(circle_of(calendar.owner, today), lessons_of(calendar.owner_id))
    people = present_at([one.pk for one in events], calendar.owner_id, today)
    changed = [one for one in events if _differs(one, people.get(one.pk, ()), context)]
    Event.objects.bulk_update(changed, ["category", "reason"], batch_size=200)
    return len(changed)


def _differs(one: Event, people: tuple[Present, ...], context: Context) -> bool:
    """Tell one event again; whether anything changed."""
    category, reason = told_again(one, people, context)
    # Where titles are not kept, what a word of the title once said would be lost.
    by_title = not one.title and one.reason.endswith(BY_TITLE) and category not in {CUSTOMERS, SUPPLIERS}
    if by_title or (one.category, one.reason) == (category or "", reason):
        return False
    one.category, one.reason = category or "", reason
    return True
