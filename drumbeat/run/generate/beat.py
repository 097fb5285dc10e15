"""The made company's beat: eight weeks of rhythms, closed talks, promises both ways, a team that took the
huddle over. What happened is done by the product's own actions, each on its day.
"""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q

from drumbeat.calendars.models import Event
from drumbeat.core.days import add_working_days
from drumbeat.meetings.actions.alone import tell_alone
from drumbeat.meetings.actions.closing import close_meeting, leave_with_nothing, rate
from drumbeat.meetings.actions.prework import send_in
from drumbeat.meetings.actions.rhythms import add_rhythm
from drumbeat.meetings.actions.topics import put_topic
from drumbeat.meetings.facts import Facts
from drumbeat.meetings.models import Meeting, Note, Outcome, Rhythm, RoundLine, Seat, Tone
from drumbeat.meetings.planned import plan
from drumbeat.people.models import Person
from drumbeat.promises.actions import make_promise
from drumbeat.promises.models import Promise
from drumbeat.recognition.actions import thank
from drumbeat.run.generate import beat_words as words
from drumbeat.run.generate.calendar import ONE_TO_ONES
from drumbeat.run.generate.company import Company

WEEKS = 8
HUDDLES = 6  # weeks since the huddle is kept in its room


class _Beat:
    """The executive and the managers of the first branch, and the Monday from which weeks are counted."""

    def __init__(self, made: Company, today: date) -> None:
        branch = made.tree.branches[0]
        people = {one.email: one for one in Person.objects.filter(email__isnull=False)}
        self.today, self.monday = today, today - timedelta(days=today.weekday())
        self.executive = people[branch.leader.email]
        self.managers = {area.seat.story: people[area.manager.email] for area in branch.areas}
        self.teams = {
            area.seat.story: [people[rep.email] for rep in area.reps if rep.email in people]
            for area in branch.areas
        }
        self.zone = ZoneInfo(self.executive.time_zone)
        self.start = self.monday - timedelta(weeks=WEEKS)

    def day(self, week: int, weekday: int = 0) -> date:
        """A weekday of a week counted from this one."""
        return self.monday + timedelta(days=7 * week + weekday)

    def moment(self, day: date, hour: int = 0, minute: int = 0) -> datetime:
        """A local time of the executive's."""
        return datetime.combine(day, time(hour, minute), self.zone)

    def add(self, chair: Person, facts: Facts, begins: date, uid: str = "", **more: Rhythm) -> Rhythm:
        """A rhythm that began on that day, with its meetings up to a quarter ahead of today."""
        made = add_rhythm(
            actor=chair,
            today=begins,
            now=self.moment(begins),
            chair=chair,
            facts=facts,
            anyway=True,
            source_uid=uid,
            **more,
        )
        plan([made], today=begins, now=self.moment(begins), until=self.today + timedelta(days=92))
        return made


def bring_beat(made: Company, today: date) -> None:
    """Make the beat of the first branch, as of the day."""
    beat = _Beat(made, today)
    if len(beat.managers) < 2:
        return
    talks = _one_to_ones(beat)
    huddle = _huddle(beat)
    _plan_reviews(beat)
    _closed_talks(beat, talks)
    _huddles(beat, huddle, list(beat.managers.values()), words.TONES, words.THIS_WEEK)
    _passed_on(beat, huddle)
    _before_today(beat)
    _ahead(beat, huddle, talks)
    plan(Rhythm.objects.all(), today=today, now=beat.moment(today))


