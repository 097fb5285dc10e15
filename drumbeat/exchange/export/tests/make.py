"""Somebody about whom everything is kept that can be kept: a row in every part of the export."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from drumbeat.calendars.models import Calendar, Event, LearnedCategory
from drumbeat.core.periods import parse
from drumbeat.exchange.models import Import
from drumbeat.journal.openings import Opened, opened
from drumbeat.meetings.models import (
    Agenda,
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
from drumbeat.people.models import Beat, Leave, RoleGrant, SignInLink
from drumbeat.people.tests.cast import TODAY, Cast
from drumbeat.plan.models import WON, OpportunityChange
from drumbeat.plan.tests.make import booking, deal, target
from drumbeat.promises.models import Promise
from drumbeat.recognition.models import Thanks
from drumbeat.signals.models import PutOff

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
DAY = date(2026, 11, 20)


def room(cast: Cast, *, confidential: bool = True) -> Meeting:
    """A one-to-one of Elena and Ana last Friday, with a seat each."""
    rhythm = Rhythm.objects.create(
        template="one_to_one",
        name="Elena and Ana",
        chair=cast.elena,
        confidential=confidential,
        frequency=Rhythm.WEEKLY,
        weekday=4,
        starts_on=DAY,
        at=time(10),
        time_zone="Europe/Berlin",
        minutes=45,
    )
    rhythm.people.add(cast.ana)
    meeting = Meeting.objects.create(
        rhythm=rhythm, slot_day=DAY, day=DAY, starts_at=NOW, ends_at=NOW + timedelta(minutes=45)
    )
    Seat.objects.create(meeting=meeting, person=cast.elena, chairs=True)
    Seat.objects.create(meeting=meeting, person=cast.ana)
    return meeting


def promise(owner: Any, asked_by: Any, text: str, **values: Any) -> Promise:
    """A sealed promise that its asker wrote down."""
    made = {"author": asked_by, "made_on": DAY, "due": TODAY, "first_due": TODAY, **values}
    row = Promise(owner=owner, asked_by=asked_by, **made).put(text, confidential=True)
    row.save()
    return row


def everything_about_ana(cast: Cast) -> Meeting:
    """A row about Ana in every table that may name her."""
    _company(cast)
    meeting = room(cast)
    _meeting(cast, meeting)
    made = promise(cast.ana, cast.elena, "SECRET list for Brandt")
    Outcome.objects.create(meeting=meeting, promise=made)
    promise(cast.mira, cast.tom, "NOT FOR ANA", state="waiting", waiting_for=cast.ana, waiting_since=DAY)
    for giver, receiver in ((cast.elena, cast.ana), (cast.ana, cast.mira)):
        Thanks(giver=giver, receiver=receiver, given_on=DAY).put("thank you", confidential=True).save()
    opened(
        cast.elena, [Opened("prework", 4711, name="pre-work of 19 November 2026", author=cast.ana.pk)],
        today=DAY,
    )  # fmt: skip
    return meeting


def _company(cast: Cast) -> None:
    ana = cast.ana
    Leave.objects.create(person=ana, starts_on=DAY, ends_on=DAY)
    RoleGrant.objects.create(person=ana, role=RoleGrant.HR, for_person=cast.mira, starts_on=DAY)
    Beat.objects.create(leader=ana)
    SignInLink.objects.create(person=ana, kind="login", token_hash="hidden-hash", made_at=NOW, expires_at=NOW)
    won = deal(ana, state=WON, amount="100", closed=DAY, name="Halden frame contract")
    OpportunityChange.objects.create(
        opportunity=won, until_on=DAY, owner=ana, stage="open", state="open", brought_by=1
    )
    booking(ana, day=DAY, amount="12")
    target(ana, parse("2026-Q4"), 1000)
    kept = Calendar.objects.create(owner=ana, address="https://calendar.example/private-address")
    Event.objects.create(
        calendar=kept, uid="a", starts_at=NOW, ends_at=NOW, day=DAY, title="Dentist", minutes=30
    )
    LearnedCategory.objects.create(owner=ana, kind="word", value="hashed", word="Supplier", category="x")
    PutOff.objects.create(person=ana, key="unmet", about=cast.mira, word="not_now", day=DAY)
    PutOff.objects.create(person=cast.elena, key="plan_pace", about=ana, word="not_useful", day=DAY)
    Import.objects.create(kind="people", day=DAY, made_at=NOW, by=ana, file_names=["people.csv"])


def _meeting(cast: Cast, meeting: Meeting) -> None:
    ana, elena = cast.ana, cast.elena
    Meeting.objects.filter(pk=meeting.pk).update(
        state="closed", closed_at=NOW, closed_by=ana, correction="held", corrected_by=ana
    )
    body: dict[str, Any] = {"items": []}
    Agenda.objects.create(template="huddle", number=1, body=body, made_at=NOW, made_by=ana)
    PreWork(meeting=meeting, person=ana, in_at=NOW, changed_at=NOW).put(
        "my numbers", confidential=True
    ).save()
    TellAlone.objects.create(
        meeting=meeting, author=ana, chair=elena, text="I think of leaving", said_on=DAY,
        answer="let us talk", answered_on=DAY,
    )  # fmt: skip
    TellAlone.objects.create(
        meeting=meeting, author=cast.mira, chair=ana, text="MIRAS OWN WORDS", said_on=DAY,
        answer="thank you for saying so", answered_on=DAY,
    )  # fmt: skip
    for writer, text in ((ana, "own private note"), (elena, "ELENAS PREPARATION")):
        PrivateNote.objects.create(meeting=meeting, author=writer, text=text, changed_at=NOW)
    note = Note(meeting=meeting, item="numbers", author=elena, changed_at=NOW)
    note.put("SECRET note of Elena", confidential=True).save()
    topic = Topic(meeting=meeting, first=meeting, author=ana, made_at=NOW)
    topic.put("parked", confidential=True).save()
    line = RoundLine.objects.create(meeting=meeting, person=elena, must_win="Brandt", said_at=NOW)
    line.helpers.add(ana)
    Minutes(meeting=meeting, author=elena, written_at=NOW).put("SECRET minutes", confidential=True).save()
    Tone.objects.create(leader=ana, week=DAY, text="Out to the customers")
