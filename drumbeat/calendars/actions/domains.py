"""Outside mail domains sorted into customer, supplier, other: for the whole company."""

from collections.abc import Iterable
from datetime import date

from drumbeat.calendars.circles import circle_of
from drumbeat.calendars.lessons import BY_TITLE, lessons_of, told_again
from drumbeat.calendars.models import Calendar, Event, MailDomain
from drumbeat.calendars.queries.people import present_at
from drumbeat.calendars.rules.categories import Context
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
    changed = sum(_tell_again(calendar, new, today) for calendar in Calendar.objects.select_related("owner"))
    note(None, kind="mail domain", name=", ".join(sorted(new))[:300], events=changed)
    return changed


def _tell_again(calendar: Calendar, new: dict[str, str], today: date) -> int:
    rest = Event.objects.filter(calendar=calendar, corrected=False).exclude(outside_domains=[])
    events = [one for one in rest if set(one.outside_domains) & set(new)]
    if not events:
        return 0
    context = Context(circle_of(calendar.owner, today), lessons_of(calendar.owner_id))
    people = present_at([one.pk for one in events], calendar.owner_id, today)
    changed = []
    for one in events:
        category, reason = told_again(one, people.get(one.pk, ()), context)
        # Where titles are not kept, what a word of the title once said would be lost.
        if (
            not one.title
            and one.reason.endswith(BY_TITLE)
            and category not in {"customers_joint", "suppliers"}
        ):
            continue
        if (one.category, one.reason) != (category or "", reason):
            one.category, one.reason = category or "", reason
            changed.append(one)
    Event.objects.bulk_update(changed, ["category", "reason"], batch_size=200)
    return len(changed)
