"""Rhythms: added, changed, paused, ended, and going on again."""

from dataclasses import replace
from datetime import date, datetime

from drumbeat.core.content import meeting_templates
from drumbeat.core.refusal import Refused
from drumbeat.journal.record import Actor, action, note, unchanged
from drumbeat.meetings.facts import Facts, checked
from drumbeat.meetings.models import Meeting, Rhythm
from drumbeat.meetings.overlaps import check_rhythm
from drumbeat.meetings.planned import plan, with_something
from drumbeat.people.models import Person

_TOLD = [name for name in Facts.__dataclass_fields__ if name not in ("people", "template")]


class HasEnded(Refused):
    """A rhythm that has ended is not changed any more."""


class OtherTemplate(Refused):
    """What was said in confidence must stay so: a rhythm keeps its template."""


@action("rhythm.add")
def add_rhythm(
    *,
    actor: Actor,
    today: date,
    now: datetime,
    chair: Person,
    facts: Facts,
    anyway: bool = False,
    source_uid: str = "",
    passed_from: Rhythm | None = None,
) -> Rhythm:
    """Begin a rhythm and plan its first quarter; returns it.

    ``source_uid`` is the calendar series it was taken from. Raises NotARhythm; Overlaps, unless ``anyway``.
    """
    facts = checked(facts, chair, today)
    if not anyway:
        check_rhythm(facts, chair, today, now)
    rhythm = Rhythm.objects.create(
        template=facts.template,
        chair=chair,
        confidential=meeting_templates()[facts.template]["confidential"],
        source_uid=source_uid.replace("\0", "")[:500],
        passed_from=passed_from,
        **{name: getattr(facts, name) for name in _TOLD},
    )
    rhythm.people.set(facts.people)
    plan([rhythm], today=today, now=now)
    note(rhythm)
    return rhythm


@action("rhythm.change")
def change_rhythm(
    *, actor: Actor, today: date, now: datetime, rhythm: Rhythm, facts: Facts, anyway: bool = False
) -> Rhythm:
    """Keep what is told of a rhythm now. Only coming meetings that nobody moved by hand follow it.

    Raises NotARhythm, HasEnded, OtherTemplate; Overlaps, unless ``anyway``.
    """
    rhythm = _locked(rhythm)
    if rhythm.state == Rhythm.ENDED:
        raise HasEnded("This rhythm has ended; let it go on first, or add a new one.")
    if facts.template != rhythm.template:
        raise OtherTemplate("A rhythm keeps its kind; end this one and add another.")
    facts = checked(facts, rhythm.chair, today)
    before = Facts.of(rhythm)
    if _same(facts, before):
        unchanged()
        return rhythm
    if not anyway and _times(facts) != _times(before):
        check_rhythm(facts, rhythm.chair, today, now, without=rhythm.pk)
    for name in _TOLD:
        setattr(rhythm, name, getattr(facts, name))
    rhythm.save()
    rhythm.people.set(facts.people)
    plan([_locked(rhythm)], today=today, now=now)
    note(rhythm, changed=sorted(name for name in (*_TOLD, "people") if _differs(facts, before, name)))
    return rhythm


@action("rhythm.pause")
def pause_rhythm(*, actor: Actor, today: date, now: datetime, rhythm: Rhythm) -> Rhythm:
    """Let a rhythm rest: its coming meetings go until it goes on. Raises HasEnded."""
    rhythm = _locked(rhythm)
    if rhythm.state == Rhythm.ENDED:
        raise HasEnded("This rhythm has ended already.")
    return _stop(rhythm, Rhythm.PAUSED, now)


@action("rhythm.end")
def end_rhythm(*, actor: Actor, today: date, now: datetime, rhythm: Rhythm) -> Rhythm:
    """End a rhythm: its coming meetings go, what was held stays."""
    rhythm = _locked(rhythm)
    if rhythm.state != Rhythm.ENDED:
        rhythm.ended_on = today
    return _stop(rhythm, Rhythm.ENDED, now)


@action("rhythm.resume")
def resume_rhythm(*, actor: Actor, today: date, now: datetime, rhythm: Rhythm) -> Rhythm:
    """Let a rhythm that was paused or ended go on: it is planned ahead again."""
    rhythm = _locked(rhythm)
    if rhythm.state == Rhythm.ACTIVE:
        unchanged()
        return rhythm
    rhythm.state, rhythm.ended_on = Rhythm.ACTIVE, None
    rhythm.save(update_fields=["state", "ended_on"])
    plan([rhythm], today=today, now=now)
    note(rhythm)
    return rhythm


def _stop(rhythm: Rhythm, state: str, now: datetime) -> Rhythm:
    """Coming meetings go; those with something in them stay as left out, and come back with the rhythm."""
    if rhythm.state == state:
        unchanged()
        return rhythm
    rhythm.state = state
    rhythm.save(update_fields=["state", "ended_on"])
    coming = rhythm.meetings.filter(starts_at__gt=now, started_at=None)
    coming = coming.filter(state__in=[Meeting.PLANNED, Meeting.AWAY])
    rows = list(coming.values_list("pk", flat=True))
    full = with_something(rows)
    Meeting.objects.filter(pk__in=full).update(state=Meeting.LEFT_OUT, by_hand=False)
    Meeting.objects.filter(pk__in=set(rows) - full).delete()
    note(rhythm)
    return rhythm


def _locked(rhythm: Rhythm) -> Rhythm:
    """The rhythm as it is kept now, held until the end of the action."""
    return Rhythm.objects.select_for_update().select_related(None).get(pk=rhythm.pk)


def _times(facts: Facts) -> Facts:
    """Only what says when it is."""
    return replace(facts, people=(), name="", place="", join_link="", dial_in="")


def _differs(one: Facts, other: Facts, name: str) -> bool:
    if name == "people":
        return {p.pk for p in one.people} != {p.pk for p in other.people}
    return bool(getattr(one, name) != getattr(other, name))


def _same(one: Facts, other: Facts) -> bool:
    return not any(_differs(one, other, name) for name in (*_TOLD, "people"))
