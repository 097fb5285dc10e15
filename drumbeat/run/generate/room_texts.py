"""What was written in the made company's rooms, gathered and stored in a few statements."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from drumbeat.core.days import add_working_days
from drumbeat.meetings.models import (
    Meeting,
    Minutes,
    Note,
    Outcome,
    PreWork,
    PrivateNote,
    Rhythm,
    RoundLine,
    Seat,
    TellAlone,
    Tone,
    Topic,
)
from drumbeat.meetings.rules.minutes import Section, compose
from drumbeat.people.models import Person
from drumbeat.promises.models import Promise
from drumbeat.recognition.models import Thanks
from drumbeat.run.generate import room_words as words
from drumbeat.run.generate.seeds import seeded

HUDDLE = "weekly_huddle"
SETTLED = 3  # working days after which a meeting that nobody closed is closed by itself


class Texts:
    """Rows of one made company; ``store`` writes what was gathered."""

    def __init__(self, seed: int, today: date, now: datetime, top: Person) -> None:
        self.rng, self.today, self.now, self.top = seeded("rooms", seed), today, now, top
        self._empty()

    def _empty(self) -> None:
        self.rows: dict[type, list[Any]] = {
            model: []
            for model in (
                Promise,
                Thanks,
                PreWork,
                RoundLine,
                Note,
                Topic,
                TellAlone,
                PrivateNote,
                Minutes,
                Tone,
            )
        }
        self.outcomes: list[tuple[Meeting, Any]] = []
        self.held: list[Meeting] = []

    def of(self, rhythm: Rhythm, people: Sequence[Person], meetings: Sequence[Meeting]) -> None:
        """What came in and went out of each meeting behind; every fifth talk took place somewhere else."""
        for number, meeting in enumerate(meetings):
            if meeting.state != Meeting.PLANNED or meeting.day >= self.today:
                continue
            if rhythm.template == HUDDLE:
                self._huddle(rhythm, people, meeting)
            elif number % 5 == 3:
                self._elsewhere(meeting)
            else:
                self._talk(rhythm, people[0], meeting)

    def _elsewhere(self, meeting: Meeting) -> None:
        """Nobody came into the room: the calendar alone knows that it took place."""
        if add_working_days(meeting.day, SETTLED) < self.today:
            meeting.state, meeting.closed_at = Meeting.CLOSED, meeting.ends_at + timedelta(days=5)
            self.held.append(meeting)

    def _hold(self, rhythm: Rhythm, meeting: Meeting) -> None:
        meeting.state, meeting.closed_by, meeting.closed_at = Meeting.CLOSED, rhythm.chair, meeting.ends_at
        meeting.started_at = meeting.starts_at + timedelta(minutes=self.rng.choice((0, 0, 0, 1, 4)))
        meeting.ended_at = meeting.ends_at
        self.held.append(meeting)

    def _huddle(self, rhythm: Rhythm, people: Sequence[Person], meeting: Meeting) -> None:
        self._hold(rhythm, meeting)
        lines = []
        self.sent_in(meeting, people)
        for who in people:
            must_win, need = self._said(words.MUST_WIN), self.rng.choice(words.HELP)
            won = self.rng.choice((True, True, False)) if meeting.day < self.today else None
            self._keep(
                RoundLine(
                    meeting=meeting,
                    person=who,
                    must_win=must_win,
                    help_needed=need,
                    won=won,
                    said_at=meeting.starts_at,
                )
            )
            lines.append(f"{who.name}: {must_win}" + (f"; needs {need}" if need else ""))
        if len(people) > 1 and self.rng.random() < 0.5:
            thanked = self.rng.choice(people)
            given = Thanks(giver=rhythm.chair, receiver=thanked, given_on=meeting.day)
            self._keep(given.put(self._said(words.THANKS), confidential=False))
            self.outcomes.append((meeting, given))
        self._minutes(rhythm, meeting, [Section("Must-win", tuple(lines))])

    def sent_in(self, meeting: Meeting, people: Sequence[Person]) -> None:
        """Each one's line for a huddle, in good time before it."""
        at = meeting.starts_at - timedelta(hours=2)
        for who in people:
            before = PreWork(meeting=meeting, person=who, in_at=at, changed_at=at)
            self._keep(before.put(self._said(words.MUST_WIN), confidential=False))

    def _talk(self, rhythm: Rhythm, who: Person, meeting: Meeting) -> None:
        self._hold(rhythm, meeting)
        sent = meeting.starts_at - timedelta(days=4)
        before = PreWork(meeting=meeting, person=who, in_at=sent, changed_at=sent)
        self._keep(before.put(self.rng.choice(words.PREWORK), confidential=rhythm.confidential))
        said = self.rng.choice(words.SAID)
        note = Note(meeting=meeting, item="c", author=rhythm.chair, changed_at=meeting.ends_at)
        self._keep(note.put(said, confidential=rhythm.confidential))
        pool = words.OF_MANAGER if rhythm.chair_id == self.top.pk else words.OF_REP
        mine = self._promise(rhythm, who, rhythm.chair, meeting, pool)
        made = [mine]
        if self.rng.random() < 0.6:
            made.append(self._promise(rhythm, rhythm.chair, who, meeting, words.OF_EXECUTIVE))
        leaves = tuple(f"{one.owner.name}: {one.text}" for one in made)
        self._minutes(rhythm, meeting, [Section("Where we are", (said,)), Section("Leaves with", leaves)])

    def _promise(
        self, rhythm: Rhythm, owner: Person, asked_by: Person, meeting: Meeting, pool: Sequence[str]
    ) -> Promise:
        due = add_working_days(meeting.day, self.rng.randrange(3, 9), owner.country, owner.region)
        facts = self._became(owner, asked_by, meeting.day, due)
        made = Promise(
            owner=owner,
            asked_by=asked_by,
            author=asked_by,
            made_on=meeting.day,
            **{"first_due": due, **facts},
        )
        made.put(self._said(pool), confidential=rhythm.confidential)
        self._keep(made)
        self.outcomes.append((meeting, made))
        return made

    def _became(self, owner: Person, asked_by: Person, made_on: date, due: date) -> dict[str, Any]:
        """Old ones are settled, most of them kept; of the young ones some wait, none is long late."""
        chance, late = self.rng.random(), self.rng.randrange(0, 3)
        if due >= self.today:
            if chance < 0.12:
                since = min(self.today, made_on + timedelta(days=1))
                return {"due": due, "state": Promise.WAITING, "waiting_since": since, "waiting_for": asked_by}
            return {"due": due}
        if chance < 0.08:
            ahead = add_working_days(self.today, 2 + late, owner.country, owner.region)
            return {"due": ahead, "new_dates": 1 + late % 2}
        if chance < 0.14:
            reason = self.rng.choice(words.REASONS)
            return {"due": due, "state": Promise.DROPPED, "dropped_on": due, "reason": reason}
        if due >= self.today - timedelta(days=1) and chance > 0.5:
            return {"due": due}
        done = min(due + timedelta(days=late), self.today)
        if chance < 0.35:
            return {"due": due, "state": Promise.DONE, "done_on": done}
        return {"due": due, "state": Promise.ACCEPTED, "done_on": done, "accepted_on": done}

    def _minutes(self, rhythm: Rhythm, meeting: Meeting, sections: Sequence[Section]) -> None:
        row = Minutes(meeting=meeting, author=rhythm.chair, written_at=meeting.ends_at)
        self._keep(row.put(compose(sections), confidential=rhythm.confidential))

    def prepare(self, meeting: Meeting, rhythm: Rhythm, who: Person) -> None:
        """A coming talk that both have prepared: pre-work, the two lanes, the chair's own note."""
        sealed, at = rhythm.confidential, self.now - timedelta(hours=20)
        before = PreWork(meeting=meeting, person=who, in_at=at, changed_at=at)
        self._keep(before.put(words.PREWORK[0], confidential=sealed))
        for author, text in zip((who, rhythm.chair), words.ON_THE_TABLE, strict=True):
            topic = Topic(meeting=meeting, first=meeting, author=author, made_at=at)
            self._keep(topic.put(text, confidential=sealed))
        said_on = add_working_days(self.today, -1)
        told = {"meeting": meeting, "author": who, "chair": rhythm.chair, "said_on": said_on}
        self._keep(TellAlone(text=words.ALONE, **told))
        own = PrivateNote(meeting=meeting, author=rhythm.chair, text=words.OWN_NOTE, changed_at=at)
        self._keep(own)

    def sentence(self, leader: Person) -> None:
        """The leader's sentence for this week and the three before."""
        monday = self.today - timedelta(days=self.today.weekday())
        for number, text in enumerate(words.SENTENCES):
            self._keep(Tone(leader=leader, week=monday - timedelta(weeks=number), text=text))

    def store(self) -> None:
        """Write everything gathered so far: one statement a kind, and who was in which room."""
        for model, rows in self.rows.items():
            model._default_manager.bulk_create(rows)  # type: ignore[attr-defined]
        Outcome.objects.bulk_create(
            Outcome(meeting=meeting, **{"promise" if isinstance(made, Promise) else "thanks": made})
            for meeting, made in self.outcomes
        )
        fields = ["state", "closed_by", "closed_at", "started_at", "ended_at"]
        Meeting.objects.bulk_update(self.held, fields, batch_size=500)
        came = [one for one in self.held if one.started_at is not None]
        seats = list(Seat.objects.filter(meeting__in=[one.pk for one in came]).order_by("pk"))
        starts = {one.pk: one.started_at for one in came}
        for seat in seats:
            seat.came_at = seat.seen_at = starts[seat.meeting_id]
            seat.spoke, seat.worth = True, self.rng.choice((2, 3, 3, 3))
        Seat.objects.bulk_update(seats, ["came_at", "seen_at", "spoke", "worth"], batch_size=500)
        self._empty()

    def _said(self, pool: Sequence[str]) -> str:
        return self.rng.choice(pool).format(customer=self.rng.choice(words.CUSTOMERS))

    def _keep(self, row: Any) -> None:
        self.rows[type(row)].append(row)
