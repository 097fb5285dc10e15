"""What is kept about a person in promises, thanks and meetings: own words whole, others' where a seat is."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, Q

from drumbeat.exchange.export.company import put_off_row
from drumbeat.exchange.export.part import Part, part, sealed
from drumbeat.journal.openings import Opened
from drumbeat.meetings.models import (
    Agenda,
    Meeting,
    Minutes,
    Note,
    PreWork,
    PrivateNote,
    Rhythm,
    RoundLine,
    Seat,
    TellAlone,
    Tone,
    Topic,
)
from drumbeat.people.models import Person
from drumbeat.promises.models import Promise
from drumbeat.recognition.models import Thanks
from drumbeat.signals.models import PutOff


def parts(person: Person) -> list[Part]:
    """Promises, thanks and meetings, each part whether it has rows or not."""
    return [*_promises(person), *_meetings(person), *_texts(person), *_own(person)]


def prepared_by_others(person: Person) -> list[Part]:
    """What an access request adds: what a leader noted privately about the person.

    A private note is about somebody where the two had the meeting for themselves.
    """
    seated = Seat.objects.filter(person=person).values("meeting_id")
    alone = Meeting.objects.filter(pk__in=seated).annotate(size=Count("seats")).filter(size=2)
    found = PrivateNote.objects.filter(meeting__in=alone.values("pk")).exclude(author=person)
    notes = list(found.select_related("author", "meeting__rhythm").order_by("changed_at", "pk"))
    quiet = PutOff.objects.filter(about=person).select_related("about", "person").order_by("day", "pk")
    return [
        part(
            "private_notes_of_others",
            "Private preparation of leaders about you",
            [{**_at(one.meeting), "author": one.author.name, "text": one.text} for one in notes],
            _shown(sealed("privatenote", one, one.author_id, person, person.pk) for one in notes),
        ),
        part(
            "put_off_by_others",
            "Things about you that leaders put off",
            [{"who": one.person.name, **put_off_row(one)} for one in quiet],
        ),
    ]


def _promises(person: Person) -> list[Part]:
    mine = Q(owner=person) | Q(asked_by=person) | Q(author=person)
    people = ("owner", "asked_by", "author", "waiting_for")
    found = list(Promise.objects.filter(mine).select_related(*people).order_by("made_on", "pk"))
    waiting = Promise.objects.filter(waiting_for=person).exclude(mine).defer("plain", "sealed", "reason")
    thanks = Thanks.objects.filter(Q(giver=person) | Q(receiver=person)).select_related("giver", "receiver")
    given = list(thanks.order_by("given_on", "pk"))
    return [
        part(
            "promises",
            "Promises, both ways",
            [_promise(one) for one in found],
            _shown(sealed("promise", one, one.author_id, person, one.owner_id) for one in found),
        ),
        part(
            "promises_waiting",
            "Promises of others that wait for you",
            [
                {"owner": one.owner.name, "due": one.due, "waiting_since": one.waiting_since}
                for one in waiting.select_related("owner").order_by("due", "pk")
            ],
        ),
        part(
            "thanks",
            "Thanks",
            [
                {"day": one.given_on, "from": one.giver.name, "to": one.receiver.name, "text": one.text}
                for one in given
            ],
            _shown(sealed("thanks", one, one.giver_id, person, one.receiver_id) for one in given),
        ),
    ]


def _promise(one: Promise) -> dict[str, Any]:
    return {
        "owner": one.owner.name,
        "asked_by": one.asked_by.name,
        "text": one.text,
        "made_on": one.made_on,
        "due": one.due,
        "first_due": one.first_due,
        "new_dates": one.new_dates,
        "state": one.state,
        "done_on": one.done_on,
        "accepted_on": one.accepted_on,
        "dropped_on": one.dropped_on,
        "reason": one.reason or None,
        "waiting_for": one.waiting_for.name if one.waiting_for else None,
    }


def _meetings(person: Person) -> list[Part]:
    rhythms = Rhythm.objects.filter(Q(chair=person) | Q(people=person)).distinct().select_related("chair")
    seats = Seat.objects.filter(person=person).select_related("meeting__rhythm")
    steps = Meeting.objects.filter(Q(closed_by=person) | Q(corrected_by=person)).select_related("rhythm")
    agendas = Agenda.objects.filter(made_by=person).order_by("made_at", "pk")
    return [
        part("rhythms", "Rhythms of meetings", [_rhythm(one) for one in rhythms.order_by("pk")]),
        part("agendas", "Agendas written", agendas.values("template", "number", "made_at", "body")),
        part(
            "meetings",
            "Meetings with a seat",
            [_seat(one) for one in seats.order_by("meeting__starts_at", "pk")],
        ),
        part(
            "steps",
            "Meetings closed or corrected",
            [
                {**_at(one), "closed": one.closed_by_id == person.pk, "correction": one.correction or None}
                for one in steps.order_by("starts_at", "pk")
            ],
        ),
    ]


def _rhythm(one: Rhythm) -> dict[str, Any]:
    return {
        "name": one.name,
        "chair": one.chair.name,
        "template": one.template,
        "frequency": one.get_frequency_display(),
        "starts_on": one.starts_on,
        "at": f"{one.at:%H:%M}",
        "time_zone": one.time_zone,
        "minutes": one.minutes,
        "place": one.place or None,
        "join_link": one.join_link or None,
        "dial_in": one.dial_in or None,
        "state": one.state,
    }


def _seat(one: Seat) -> dict[str, Any]:
    return {
        **_at(one.meeting),
        "starts_at": one.meeting.starts_at,
        "state": one.meeting.state,
        "word": one.meeting.word or None,
        "chairs": one.chairs,
        "prework_due_at": one.prework_due_at,
        "excused": one.excused,
        "excused_with": one.excused_word or None,
        "came_at": one.came_at,
        "seen_at": one.seen_at,
        "absent": one.absent,
        "spoke": one.spoke,
        "left_with_nothing": one.nothing,
        "worth": one.worth,
        "word_for_it": one.one_word or None,
    }


def _texts(person: Person) -> list[Part]:
    """What was written in the rooms: own words, and the notes and minutes of every meeting with a seat."""
    seated = Seat.objects.filter(person=person).values("meeting_id")
    here = Q(meeting__in=seated) | Q(author=person)
    prework = PreWork.objects.filter(person=person).select_related("meeting__rhythm").order_by("in_at", "pk")
    with_author = ("meeting__rhythm", "author")
    notes = list(Note.objects.filter(here).select_related(*with_author).order_by("changed_at", "pk"))
    minutes = list(Minutes.objects.filter(here).select_related(*with_author).order_by("written_at", "pk"))
    topics = Topic.objects.filter(author=person).select_related("meeting__rhythm").order_by("made_at", "pk")
    said = RoundLine.objects.filter(Q(person=person) | Q(helpers=person)).distinct()
    said = said.select_related("meeting__rhythm", "person").prefetch_related("helpers")
    return [
        part(
            "prework",
            "Pre-work",
            [{**_at(one.meeting), "sent_in_at": one.in_at, "text": one.text} for one in prework],
        ),
        part(
            "notes",
            "Notes of meetings with a seat",
            [
                {**_at(one.meeting), "item": one.item, "written_by": one.author.name, "text": one.text}
                for one in notes
            ],
            _shown(sealed("note", one, one.author_id, person) for one in notes),
        ),
        part(
            "minutes",
            "Minutes",
            [
                {
                    **_at(one.meeting),
                    "closed_by": one.author.name if one.author else None,
                    "text": one.text,
                }
                for one in minutes
            ],
            _shown(sealed("minutes", one, one.author_id, person) for one in minutes),
        ),
        part(
            "topics",
            "Things put on the table",
            [{**_at(one.meeting), "text": one.text, "state": one.state} for one in topics],
        ),
        part("round", "Said in the round", [_line(one) for one in said.order_by("said_at", "pk")]),
    ]


def _line(one: RoundLine) -> dict[str, Any]:
    return {
        **_at(one.meeting),
        "who": one.person.name,
        "must_win": one.must_win,
        "help_needed": one.help_needed,
        "helpers": [helper.name for helper in one.helpers.all()],
        "won": one.won,
    }


def _own(person: Person) -> list[Part]:
    """What only the person (and, of lines told alone, the chair) ever sees."""
    told = list(TellAlone.objects.filter(author=person).select_related("chair").order_by("said_on", "pk"))
    answers = TellAlone.objects.filter(chair=person).exclude(answered_on=None).order_by("answered_on", "pk")
    private = PrivateNote.objects.filter(author=person).select_related("meeting__rhythm")
    sentences = Tone.objects.filter(leader=person).order_by("week")
    return [
        part(
            "told_alone",
            "Told to the chair alone",
            [
                {
                    "day": one.said_on,
                    "to": one.chair.name,
                    "text": one.text,
                    "seen_on": one.seen_on,
                    "answer": one.answer or None,
                    "answered_on": one.answered_on,
                }
                for one in told
            ],
            [Opened("tellalone", one.pk, name=str(one), author=one.chair_id) for one in told if one.answer],
        ),
        part(
            "answers",
            "Answers to what others told you alone; their words are theirs",
            [{"day": one.answered_on, "answer": one.answer} for one in answers],
        ),
        part(
            "private_notes",
            "Private notes",
            [{**_at(one.meeting), "text": one.text} for one in private.order_by("changed_at", "pk")],
        ),
        part("sentences", "Sentences for the week", sentences.values("week", "text")),
    ]


def _at(meeting: Meeting) -> dict[str, Any]:
    return {"meeting": meeting.rhythm.name, "day": meeting.day}


def _shown(found: Iterable[list[Any]]) -> list[Any]:
    return [one for each in found for one in each]
