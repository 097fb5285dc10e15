"""The sentences for the week that reach a person."""

from dataclasses import dataclass
from datetime import date

from drumbeat.meetings.models import Tone
from drumbeat.meetings.rules.tone import monday_of
from drumbeat.people.models import Person, Reach


@dataclass(frozen=True)
class Said:
    """One leader's sentence."""

    leader: str
    text: str


@dataclass(frozen=True)
class ToneForm:
    """What ``meetings/tone_form.html`` shows: the own sentence, and those that come from above."""

    text: str
    above: list[Said]


def tones_for(person: Person, week: date) -> list[Said]:
    """The sentences of all leaders above for the week of a day, top first, the person's own last. Two
    queries."""
    monday = monday_of(week)
    above = dict(Reach.objects.on(week).filter(member=person).values_list("leader_id", "depth"))
    tones = Tone.objects.filter(week=monday, leader__in=[*above, person.pk]).select_related("leader")
    ordered = sorted(tones, key=lambda tone: -above.get(tone.leader_id, 0))
    return [Said(tone.leader.name, tone.text) for tone in ordered]


def tone_form(person: Person, week: date) -> ToneForm:
    """A leader's own sentence for the week, and those from above. Three queries."""
    own = (
        Tone.objects.filter(leader=person, week=monday_of(week)).values_list("text", flat=True).first() or ""
    )
    said = tones_for(person, week)
    return ToneForm(own, said[:-1] if own else said)
