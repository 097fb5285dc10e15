"""What a meeting leaves behind: written at its closing, read again later."""

from collections.abc import Iterable
from dataclasses import dataclass

from drumbeat.core.wording import day
from drumbeat.journal.openings import Opened
from drumbeat.meetings.carrying import UNFINISHED, Next
from drumbeat.meetings.models import Meeting, Minutes, Note, Outcome, RoundLine, Seat, Topic
from drumbeat.meetings.queries.agendas import agenda_of
from drumbeat.meetings.rules.closing import Sitter, present
from drumbeat.meetings.rules.minutes import Section, compose, read
from drumbeat.promises.models import Promise


def minutes_of(meeting: Meeting, to: Next | None) -> Minutes:
    """The minutes, unsaved, from everything that stands in the room; ``to`` takes over what is unfinished.

    The meeting comes with its rhythm. Seven queries and the agenda's.
    """
    seats = list(
        Seat.objects.filter(meeting=meeting)
        .select_related("person")
        .defer("excused_word")
        .order_by("-chairs", "person__name", "person_id")
    )
    sections = [
        Section("There", _there(seats)),
        *_items(meeting),
        Section("The round", tuple(_round(meeting))),
        *_outcomes(meeting, [seat.person.name for seat in seats if seat.nothing]),
        *_topics(meeting, to),
    ]
    made: Minutes = Minutes(meeting=meeting).put(compose(sections), confidential=meeting.rhythm.confidential)
    return made


def has_matter(meetings: Iterable[Meeting]) -> set[int]:
    """The ids of those of the meetings in which anything was written."""
    pks = [one.pk for one in meetings]
    found: set[int] = set()
    for table in (Note, RoundLine, Outcome):
        found |= set(table.objects.filter(meeting__in=pks).values_list("meeting_id", flat=True).distinct())
    return found


def _there(seats: list[Seat]) -> tuple[str, ...]:
    sitters = [
        Sitter(one.person_id, one.chairs, one.came_at is not None, one.absent, one.spoke) for one in seats
    ]
    there = {one.person for one in present(sitters)}
    here = ", ".join(one.person.name for one in seats if one.person_id in there)
    away = ", ".join(one.person.name for one in seats if one.person_id not in there)
    return tuple(filter(None, [here, f"Not there: {away}" if away else ""]))


def _items(meeting: Meeting) -> list[Section]:
    written: dict[str, list[str]] = {}
    notes = Note.objects.filter(meeting=meeting).select_related("author").order_by("beside", "pk")
    for note in notes:
        if text := note.text.strip():
            both = f"Written at the same time by {note.author.name}:\n{text}" if note.beside else text
            written.setdefault(note.item, []).append(both)
    found = []
    for item in agenda_of(meeting).items:
        if lines := written.pop(item.key, None):
            found.append(Section(item.text, tuple(lines)))
    return found + [Section("Notes", tuple(lines)) for lines in written.values()]


def _round(meeting: Meeting) -> Iterable[str]:
    lines = (
        RoundLine.objects.filter(meeting=meeting)
        .select_related("person")
        .prefetch_related("helpers")
        .order_by("person__name", "person_id")
    )
    for line in lines:
        if line.must_win:
            yield f"{line.person.name}, must-win: {line.must_win}"
        if line.help_needed:
            yield f"{line.person.name} needs help: {line.help_needed}"
        if helpers := ", ".join(one.name for one in line.helpers.all()):
            yield f"Helped by {helpers}"


def _outcomes(meeting: Meeting, nothing: list[str]) -> list[Section]:
    made = list(
        Outcome.objects.filter(meeting=meeting)
        .select_related("promise__owner", "promise__asked_by", "thanks__giver", "thanks__receiver")
        .defer("promise__reason")
        .order_by("pk")
    )
    promises = [one.promise for one in made if one.promise is not None]
    leaves = [
        f"{one.owner.name}: {one.text}, by {day(one.due)}"
        for one in sorted(promises, key=lambda one: (one.owner.name, one.due, one.pk))
        if one.state != Promise.DROPPED
    ]
    leaves += [f"{name}: nothing" for name in nothing]
    thanks = [
        f"{one.giver.name} to {one.receiver.name}: {one.text}"
        for one in (each.thanks for each in made)
        if one is not None
    ]
    return [Section("Leaves with", tuple(leaves)), Section("Thanks", tuple(thanks))]


def _topics(meeting: Meeting, to: Next | None) -> list[Section]:
    found = list(Topic.objects.filter(meeting=meeting).order_by("pk"))
    through = tuple(one.text for one in found if one.state == Topic.DONE)
    left = tuple(one.text for one in found if one.state in UNFINISHED)
    heading = f"Goes to the meeting of {day(to.day)}" if to else "Not finished; no next meeting is planned"
    return [Section("Talked through", through), Section(heading, left)]


@dataclass(frozen=True)
class MinutesPage:
    """The minutes as a page; ``earlier`` and ``later`` are the neighbours that the reader may read too."""

    meeting: Meeting
    minutes: Minutes | None
    sections: tuple[Section, ...]
    earlier: Meeting | None
    later: Meeting | None
    opened: tuple[Opened, ...] = ()


def minutes_page(meeting: Meeting, viewer: int) -> MinutesPage:
    """The page; the meeting comes with its rhythm and chair. Four queries."""
    minutes = Minutes.objects.filter(meeting=meeting).select_related("author").first()
    neighbours = Meeting.objects.filter(
        rhythm_id=meeting.rhythm_id, minutes__isnull=False, seats__person=viewer
    ).defer("word")
    opened: tuple[Opened, ...] = ()
    if minutes is not None and minutes.confidential:
        author = minutes.author_id or meeting.rhythm.chair_id
        opened = (Opened("minutes", minutes.pk, str(minutes), author, _about(meeting, author)),)
    return MinutesPage(
        meeting=meeting,
        minutes=minutes,
        sections=read(minutes.text) if minutes else (),
        earlier=neighbours.filter(starts_at__lt=meeting.starts_at).order_by("-starts_at", "-pk").first(),
        later=neighbours.filter(starts_at__gt=meeting.starts_at).order_by("starts_at", "pk").first(),
        opened=opened,
    )


def _about(meeting: Meeting, author: int) -> int | None:
    """In a talk of two, the other one; elsewhere nobody alone."""
    others = list(
        Seat.objects.filter(meeting=meeting).exclude(person=author).values_list("person", flat=True)[:2]
    )
    return others[0] if len(others) == 1 else None
