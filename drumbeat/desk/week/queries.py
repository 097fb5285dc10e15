"""The one loader of This week."""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from django.urls import reverse

from drumbeat.calendars.circles import Team
from drumbeat.calendars.rules.relations import USUAL_WITHOUT_ANY
from drumbeat.calendars.rules.slots import Slot
from drumbeat.core.periods import Period, quarter_of
from drumbeat.core.wording import count, percent, short_day, short_money, signed
from drumbeat.desk.calendar import LoadedCalendar, load_calendar
from drumbeat.desk.relations import OwnCalendar
from drumbeat.desk.rooms import rooms_with, sittings_of
from drumbeat.desk.week.beat import MeetingRow, Owed, asks_of, names_of, owed_of, this_weeks
from drumbeat.desk.week.things import relation_of, signals_of, thanks_of, things_of, truths_of
from drumbeat.people.models import Beat, Person
from drumbeat.plan.figures import managers, with_changed
from drumbeat.signals.facts import PlanFacts
from drumbeat.signals.models import PutOff
from drumbeat.signals.queries import Desk, desk_of
from drumbeat.signals.rules.choose import COOL_DOWN
from drumbeat.signals.rules.sentence import manager_sentence, weeks_below
from drumbeat.signals.rules.week import Signal, bad_month_line, pace

STALE = timedelta(days=7)
HISTORY, AHEAD = timedelta(weeks=13), timedelta(weeks=5)
Things = list[dict[str, Any]]


@dataclass(frozen=True)
class Week:
    """Everything that This week shows."""

    today: date
    period: Period
    week: int
    weeks: int
    pace: float | None
    things: Things
    thanks: dict[str, Any] | None
    rows: list[dict[str, Any]]
    calm: int
    calendar: LoadedCalendar | None
    of_reps: bool
    meetings: list[MeetingRow]
    owed: Owed

    @property
    def figure_label(self) -> str:
        """What the figures are: against the plan where anybody has one."""
        return "Plan to date" if any(row["due"] is not None for row in self.rows) else "So far this quarter"

    @property
    def who_label(self) -> str:
        return "Rep" if self.of_reps else "Manager"

    @property
    def stale_since(self) -> date | None:
        """The day on which the calendar was last read, where that is a week ago or more."""
        read_on = self.calendar.read_on if self.calendar else None
        return read_on if read_on is not None and self.today - read_on >= STALE else None

    @property
    def lanes(self) -> list[dict[str, Any]]:
        return [row["lane"] for row in self.rows if row["lane"]]

    @property
    def minutes(self) -> list[tuple[str, int]]:
        """My last four weeks in a line: hours with managers and customers, suppliers, fires."""
        if self.calendar is None or self.calendar.read_on is None:
            return []
        spent = self.calendar.four_weeks
        together = spent.get("coach_managers", 0) + spent.get("customers_joint", 0)
        return [
            ("with managers and customers", together),
            ("suppliers", spent.get("suppliers", 0)),
            ("fires", spent.get("fires", 0)),
        ]