def _one_to_ones(beat: _Beat) -> dict[str, Rhythm]:
    found = {}
    for story, manager in beat.managers.items():
        known = ONE_TO_ONES[story]
        first = beat.start + timedelta(weeks=known.parity % known.every, days=known.weekday)
        facts = Facts(
            template="new_manager_checkin" if story == "promoted" else "one_to_one",
            frequency=Rhythm.WEEKLY if known.every == 1 else Rhythm.TWO_WEEKS,
            weekday=known.weekday,
            starts_on=first,
            at=time(known.hour, known.minute),
            minutes=30 if story == "promoted" else 45,
            people=(manager,),
            join_link="https://teams.microsoft.com/l/meetup-join/19%3a" + str(manager.external_id).lower(),
            dial_in="+49 711 555 0140, code 4471",
        )
        found[story] = beat.add(beat.executive, facts, beat.start, _uid(beat.executive, [manager], 60))
        _as_the_calendar(beat, found[story], story)
    return found


def _as_the_calendar(beat: _Beat, rhythm: Rhythm, story: str) -> None:
    """What the calendar tells of single ones: left out, or on another day of the week."""
    known, moved = ONE_TO_ONES[story], dict(ONE_TO_ONES[story].moved)
    for week in (*known.cancelled, *known.deleted, *known.declined, *moved):
        row = Meeting.objects.filter(rhythm=rhythm, slot_day=beat.day(week, known.weekday)).first()
        if row is None or row.state != Meeting.PLANNED:
            continue
        row.by_hand = True
        if week in moved:
            row.day = beat.day(week, moved[week])
            row.starts_at = beat.moment(row.day, known.hour, known.minute)
            row.ends_at = row.starts_at + timedelta(minutes=rhythm.minutes)
        else:
            row.state, row.word = Meeting.LEFT_OUT, words.SUPPLIER
        row.save()


def _huddle(beat: _Beat) -> Rhythm:
    facts = Facts(
        template="weekly_huddle",
        frequency=Rhythm.WEEKLY,
        weekday=0,
        starts_on=beat.start,
        at=time(8, 30),
        minutes=15,
        people=tuple(beat.managers.values()),
        join_link="https://teams.microsoft.com/l/meetup-join/19%3ahuddle",
        dial_in="+49 711 555 0140, code 1180",
    )
    return beat.add(beat.executive, facts, beat.start, _uid(beat.executive, list(beat.managers.values()), 20))


