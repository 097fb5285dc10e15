"""What is told of a rhythm, checked before any of it is kept."""

import zoneinfo
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, time

from drumbeat.core.content import meeting_templates
from drumbeat.core.refusal import Refused
from drumbeat.meetings.models import Rhythm
from drumbeat.meetings.rules.agenda import RHYTHM_TEMPLATES
from drumbeat.meetings.rules.joining import link_in
from drumbeat.meetings.rules.recurrence import Every
from drumbeat.people.models import Person

SHORTEST, LONGEST = 5, 720
USUALLY = {
    "weekly_huddle": Rhythm.WEEKLY,
    "one_to_one": Rhythm.TWO_WEEKS,
    "monthly_plan_review": Rhythm.MONTHLY,
    "quarterly_business_review": Rhythm.QUARTERLY,
    "skip_level": Rhythm.QUARTERLY,
    "idea_clinic": Rhythm.MONTHLY,
    "new_manager_checkin": Rhythm.WEEKLY,
}


class NotARhythm(Refused):
    """What was told makes no rhythm; ``field`` names the part that it is about."""

    def __init__(self, sentence: str, field: str = "") -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True)
class Facts:
    """A rhythm as it is told; ``people`` is without the chair, ``time_zone`` empty for the chair's.

    ``at`` is local to the zone. ``name`` empty: the template's.
    """

    template: str
    frequency: str
    weekday: int
    starts_on: date
    at: time
    minutes: int
    people: tuple[Person, ...] = field(default=())
    name: str = ""
    nth: int = 1
    month: int = 1
    place: str = ""
    join_link: str = ""
    dial_in: str = ""
    time_zone: str = ""

    @classmethod
    def of(cls, rhythm: Rhythm) -> "Facts":
        """What is kept of a rhythm now; change some with ``dataclasses.replace``."""
        kept = {name: getattr(rhythm, name) for name in cls.__dataclass_fields__ if name != "people"}
        return cls(**kept, people=tuple(rhythm.people.all()))

    def every(self) -> Every:
        """How often it is."""
        return Every(self.frequency, self.weekday, self.starts_on, self.nth, self.month)


def every_of(rhythm: Rhythm) -> Every:
    """How often a rhythm is, for ``rules.recurrence``."""
    return Every(rhythm.frequency, rhythm.weekday, rhythm.starts_on, rhythm.nth, rhythm.month)


def usual(template: str, people: Iterable[Person], starts_on: date, at: time = time(9)) -> Facts:
    """A rhythm as the library proposes it, from a day on, on that day's weekday. KeyError: unknown."""
    row = meeting_templates()[template]
    return Facts(
        template=template,
        frequency=USUALLY.get(template, Rhythm.WEEKLY),
        weekday=starts_on.weekday(),
        starts_on=starts_on,
        at=at,
        minutes=row["duration_min"],
        people=tuple(people),
        name=row["name"],
        nth=min(4, (starts_on.day - 1) // 7 + 1),
        month=(starts_on.month - 1) % 3 + 1,
    )


def checked(facts: Facts, chair: Person, today: date) -> Facts:
    """The facts as they are kept, texts without what no database keeps; raises NotARhythm.

    Who leads the chair is nobody's question here: a rhythm may have anyone in it who has not left.
    """
    if facts.template not in RHYTHM_TEMPLATES:
        raise NotARhythm("Choose what kind of meeting it is.", "template")
    texts = {name: getattr(facts, name).replace("\0", "").strip() for name in ("name", "place", "dial_in")}
    for name, most, words in (("name", 200, "name"), ("place", 300, "place"), ("dial_in", 300, "dial-in")):
        if len(texts[name]) > most:
            raise NotARhythm(f"Keep the {words} to {most} letters.", name)
    if facts.frequency not in dict(Rhythm.FREQUENCIES) or not 0 <= facts.weekday <= 6:
        raise NotARhythm("Choose how often it is, and on which weekday.", "frequency")
    if facts.nth not in (-1, 1, 2, 3, 4) or facts.month not in (1, 2, 3):
        raise NotARhythm("Choose which of the month’s weekdays it is.", "nth")
    if not SHORTEST <= facts.minutes <= LONGEST:
        raise NotARhythm(f"Say how long it is: {SHORTEST} minutes to {LONGEST // 60} hours.", "minutes")
    if not 2000 <= facts.starts_on.year <= 2200:
        raise NotARhythm("Say from which day on, such as 30 November 2026.", "starts_on")
    link = link_in(facts.join_link.replace("\0", ""))
    if link is None:
        raise NotARhythm("The link to join must begin with https://; paste it whole.", "join_link")
    zone = facts.time_zone or chair.time_zone
    if zone not in zoneinfo.available_timezones():
        raise NotARhythm(f"“{zone[:60]}” is not a time zone; write one like Europe/Berlin.", "time_zone")
    people = tuple({one.pk: one for one in facts.people if one.pk != chair.pk}.values())
    _check_people(people, chair, today)
    texts["name"] = texts["name"] or meeting_templates()[facts.template]["name"]
    return replace(facts, **texts, join_link=link, time_zone=zone, people=people)


def _check_people(people: tuple[Person, ...], chair: Person, today: date) -> None:
    if chair.has_left(today):
        raise NotARhythm(f"{chair} has left; a rhythm needs a chair who is here.", "chair")
    if not people:
        raise NotARhythm("Say who comes: at least one person beside the chair.", "people")
    if len(people) > 500:
        raise NotARhythm("That is more than 500 people; a rhythm is for fewer.", "people")
    for one in people:
        if one.has_left(today):
            raise NotARhythm(f"{one} has left; take the name out.", "people")
