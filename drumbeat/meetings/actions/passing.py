"""Pass it on: a manager takes a rhythm, with its agenda, to the own team."""

from dataclasses import replace
from datetime import date, datetime, time
from functools import partial

from drumbeat.core.days import is_working_day
from drumbeat.core.refusal import Refused
from drumbeat.journal.record import action, note
from drumbeat.meetings.actions.rhythms import add_rhythm, end_rhythm
from drumbeat.meetings.facts import Facts, every_of
from drumbeat.meetings.models import Agenda, Rhythm
from drumbeat.meetings.overlaps import Overlaps, check_rhythm
from drumbeat.meetings.rules.passing import FOR_EACH, STAYS, first_day
from drumbeat.meetings.rules.recurrence import QUARTERLY, days_from
from drumbeat.people.models import Person

HALF_AN_HOUR = 30
LATEST = 18 * 60


class NotToPassOn(Refused):
    """This rhythm is not one that this person takes to a team."""


@action("rhythm.pass_on")
def pass_on(*, actor: Person, today: date, now: datetime, rhythm: Rhythm) -> list[Rhythm]:
    """Begin the same rhythm with the actor's direct reports of today; of one-to-ones, one with each.

    It keeps how often, how long and the agenda; a huddle is a weekday later. The time is the actor's local
    time, a little later where the actor chairs something else. Raises NotToPassOn.
    """
    reports = _reports(actor, today)
    _check(actor, rhythm, reports)
    teams = [[one] for one in reports] if rhythm.template in FOR_EACH else [reports]
    begins = next(days_from(every_of(rhythm), today))
    works = partial(is_working_day, country=actor.country, region=actor.region)
    made = []
    for number, team in enumerate(teams):
        facts = _facts(rhythm, actor, team, first_day(rhythm.template, begins, number, works))
        facts = _at_a_free_time(facts, actor, today, now)
        made.append(
            add_rhythm(
                actor=actor,
                today=today,
                now=now,
                chair=actor,
                facts=facts,
                anyway=True,
                passed_from=rhythm,
            )
        )
    _with_its_agenda(rhythm, made, actor, now)
    note(rhythm)
    return made


@action("rhythm.pass_on")
def pass_back(*, actor: Person, today: date, now: datetime, rhythm: Rhythm) -> None:
    """Undo of passing on: what the actor made of the rhythm ends, what was held of it stays."""
    for one in Rhythm.objects.filter(passed_from=rhythm, chair=actor).exclude(state=Rhythm.ENDED):
        end_rhythm(actor=actor, today=today, now=now, rhythm=one)
    note(rhythm)


def _reports(actor: Person, today: date) -> list[Person]:
    direct = Person.objects.filter(lines__leader=actor, lines__starts_on__lte=today, lines__ends_on__gt=today)
    return list(direct.employed_on(today).order_by("name", "pk").distinct())


def _check(actor: Person, rhythm: Rhythm, reports: list[Person]) -> None:
    if rhythm.template in STAYS:
        raise NotToPassOn("This kind of talk is not passed on; it belongs to the one who leads it.")
    if not rhythm.people.filter(pk=actor.pk).exists():
        raise NotToPassOn("Only somebody who takes part in a rhythm passes it on.")
    if not reports:
        raise NotToPassOn("Nobody reports to you today, so there is no team to pass it on to.")
    if Rhythm.objects.filter(passed_from=rhythm, chair=actor).exclude(state=Rhythm.ENDED).exists():
        raise NotToPassOn("You have passed this on already; it stands among your rhythms.")


def _facts(rhythm: Rhythm, chair: Person, team: list[Person], first: date) -> Facts:
    last = rhythm.nth == -1 and first.weekday() == rhythm.weekday
    name = f"{rhythm.name}: {team[0].name}" if rhythm.template in FOR_EACH else rhythm.name
    return Facts(
        template=rhythm.template,
        frequency=rhythm.frequency,
        weekday=first.weekday(),
        starts_on=first,
        at=rhythm.at,
        minutes=rhythm.minutes,
        people=tuple(team),
        name=name[:200],
        nth=-1 if last else min(4, (first.day - 1) // 7 + 1),
        month=(first.month - 1) % 3 + 1 if rhythm.frequency == QUARTERLY else 1,
        time_zone=chair.time_zone,
    )


def _at_a_free_time(facts: Facts, chair: Person, today: date, now: datetime) -> Facts:
    """The same time, or the next half hour of that day at which the chair chairs nothing else."""
    begin = facts.at.hour * 60 + facts.at.minute
    for minute in range(begin, max(begin, LATEST - facts.minutes) + 1, HALF_AN_HOUR):
        tried = replace(facts, at=time(*divmod(minute, 60)))
        try:
            check_rhythm(tried, chair, today, now)
        except Overlaps:
            continue
        return tried
    return facts


def _with_its_agenda(rhythm: Rhythm, made: list[Rhythm], actor: Person, now: datetime) -> None:
    """An agenda that the rhythm has of its own goes along; the company's is theirs anyway."""
    own = Agenda.objects.filter(rhythm=rhythm, made_at__lte=now).order_by("-made_at", "-number").first()
    if own is not None:
        Agenda.objects.bulk_create(
            Agenda(template=one.template, rhythm=one, number=1, body=own.body, made_at=now, made_by=actor)
            for one in made
        )