def week_of(leader: Person, today: date, now: datetime | None = None) -> Week:
    """This week of a leader; the same number of statements for one manager and for sixty.

    ``now`` is the moment that tells what is over; without it, seven in the morning of the leader's day.
    """
    now = now or datetime.combine(today, time(7), ZoneInfo(leader.time_zone))
    people = managers(leader, today)
    of_reps = not people
    if of_reps:
        people = _reps(leader, today)
    desk = desk_of(leader, people, today)
    names, monday = names_of(people), today - timedelta(days=today.weekday())
    sittings = sittings_of(leader, monday - HISTORY, monday + AHEAD)
    rooms = rooms_with(leader.pk, names.keys(), sittings, now)
    calendar = load_calendar(leader, people, _team(desk), today, rooms)
    owed = owed_of(leader, today)
    own = calendar.own if calendar else None
    silenced = _silenced(leader, today)
    truths = truths_of(desk.deals, own)
    asks = asks_of(leader, owed, sittings, names, today, now)
    chosen = things_of(
        [*signals_of(desk.plans, own, agreed_days=_wished_days(leader)), *asks],
        signals_of(desk.plans_a_week_ago, None),
        truths,
        today=today,
        silenced=silenced,
        me=leader.pk,
    )
    thanks = thanks_of(desk.wins, silenced, today)
    by_pk = {person.pk: person for person in people}
    rows = [{**_row(person, desk, own, chosen), "aside": owed.beside(person.pk)} for person in people]
    period = quarter_of(today)
    return Week(
        today=today,
        period=period,
        week=min((today - period.first).days // 7 + 1, period.days // 7),
        weeks=period.days // 7,
        pace=_together(desk.plans.values()),
        things=[_thing(signal, leader, by_pk, calendar, desk) for signal in chosen],
        thanks=_thanks(thanks, desk) if thanks else None,
        rows=rows,
        calm=sum(row["calm"] for row in rows),
        calendar=calendar,
        of_reps=of_reps,
        meetings=this_weeks(leader, sittings, names, today, now),
        owed=owed,
    )


def _reps(leader: Person, today: date) -> list[Person]:
    """A manager of reps sees the same about the own team: each rep a row."""
    return list(with_changed(Person.objects.employed_on(today).below(leader.pk, today), today))


def _wished_days(leader: Person) -> int:
    """The days that the leader wants between two one-to-ones; every two weeks until that was said."""
    beat: Beat | None = getattr(leader, "beat", None)
    return beat.one_to_one_days if beat else USUAL_WITHOUT_ANY


def _team(desk: Desk) -> Team:
    """Who works for whom, out of what was counted already."""
    names = {str(person.pk): person.name for person in desk.managers}
    report_of = {key: key for key in names}
    for manager, members in desk.members.items():
        for member in members:
            if member.below and str(member.pk) not in report_of:
                names[str(member.pk)] = member.name
                report_of[str(member.pk)] = str(manager)
    return Team(names, report_of)


def _silenced(leader: Person, today: date) -> Mapping[tuple[str, Hashable], date]:
    said = PutOff.objects.filter(person=leader, day__gt=today - COOL_DOWN, day__lte=today)
    return {
        (key, about if about is not None else (leader.pk, key)): day
        for key, about, day in said.order_by("day").values_list("key", "about_id", "day")
    }


def _together(plans: Any) -> float | None:
    """The team's pace: what is reached against the sum of what is due to date, where every part is known."""
    known = [plan for plan in plans if plan.target is not None and plan.share > 0]
    due = sum((float(plan.target) * plan.share for plan in known), 0.0)
    return sum(float(plan.actual) for plan in known) / due if due and len(known) == len(list(plans)) else None


def _row(person: Person, desk: Desk, own: OwnCalendar | None, chosen: Sequence[Signal]) -> dict[str, Any]:
    plan, team = desk.plans[person.pk], desk.team(person)
    reached, line = pace(plan), bad_month_line(plan.weekly, plan.weeks_gone)
    relation = own.of.get(str(person.pk)) if own else None
    named = any(signal.about == person.pk for signal in chosen)
    url = reverse("desk:person", args=[person.pk])
    lane = None
    if relation is not None:
        lane = {
            "name": person.name.split()[0],
            "marks": [{**vars(mark), "url": mark.url or f"{url}#d{mark.day}"} for mark in relation.marks],
            "days": [{**vars(mark), "url": f"{url}#d{mark.day}"} for mark in relation.days],
        }
    trouble = reached is not None and line is not None and reached < line and plan.since is None
    usual = manager_sentence(team, desk.deals, own.facts if own else None, relation_of(own, person.pk))
    note = [person.team, count(team.reps, "rep") if team.reps else ""]
    figure = percent(reached) if reached is not None else short_money(plan.actual)
    return {
        "name": person.name,
        "url": url,
        "note": " · ".join(filter(None, note)),
        "figure": figure,
        "figure_label": "plan to date" if plan.target is not None else "so far this quarter",
        "beside": _beside(plan),
        "reached": float(plan.actual / plan.target) if plan.target else None,
        "due": plan.share if plan.target else None,
        "trouble": trouble,
        "lane": lane,
        "sentence": weeks_below(plan) if trouble else usual,
        "calm": not named,
    }


def _beside(plan: PlanFacts) -> str:
    """What is ahead of (or behind) the plan to date in money; without a target, against what."""
    if plan.since is not None:
        return f"since {short_day(plan.since)}"
    if plan.target is not None:
        return signed(short_money(plan.actual - plan.target * Decimal(str(plan.share))))
    return "of last year’s" if plan.last_year else "no target"


def _thing(
    signal: Signal, leader: Person, people: Mapping[int, Person], calendar: LoadedCalendar | None, desk: Desk
) -> dict[str, Any]:
    person = people.get(signal.about) if isinstance(signal.about, int) else None
    rows_url = _rows_url(signal, leader, person)
    slots = calendar.slots if calendar else []
    action: dict[str, str] = {"label": signal.action.label, "url": rows_url}
    if signal.action.kind == "slots" and person is not None:
        if slots:
            action = {"label": signal.action.label, "copy_text": _offer(person, slots)}
        else:
            action = {
                "label": f"Write to {person.name.split()[0]}",
                "url": _mail(person, "A talk this week", ""),
            }
    if signal.action.kind == "mail" and person is not None and person.email:
        action = {"label": signal.action.label, "url": _mail(person, "Our pre-work", "")}
    put_off = [signal.key, person.pk if person else 0]
    return {
        "key": signal.key,
        "sentence": signal.sentence,
        "detail": signal.detail or _behind(signal, desk) or _free(signal, slots),
        "rows_url": rows_url if action.get("url") != rows_url else "",
        "rows_label": "See the rows",
        "action": action,
        "later_url": reverse("desk:put_off", args=[*put_off, PutOff.NOT_NOW]),
        "dismiss_url": reverse("desk:put_off", args=[*put_off, PutOff.NOT_USEFUL]),
    }


def _behind(signal: Signal, desk: Desk) -> str:
    """Of a plan that slips: how much is missing to date, and for how long."""
    if signal.key != "plan_pace" or not isinstance(signal.about, int):
        return ""
    plan = desk.plans[signal.about]
    weeks = weeks_below(plan).partition(": ")[2]
    if plan.target is None:
        return weeks[:1].upper() + weeks[1:]
    missing = plan.target * Decimal(str(plan.share)) - plan.actual
    return f"{short_money(missing)} are missing to date; {weeks}"


def _free(signal: Signal, slots: Sequence[Slot]) -> str:
    if signal.action.kind != "slots" or not slots:
        return ""
    return f"You are free {' and '.join(slot.words for slot in slots)}."


def _offer(person: Person, slots: Sequence[Slot]) -> str:
    times = " or ".join(slot.words for slot in slots)
    return f"{person.name.split()[0]}, shall we take 45 minutes: {times}?"


def _rows_url(signal: Signal, leader: Person, person: Person | None) -> str:
    """Where the rows behind a thing stand."""
    if signal.key == "told_alone_waits":
        return reverse("meetings:told_alone")
    if signal.key == "promise_late":
        return reverse("promises:list")
    if signal.key == "prework_twice":
        return reverse("meetings:room", args=[signal.rows[0]])
    if signal.key in ("minutes_mix", "rhythm_stopped"):
        return reverse("calendars:hours")
    if signal.key == "reps_without_deals":
        return reverse("people:list")
    if signal.key in ("unmet", "above_plan_unmet") and person is not None:
        return reverse("desk:person", args=[person.pk])
    what = "won" if signal.key == "rep_share" else "open"
    url = reverse("plan:rows", args=[(person or leader).pk, what])
    if signal.key == "aged_deals":
        return f"{url}?older={signal.numbers['longest_days']}"
    if signal.key == "unowned_facts":
        most = max(
            (fact for fact in ("account", "amount", "close_date")),
            key=lambda fact: signal.numbers.get(fact) or 0,
        )
        return f"{url}?missing={most}"
    return url


def _thanks(signal: Signal, desk: Desk) -> dict[str, Any]:
    win = next(win for win in desk.wins if win.id == signal.rows[0])
    rep = int(str(win.key))
    person = Person(name=win.rep, email=desk.addresses.get(rep))
    first = win.rep.split()[0]
    body = f"{first}, congratulations on {win.name or win.account or 'the deal'}. "
    return {
        "sentence": signal.sentence,
        "url": _mail(person, "Well done", body) if person.email else reverse("desk:person", args=[rep]),
        "verb": "Write two lines" if person.email else "See the person",
    }


def _mail(person: Person, subject: str, body: str) -> str:
    """A letter that the reader's own mail program opens."""
    return f"mailto:{quote(person.email or '')}?subject={quote(subject)}&body={quote(body)}"
