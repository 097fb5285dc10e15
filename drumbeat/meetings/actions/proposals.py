"""Rhythms taken over from one's own calendar, in one go, and taken back."""

from collections.abc import Collection, Mapping
from datetime import date, datetime

from drumbeat.core.refusal import Refused
from drumbeat.journal.record import action, note, unchanged
from drumbeat.meetings.actions.rhythms import add_rhythm, end_rhythm
from drumbeat.meetings.facts import Facts
from drumbeat.meetings.models import Rhythm
from drumbeat.meetings.planned import with_something
from drumbeat.meetings.queries.proposals import links_of, name_of, proposals_for
from drumbeat.meetings.rules.agenda import RHYTHM_TEMPLATES
from drumbeat.meetings.rules.joining import link_in
from drumbeat.meetings.rules.proposals import Proposal
from drumbeat.people.models import Person


class NothingChosen(Refused):
    """No series was chosen, or none of them is there any more."""


@action("rhythm.take_over")
def take_over(*, actor: Person, today: date, now: datetime, chosen: Mapping[str, str]) -> list[Rhythm]:
    """Make rhythms of those series of the actor's own calendar whose uids are ``chosen``, with the template
    given for each (the proposed one where it is none that repeats). All or none; meetings are planned.

    What overlaps in the calendar stays so. Raises NothingChosen.
    """
    found = [one for one in proposals_for(actor, today) if one.uid in chosen]
    if not found:
        raise NothingChosen("Choose at least one; what you took over before does not stand here any more.")
    people = Person.objects.in_bulk({pk for one in found for pk in one.people})
    links = links_of(found)
    made = []
    for one in found:
        template = chosen[one.uid] if chosen[one.uid] in RHYTHM_TEMPLATES else one.template
        facts = _facts(one, template, people, links.get(one.uid, ""))
        made.append(
            add_rhythm(
                actor=actor,
                today=today,
                now=now,
                chair=actor,
                facts=facts,
                anyway=True,
                source_uid=one.uid,
            )
        )
    note(None, kind="rhythm", name="", made=len(made))
    return made


@action("rhythm.take_over")
def give_back(*, actor: Person, today: date, now: datetime, rhythms: Collection[int]) -> None:
    """Undo of taking over: those of the actor's go as if they had never been, and are proposed again.

    One in whose meetings somebody wrote already only ends.
    """
    mine = Rhythm.objects.filter(pk__in=rhythms, chair=actor).exclude(source_uid="")
    gone = 0
    for one in mine:
        if with_something(list(one.meetings.values_list("pk", flat=True))):
            end_rhythm(actor=actor, today=today, now=now, rhythm=one)
        else:
            one.delete()
        gone += 1
    if gone:
        note(None, kind="rhythm", name="", gone=gone)
    else:
        unchanged()


def _facts(one: Proposal, template: str, people: Mapping[int, Person], link: str) -> Facts:
    return Facts(
        template=template,
        frequency=one.every.frequency,
        weekday=one.every.weekday,
        starts_on=one.every.starts_on,
        at=one.at,
        minutes=one.minutes,
        people=tuple(people[pk] for pk in one.people),
        name=name_of(template, one.names),
        nth=one.every.nth,
        month=one.every.month,
        join_link=link if link_in(link) else "",
        time_zone=one.zone,
    )
