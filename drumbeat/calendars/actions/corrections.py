"""One tap that puts an event where it belongs, and is learned from."""

from dataclasses import dataclass
from datetime import date

from drumbeat.calendars.circles import circle_of
from drumbeat.calendars.lessons import lesson_of, lessons_of, told_again, word_key
from drumbeat.calendars.models import Event, LearnedCategory
from drumbeat.calendars.queries.people import present_at
from drumbeat.calendars.rules.categories import CATEGORIES, Context
from drumbeat.calendars.rules.words import WordList, plain
from drumbeat.core.refusal import Refused
from drumbeat.journal.record import Actor, action, note

BY_HAND = "You put this meeting here yourself."


class NoSuchCategory(Refused):
    """A category that is not one of the nine."""


@dataclass(frozen=True)
class Correction:
    """What a correction did: how many other events went along, and what they have in common."""

    also: int
    because: str  # series, domain, word, or empty


@action("event.correct")
def correct(*, actor: Actor, today: date, event: Event, category: str) -> Correction:
    """Put the event into a category, and with it whatever it teaches: the series, a company, a title.

    An empty category takes the correction and its lesson back: the rules decide again.
    Raises NoSuchCategory.
    """
    if category and category not in CATEGORIES:
        raise NoSuchCategory("That is none of the nine categories; choose one of the list.")
    context = Context(circle_of(event.calendar.owner, today), ())
    circle = context.circle
    kind, value = lesson_of(event, circle.customers | circle.suppliers | circle.other)
    if category:
        event.category, event.reason, event.corrected = category, BY_HAND, True
        event.save(update_fields=["category", "reason", "corrected"])
        _learn(event, kind, value, category)
    else:
        _unlearn(event, kind, value)
    others = _like(event, kind, value)
    if not category:
        event.corrected = False
        others = [event, *others]
    also = _tell(others, event, today)
    note(event, category=category or "by rule", also=also, learned=kind)
    return Correction(also, kind)


def _learn(event: Event, kind: str, value: str, category: str) -> None:
    if kind:
        word = kind == LearnedCategory.WORD
        LearnedCategory.objects.update_or_create(
            owner_id=event.calendar.owner_id,
            kind=kind,
            value=word_key(value) if word else value,
            defaults={"category": category, "word": value if word else ""},
        )


def _unlearn(event: Event, kind: str, value: str) -> None:
    value = word_key(value) if kind == LearnedCategory.WORD else value
    LearnedCategory.objects.filter(owner_id=event.calendar.owner_id, kind=kind, value=value).delete()


def _like(event: Event, kind: str, value: str) -> list[Event]:
    """The owner's other events that the lesson is about, but those corrected one by one."""
    rest = Event.objects.filter(calendar_id=event.calendar_id, corrected=False).exclude(pk=event.pk)
    if kind == LearnedCategory.SERIES:
        return list(rest.filter(uid=value))
    if kind == LearnedCategory.DOMAIN:
        return [one for one in rest.exclude(outside_domains=[]) if value in one.outside_domains]
    if kind == LearnedCategory.WORD:
        words = WordList.of([value])
        return [one for one in rest if words.find(plain(one.title))]
    return []


def _tell(events: list[Event], of: Event, today: date) -> int:
    """Tell the events again; returns how many others than ``of`` changed."""
    owner = of.calendar.owner
    context = Context(circle_of(owner, today), lessons_of(owner.pk))
    people = present_at([one.pk for one in events], owner.pk, today)
    changed = []
    for one in events:
        category, reason = told_again(one, people.get(one.pk, ()), context)
        if (one.category, one.reason) != (category or "", reason):
            one.category, one.reason = category or "", reason
            changed.append(one)
        elif one.pk == of.pk:
            changed.append(one)
    Event.objects.bulk_update(changed, ["category", "reason", "corrected"], batch_size=200)
    return sum(1 for one in changed if one.pk != of.pk)
