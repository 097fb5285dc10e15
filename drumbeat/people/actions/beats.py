"""The beat that a leader wants to keep."""

from datetime import date

from drumbeat.core.refusal import Refused
from drumbeat.journal.record import Actor, action, note, unchanged
from drumbeat.people.models import Beat, Person

INTERVALS = (7, 14, 21, 28)


class NotABeat(Refused):
    """An interval or a weekday that no beat has."""


@action("beat.choose")
def choose_beat(
    *, actor: Actor, today: date, leader: Person, one_to_one_days: int, huddle_weekday: int | None
) -> Beat:
    """Set how often the leader wants one-to-ones (1 to 90 days) and the huddle's weekday (0 is Monday)."""
    if not 1 <= one_to_one_days <= 90:
        raise NotABeat("Between two one-to-ones lie 1 to 90 days; choose one of the intervals.")
    if huddle_weekday is not None and not 0 <= huddle_weekday <= 6:
        raise NotABeat("The huddle is on a day of the week, or on none; choose one.")
    wished = {"one_to_one_days": one_to_one_days, "huddle_weekday": huddle_weekday}
    beat = Beat.objects.filter(leader=leader).first()
    if beat and all(getattr(beat, name) == value for name, value in wished.items()):
        unchanged()
        return beat
    beat, _ = Beat.objects.update_or_create(leader=leader, defaults=wished)
    note(leader, kind="beat", one_to_one_days=one_to_one_days, huddle_weekday=huddle_weekday)
    return beat
