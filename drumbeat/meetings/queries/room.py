"""Everything that the room's page shows, in a number of statements that nothing makes grow."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime

from drumbeat.core.worded import Worded
from drumbeat.journal.openings import Opened
from drumbeat.meetings.models import (
    ItemDone,
    Meeting,
    Note,
    Outcome,
    PreWork,
    RoundLine,
    Seat,
    Topic,
)
from drumbeat.meetings.queries.agendas import agenda_of
from drumbeat.meetings.queries.room_promises import RoomPromise, promises_for
from drumbeat.meetings.queries.room_rows import ItemRow, Room, RoundRow, Said, SeatRow, TopicRow, Won
from drumbeat.meetings.queries.tone import tones_for
from drumbeat.meetings.rules import room as rules
from drumbeat.meetings.rules.agenda import LEADS, Body, Item
from drumbeat.people.models import Person


def room_of(meeting: Meeting, *, me: Person | None, today: date, now: datetime) -> Room:
    """The room of a meeting whose rhythm and chair are loaded."""
    body = agenda_of(meeting)
    seats = list(
        Seat.objects.filter(meeting=meeting)
        .select_related("person")
        .defer("excused_word")
        .order_by("-chairs", "person__name", "person_id")
    )
    prework = {one.person_id: one for one in PreWork.objects.filter(meeting=meeting)}
    notes = list(
        Note.objects.filter(meeting=meeting).select_related("author").order_by("beside", "changed_at", "pk")
    )
    topics = list(Topic.objects.filter(meeting=meeting).select_related("author").order_by("made_at", "pk"))
    outcomes = list(
        Outcome.objects.filter(meeting=meeting, thanks__isnull=False)
        .select_related("thanks__giver", "thanks__receiver")
        .order_by("pk")
    )
    promises = promises_for(meeting, [seat.person for seat in seats], today)
    parts = {item.part for item in body.items}
    spoken = _spoken(meeting) if rules.ROUND in parts else []
    won = _won(meeting) if rules.NUMBER in parts else []
    tones = tones_for(meeting.rhythm.chair, meeting.day) if "tone" in parts else []
    through = set(ItemDone.objects.filter(meeting=meeting).values_list("item", flat=True))
    return Room(
        meeting=meeting,
        rhythm=meeting.rhythm,
        chair=meeting.rhythm.chair,
        body=body,
        me=me,
        now=now,
        today=today,
        seats=[_seat(seat, prework, now) for seat in seats],
        items=_items(meeting, body, seats, through, prework, notes, outcomes, promises),
        round=_round(meeting, seats, spoken, prework, now) if rules.ROUND in parts else [],
        topics=[
            TopicRow(one.pk, rules.folded(one.text), one.author.name, one.state, one.carried)
            for one in topics
        ],
        promises=promises,
        tones=[Said(tone.leader, rules.folded(tone.text)) for tone in tones],
        won=won,
        openings=_openings([*prework.values(), *notes, *topics], outcomes, promises),
    )


def _seat(seat: Seat, prework: dict[int, PreWork], now: datetime) -> SeatRow:
    state = "in" if seat.person_id in prework else "excused" if seat.excused else "missing"
    return SeatRow(
        person=seat.person,
        chairs=seat.chairs,
        here=rules.is_here(seat.seen_at, now),
        absent=seat.absent,
        prework=state if seat.prework_due_at or state == "in" else "",
        nothing=seat.nothing,
    )


def _items(
    meeting: Meeting,
    body: Body,
    seats: list[Seat],
    through: set[str],
    prework: dict[int, PreWork],
    notes: list[Note],
    outcomes: list[Outcome],
    promises: list[RoomPromise],
) -> list[ItemRow]:
    fields: dict[str, list[Note]] = defaultdict(list)
    for note in notes:
        fields[note.item].append(note)
    place = rules.place_of_prework(body)
    names = {seat.person_id: seat.person.name for seat in seats}
    sent = [
        Said(names.get(one.person_id, ""), rules.folded(one.text), one.pk)
        for one in prework.values()
        if one.text.strip()
    ]
    others = [seat.person.name.split()[0] for seat in seats if not seat.chairs]
    theirs = others[0] if len(seats) == 2 and len(others) == 1 else ""
    rows = []
    for item in body.items:
        own = [note for note in fields[item.key] if not note.beside]
        rows.append(
            ItemRow(
                item=item,
                state="now" if meeting.running == item.key else "done" if item.key in through else "coming",
                lead=_lead(item, seats),
                title=rules.named(item.text, theirs),
                text=own[0].text if own else "",
                number=own[0].number if own else 0,
                beside=[
                    Said(note.author.name, rules.folded(note.text), note.pk)
                    for note in fields[item.key]
                    if note.beside
                ],
                prework=sent if item.key == place and item.part != rules.ROUND else [],
                thanks=[
                    Said(
                        one.thanks.giver.name,
                        rules.folded(one.thanks.text),
                        one.thanks.pk,
                        one.thanks.receiver.name,
                    )
                    for one in outcomes
                    if one.thanks and (one.item == item.key or item.part == rules.THANKS)
                ],
                kept=[row for row in promises if row.item == item.key and item.part == rules.KEEP],
            )
        )
    return rows


def _lead(item: Item, seats: list[Seat]) -> str:
    """Who leads the item, by name where the room has one such person."""
    chair = next((seat.person.name for seat in seats if seat.chairs), "")
    others = [seat.person.name for seat in seats if not seat.chairs]
    if item.lead in rules.CHAIR_LEADS and chair:
        return chair.split()[0]
    if item.lead in ("manager", "rep") and len(others) == 1:
        return others[0].split()[0]
    return LEADS.get(item.lead, item.lead)


def _spoken(meeting: Meeting) -> list[RoundLine]:
    return list(RoundLine.objects.filter(meeting=meeting).prefetch_related("helpers"))


def _round(
    meeting: Meeting,
    seats: list[Seat],
    spoken: list[RoundLine],
    prework: dict[int, PreWork],
    now: datetime,
) -> list[RoundRow]:
    """Everyone in turn, the chair last; what is not said yet is prefilled from the pre-work."""
    said = {line.person_id: line for line in spoken}
    rows = []
    for seat in sorted(seats, key=lambda seat: (seat.chairs, seat.person.name, seat.person_id)):
        line, sent = said.get(seat.person_id), prework.get(seat.person_id)
        must_win, help_needed = rules.must_win_of(sent.text) if sent else ("", "")
        rows.append(
            RoundRow(
                person=seat.person,
                must_win=line.must_win if line else must_win,
                help_needed=line.help_needed if line else help_needed,
                said=line is not None,
                spoke=seat.spoke,
                has_turn=meeting.turn_id == seat.person_id,
                here=rules.is_here(seat.seen_at, now),
                helpers=sorted(line.helpers.all(), key=lambda one: one.name) if line else [],
            )
        )
    return rows


def _won(meeting: Meeting) -> list[Won]:
    """The must-wins of the last time that the round of this rhythm was held."""
    earlier = RoundLine.objects.filter(
        meeting__rhythm_id=meeting.rhythm_id, meeting__starts_at__lt=meeting.starts_at
    )
    last = earlier.order_by("-meeting__starts_at").values("meeting_id")[:1]
    lines = (
        RoundLine.objects.filter(meeting_id__in=last).select_related("person").order_by("person__name", "pk")
    )
    return [Won(line.pk, line.person.name, line.must_win, line.won) for line in lines if line.must_win]


def _openings(worded: Iterable[Worded], outcomes: list[Outcome], promises: list[RoomPromise]) -> list[Opened]:
    """Every sealed text that the page shows, by whom it is."""
    found = [
        Opened(one._meta.model_name or "", one.pk, name=str(one), author=_author(one))
        for one in worded
        if one.confidential
    ]
    found += [
        Opened(
            "thanks",
            one.thanks.pk,
            name=str(one.thanks),
            author=one.thanks.giver_id,
            about=one.thanks.receiver_id,
        )
        for one in outcomes
        if one.thanks and one.thanks.confidential
    ]
    return found + [row.opened for row in promises if row.opened]


def _author(one: Worded) -> int:
    return getattr(one, "person_id", None) or getattr(one, "author_id")  # noqa: B009 - of four kinds
