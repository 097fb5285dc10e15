"""What corrections taught, and events told again from what is kept of them."""

from collections.abc import Iterable

from django.utils.crypto import salted_hmac

from drumbeat.calendars.models import Event, LearnedCategory
from drumbeat.calendars.rules.categories import Answer, Context, categorise
from drumbeat.calendars.rules.facts import Learned, Occurrence
from drumbeat.calendars.rules.matching import Party, Present
from drumbeat.calendars.rules.words import plain

LONGEST_WORD = 60
BY_TITLE = "in the title."


def lessons_of(owner_id: int) -> tuple[Learned, ...]:
    """Everything that the owner's corrections taught."""
    return tuple(
        Learned(one.kind, one.word if one.kind == LearnedCategory.WORD else one.value, one.category)
        for one in LearnedCategory.objects.filter(owner_id=owner_id)
    )


def word_key(word: str) -> str:
    """Under which a word of a title is found again without being kept readable."""
    return salted_hmac("drumbeat.calendars.word", plain(word), algorithm="sha256").hexdigest()


def lesson_of(event: Event, sorted_domains: Iterable[str]) -> tuple[str, str]:
    """What correcting the event teaches: kind and value.

    The series of a repeating event; else the outside company's domain where nobody sorted it yet; else the
    title, where it is kept and nobody else is in the event. Empty: only this one event.
    """
    if event.rule:
        return LearnedCategory.SERIES, event.uid
    new = [domain for domain in event.outside_domains if domain not in set(sorted_domains)]
    if new:
        return LearnedCategory.DOMAIN, new[0]
    title = plain(event.title)
    alone = not event.outside_domains and not event.strangers and not event.people.exists()
    if alone and 3 <= len(title) <= LONGEST_WORD:
        return LearnedCategory.WORD, title
    return "", ""


def told_again(event: Event, people: tuple[Present, ...], context: Context) -> Answer:
    """The category by today's rules, from what is kept of the event. ``people`` are those matched to it."""
    occurrence = Occurrence(
        uid=event.uid,
        recurrence_id=event.recurrence_id,
        rule=event.rule,
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        all_day=event.all_day,
        local_day=event.day,
        slot_day=event.day,
        time_zone=event.time_zone,
        status=event.status,
        title=event.title,
    )
    party = Party(
        people=people,
        outside=tuple(event.outside_domains),
        strangers=event.strangers,
        # Where they are from is not kept; the next reading knows better.
        unknown=0 if people else event.strangers,
        # A name in the title counts only where nobody else is in the event.
        customer="a customer" if event.customer and not event.outside_domains else "",
    )
    return categorise(occurrence, context, party)
