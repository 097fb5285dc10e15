"""What was told alone: the chair's page, the author's, the chair's debts; texts only where they are shown."""

from dataclasses import dataclass
from datetime import date

from drumbeat.journal.openings import Opened
from drumbeat.meetings.models import Meeting, TellAlone
from drumbeat.meetings.rules.alone import ANSWER, SEE, Clock, clock_of
from drumbeat.people.models import Person

FEW = 30


@dataclass(frozen=True)
class Told:
    """A line told alone, with its clocks on a day."""

    told: TellAlone
    clock: Clock

    @property
    def pk(self) -> int:
        return int(self.told.pk)

    @property
    def author(self) -> Person:
        return self.told.author

    @property
    def chair(self) -> Person:
        return self.told.chair

    @property
    def late(self) -> int:
        return self.clock.late

    @property
    def late_answer(self) -> bool:
        """Whether the day to answer is over, seen or not."""
        return self.clock.answer_late > 0

    @property
    def answered(self) -> bool:
        return self.told.answered_on is not None

    def opened_by(self, viewer: Person) -> list[Opened]:
        """What a page that shows the line and its answer opened to the viewer: what the other one wrote."""
        if viewer.pk == self.told.chair_id:
            return [Opened("tellalone", self.pk, str(self.told), author=self.told.author_id)]
        return (
            [Opened("tellalone", self.pk, str(self.told), author=self.told.chair_id)] if self.answered else []
        )


@dataclass(frozen=True)
class Due:
    """A line that the chair owes something: to be seen or answered, by a day; ``late`` in working days.

    No text is in it, so it may stand on any page of the chair's own.
    """

    pk: int
    author: Person
    said_on: date
    owes: str
    by: date
    late: int
    waited: int


@dataclass(frozen=True)
class ToldAlone:
    """The page: what waits for the viewer's answer, what is answered, and what the viewer told others."""

    waiting: list[Told]
    answered: list[Told]
    mine: list[Told]

    @property
    def everything(self) -> list[Told]:
        return [*self.waiting, *self.answered, *self.mine]


def alone_due(chair: Person, today: date) -> list[Due]:
    """What the chair still has to see or answer, the soonest first; one statement, no text is read."""
    rows = TellAlone.objects.filter(chair=chair, answered_on=None).select_related("author")
    found = []
    for row in rows.defer("text", "answer").order_by("said_on", "pk"):
        clock = clock_of(row.said_on, today, seen_on=row.seen_on, country=chair.country, region=chair.region)
        owes = ANSWER if row.seen_on else SEE
        by = clock.answer_by if row.seen_on else clock.see_by
        found.append(Due(row.pk, row.author, row.said_on, owes, by, clock.late, clock.waited))
    return sorted(found, key=lambda due: (due.by, due.pk))


def told_alone(viewer: Person, today: date) -> ToldAlone:
    """All that waits for the viewer, and the newest of what is answered and of what the viewer told."""
    rows = TellAlone.objects.select_related("author", "chair", "meeting__rhythm").defer(
        "meeting__word", "meeting__rhythm__join_link", "meeting__rhythm__dial_in"
    )
    mine = rows.filter(author=viewer).order_by("-said_on", "-pk")
    to_me = rows.filter(chair=viewer)
    waiting = to_me.filter(answered_on=None).order_by("said_on", "pk")
    answered = to_me.filter(answered_on__isnull=False).order_by("-answered_on", "-pk")
    return ToldAlone(
        [_told(row, today) for row in waiting],
        [_told(row, today) for row in answered[:FEW]],
        [_told(row, today) for row in mine[:FEW]],
    )


def told_in(meeting: Meeting, author: Person, today: date) -> list[Told]:
    """What the author told the chair alone around one meeting, as it was said."""
    rows = TellAlone.objects.filter(meeting=meeting, author=author).select_related("chair", "author")
    return [_told(row, today) for row in rows.order_by("pk")]


def _told(row: TellAlone, today: date) -> Told:
    place = {"country": row.chair.country, "region": row.chair.region}
    return Told(row, clock_of(row.said_on, today, seen_on=row.seen_on, answered_on=row.answered_on, **place))