def _plan_reviews(beat: _Beat) -> None:
    for place, (story, manager) in enumerate(beat.managers.items()):
        if story == "never_met":
            continue
        facts = Facts(
            template="monthly_plan_review",
            frequency=Rhythm.MONTHLY,
            weekday=(1, 3)[place // 4 % 2],
            nth=place % 4 + 1,
            starts_on=beat.today,
            at=time(16),
            minutes=60,
            people=(manager,),
        )
        beat.add(beat.executive, facts, beat.today)


def _uid(owner: Person, others: list[Person], most_minutes: int) -> str:
    """The newest series of the calendar with exactly these people, no longer than that."""
    wanted = {owner.pk, *(one.pk for one in others)}
    events = Event.objects.filter(~Q(rule=""), calendar__owner=owner, people__person__in=others)
    for event in events.order_by("-starts_at").distinct().prefetch_related("people")[:400]:
        there = {each.person_id for each in event.people.all()} | {owner.pk}
        short = event.ends_at - event.starts_at <= timedelta(minutes=most_minutes)
        if short and there == wanted:
            return event.uid
    return ""


def _closed_talks(beat: _Beat, talks: dict[str, Rhythm]) -> None:
    for story, said in words.TALKS.items():
        if story not in talks:
            continue
        manager = beat.managers[story]
        for talk in said:
            first, last = beat.day(talk.week), beat.day(talk.week, 6)
            rows = Meeting.objects.filter(rhythm=talks[story], day__range=(first, last), state="planned")
            meeting = rows.select_related("rhythm").first()
            if meeting is None or meeting.day >= beat.today:
                continue
            _came(meeting, [beat.executive, manager])
            before = meeting.starts_at - timedelta(hours=22)
            send_in(actor=manager, today=before.date(), now=before, meeting=meeting, text=talk.prework)
            note = Note(meeting=meeting, item="c", author=manager, changed_at=meeting.ends_at)
            note.put(talk.note, confidential=True).save()
            for owed in talk.owed:
                pair = (beat.executive, manager) if owed.mine else (manager, beat.executive)
                _promise(beat, meeting, owed, *pair)
            _close(beat, meeting, manager)


def _came(meeting: Meeting, people: Iterable[Person]) -> None:
    """They were in the room from the beginning."""
    seats = Seat.objects.filter(meeting=meeting, person__in=[one.pk for one in people])
    seats.update(came_at=meeting.starts_at, seen_at=meeting.ends_at, spoke=True)
    meeting.started_at = meeting.starts_at
    meeting.save(update_fields=["started_at"])


def _close(beat: _Beat, meeting: Meeting, manager: Person) -> None:
    chair = meeting.rhythm.chair
    day, now = meeting.day, meeting.ends_at
    owing = set(Promise.objects.filter(made_in__meeting=meeting).values_list("owner_id", flat=True))
    for person in {one.pk: one for one in (chair, manager) if one.pk not in owing}.values():
        leave_with_nothing(actor=chair, today=day, meeting=meeting, person=person)
    close_meeting(actor=chair, today=day, now=now, meeting=meeting)
    rate(actor=manager, today=day, now=now, meeting=meeting, worth=3, one_word="useful")


def _promise(beat: _Beat, meeting: Meeting, owed: words.Owed, owner: Person, asked_by: Person) -> None:
    sealed = meeting.rhythm.confidential
    due = add_working_days(meeting.day, owed.due, owner.country, owner.region)
    row = make_promise(
        actor=owner,
        today=meeting.day,
        owner=owner,
        asked_by=asked_by,
        text=owed.text,
        due=due,
        confidential=sealed,
    )
    Outcome.objects.create(meeting=meeting, promise=row, item="e" if sealed else "f")
    became(row, owed.fate, beat.today)


def became(row: Promise, fate: str, today: date) -> None:
    """Bring a promise to what became of it by today; what lies ahead of today stays open."""
    past = min(row.due, today - timedelta(days=1))
    if fate == words.MOVED:
        row.due, row.new_dates = add_working_days(max(row.due, today), 3, row.owner.country), 1
    elif fate == words.LATE:
        row.due = row.first_due = min(row.due, add_working_days(today, -4, row.owner.country))
    elif fate == words.WAITING:
        row.state, row.waiting_since = Promise.WAITING, past
        row.waiting_for = row.asked_by
    elif fate == words.DROPPED:
        row.state, row.dropped_on, row.reason = Promise.DROPPED, past, "the customer put it off to spring"
    elif fate in (words.KEPT, words.DONE):
        row.state, row.done_on = Promise.DONE, past
        if fate == words.KEPT:
            row.state, row.accepted_on = Promise.ACCEPTED, past
    row.save()


def _huddles(beat: _Beat, huddle: Rhythm, team: list[Person], tones: tuple[str, ...], this_week: str) -> None:
    """The past huddles, closed; the sentence of each week."""
    chair = huddle.chair
    for place, tone in enumerate(tones[-HUDDLES:]):
        Tone.objects.create(leader=chair, week=beat.day(place - len(tones[-HUDDLES:])), text=tone)
    Tone.objects.create(leader=chair, week=beat.monday, text=this_week)
    since = beat.day(-HUDDLES)
    rows = Meeting.objects.filter(rhythm=huddle, day__gte=since, day__lt=beat.today, state="planned")
    for turn, meeting in enumerate(rows.select_related("rhythm", "rhythm__chair").order_by("day")):
        absent = team[turn % len(team)] if len(team) > 3 and turn % 2 else None
        there = [one for one in team if one != absent]
        _came(meeting, [chair, *there])
        for seat, person in enumerate(there):
            must_win, help_needed = words.MUST_WINS[(seat + turn) % len(words.MUST_WINS)]
            line = RoundLine.objects.create(
                meeting=meeting,
                person=person,
                must_win=must_win,
                help_needed=help_needed,
                won=(seat + turn) % 3 != 0,
                said_at=meeting.starts_at,
            )
            if help_needed:
                line.helpers.add(there[(seat + 1) % len(there)])
        if huddle.chair == beat.executive:
            owed = words.HUDDLE_OWED[turn % len(words.HUDDLE_OWED)]
            other = there[turn % len(there)]
            pair = (chair, other) if owed.mine else (other, chair)
            _promise(beat, meeting, owed, *pair)
            if turn % 2 == 0:
                receiver, text = there[turn % len(there)], words.THANKS[turn // 2 % len(words.THANKS)]
                thanks = thank(
                    actor=chair, today=meeting.day, receiver=receiver, text=text, confidential=False
                )
                Outcome.objects.create(meeting=meeting, thanks=thanks, item="e")
        late = timedelta(minutes=(0, 1, 0, 3, 0, 0)[turn % 6])
        close_meeting(actor=chair, today=meeting.day, now=meeting.ends_at + late, meeting=meeting)
        for seat, person in enumerate(there[:5]):
            rate(
                actor=person,
                today=meeting.day,
                now=meeting.ends_at,
                meeting=meeting,
                worth=3 if (seat + turn) % 4 else 2,
                one_word="clear" if seat % 2 else "useful",
            )


def _passed_on(beat: _Beat, huddle: Rhythm) -> None:
    """The first manager took the huddle over for the own team."""
    story, manager = next(iter(beat.managers.items()))
    team = beat.teams[story]
    facts = Facts(
        template="weekly_huddle",
        frequency=Rhythm.WEEKLY,
        weekday=1,
        starts_on=beat.day(-5, 1),
        at=time(8, 30),
        minutes=15,
        people=tuple(team),
        name="Huddle " + (manager.team or first(manager)),
    )
    made = beat.add(manager, facts, beat.day(-5), passed_from=huddle)
    _huddles(beat, made, team, (words.TEAM_TONE,), words.TEAM_TONE)


def first(person: Person) -> str:
    """The first name."""
    return person.name.split()[0]


def _before_today(beat: _Beat) -> None:
    """Nobody closed these: the talk in the car. They are closed by themselves, as the clock would."""
    wait = timedelta(days=5)
    rows = list(Meeting.objects.filter(day__lt=beat.today - wait, state=Meeting.PLANNED))
    for row in rows:
        row.state, row.closed_at = Meeting.CLOSED, row.ends_at + wait
    Meeting.objects.bulk_update(rows, ["state", "closed_at"])


def _ahead(beat: _Beat, huddle: Rhythm, talks: dict[str, Rhythm]) -> None:
    """This week: the huddle's pre-work, tomorrow's talk prepared, a line told alone."""
    coming = Meeting.objects.filter(state=Meeting.PLANNED, day__gte=beat.today).select_related(
        "rhythm", "rhythm__chair"
    )
    following = coming.filter(rhythm=huddle).order_by("day").first()
    if following is not None:
        for place, manager in enumerate(list(beat.managers.values())[:6]):
            must_win, help_needed = words.MUST_WINS[place]
            text = f"{must_win}; help: {help_needed}" if help_needed else must_win
            now = min(beat.moment(beat.today, 6, place), following.starts_at)
            send_in(actor=manager, today=beat.today, now=now, meeting=following, text=text)
    for story, text in (("trouble", words.TOMORROW), ("growing", "")):
        if story not in talks:
            continue
        meeting = coming.filter(rhythm=talks[story]).order_by("day").first()
        if meeting is None:
            continue
        manager, now = beat.managers[story], beat.moment(beat.today, 6, 30)
        if text:
            send_in(actor=manager, today=beat.today, now=now, meeting=meeting, text=text)
            put_topic(actor=beat.executive, today=beat.today, now=now, meeting=meeting, text=words.TOPIC)
        else:
            told = add_working_days(beat.today, -1, manager.country, manager.region)
            tell_alone(actor=manager, today=told, meeting=meeting, text=words.TOLD_ALONE)
