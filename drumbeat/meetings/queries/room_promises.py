"""The promises that a room shows: between the two, or what a team promised here and the last time."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from drumbeat.journal.openings import Opened
from drumbeat.meetings.models import Meeting
from drumbeat.people.models import Person
from drumbeat.promises.models import Promise
from drumbeat.promises.rules.ageing import Facts, late_days, words

DONE = (Promise.DONE, Promise.ACCEPTED)
LATELY = 14  # days for which what is done stays beside what is owed, in a meeting of two


@dataclass(frozen=True)
class RoomPromise:
    """One promise as the room shows it; ``item``: of which agenda item, where it came out of this meeting."""

    pk: int
    text: str
    owner: str
    owner_id: int
    asked_by: str
    asked_by_id: int
    words: str
    late: bool
    done: bool
    here: bool
    item: str
    opened: Opened | None


def promises_for(meeting: Meeting, people: list[Person], today: date) -> list[RoomPromise]:
    """What is owed, nearest first, then what is done. One statement."""
    rows = Promise.objects.exclude(state=Promise.DROPPED).select_related(
        "owner", "asked_by", "waiting_for", "made_in"
    )
    if len(people) == 2 and meeting.rhythm.confidential:
        one, other = people
        pair = Q(owner=one, asked_by=other) | Q(owner=other, asked_by=one)
        fresh = Q(state__in=Promise.UNKEPT) | Q(done_on__gte=date.fromordinal(today.toordinal() - LATELY))
        rows = rows.filter(Q(pair & fresh) | Q(made_in__meeting=meeting))
    else:
        last = (
            Meeting.objects.filter(rhythm_id=meeting.rhythm_id, starts_at__lt=meeting.starts_at)
            .exclude(state__in=[Meeting.LEFT_OUT, Meeting.AWAY])
            .order_by("-starts_at")
            .values("pk")[:1]
        )
        rows = rows.filter(Q(made_in__meeting=meeting) | Q(made_in__meeting__in=last))
    found = [_row(one, meeting, today) for one in rows.order_by("due", "pk")[:200]]
    return [row for row in found if not row.done] + [row for row in found if row.done]


def _row(one: Promise, meeting: Meeting, today: date) -> RoomPromise:
    made_in = getattr(one, "made_in", None)
    here = made_in is not None and made_in.meeting_id == meeting.pk
    facts = Facts(one.state, one.due, one.done_on, one.waiting_since, one.waited_days)
    return RoomPromise(
        pk=one.pk,
        text=one.text,
        owner=one.owner.name,
        owner_id=one.owner_id,
        asked_by=one.asked_by.name,
        asked_by_id=one.asked_by_id,
        words=words(facts, today, one.waiting_for.name if one.waiting_for else ""),
        late=one.state == Promise.OPEN and late_days(facts, today) > 0,
        done=one.state in DONE,
        here=here,
        item=made_in.item if here and made_in else "",
        opened=Opened("promise", one.pk, name=str(one), author=one.author_id, about=one.owner_id)
        if one.confidential
        else None,
    )
