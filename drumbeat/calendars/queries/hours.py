"""My hours: where the owner's time went, for the owner alone."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from drumbeat.calendars.models import Calendar
from drumbeat.calendars.queries.entries import entries_of
from drumbeat.calendars.rules.entries import UNKNOWN, Entry, coverage, minutes_by_category
from drumbeat.core.content import attention_categories
from drumbeat.core.periods import Period, quarter_of, weeks_to
from drumbeat.people.models import Person

WEEK, FOUR_WEEKS, QUARTER = "week", "four-weeks", "quarter"
SPANS = {WEEK: "Week", FOUR_WEEKS: "Four weeks", QUARTER: "Quarter"}
A_PAGE = 60


@dataclass(frozen=True)
class Share:
    """One category: its minutes, and what part of the known minutes that is; ``wished`` is the part wished
    for.
    """

    key: str
    name: str
    minutes: int
    share: float | None
    wished: float | None


@dataclass(frozen=True)
class Row:
    """One entry as the page shows it: ``what`` is its title where that is kept, else who takes part."""

    pk: int
    day: date
    starts: datetime
    ends: datetime
    what: str
    place: str
    link: str
    with_whom: str
    minutes: int
    category: str
    category_name: str
    reason: str
    repeats: bool


@dataclass(frozen=True)
class Hours:
    """The page. ``coverage`` is the part of the minutes whose category is known; None without any minute."""

    calendar: Calendar | None
    period: Period
    total: int = 0
    coverage: float | None = None
    shares: tuple[Share, ...] = ()
    unknown: int = 0
    rows: tuple[Row, ...] = ()
    shown: str = ""
    shown_name: str = ""
    more: int = 0
    page: int = 1
    begins: date | None = None
    categories: tuple[tuple[str, str], ...] = field(
        default_factory=lambda: tuple((one.id, one.name) for one in attention_categories())
    )


def span_of(kind: str, day: date) -> Period:
    """The calendar week, the four weeks that end with it, or the quarter that a day lies in."""
    if kind == QUARTER:
        return quarter_of(day)
    sunday = day + timedelta(days=6 - day.weekday())
    return weeks_to(sunday, 4 if kind == FOUR_WEEKS else 1)


def hours_page(
    owner: Person, period: Period, today: date, *, shown: str = "", page: int = 1, titles: bool = True
) -> Hours:
    """The owner's hours of a period up to and with ``today``, whatever is later left out; seven queries.

    ``shown`` is a category or ``unknown`` whose entries are listed; empty lists all of a week, else what is
    unknown. Raises KeyMissing or KeyWrong where ``titles`` are kept and cannot be opened.
    """
    calendar = Calendar.objects.filter(owner=owner).defer("address").first()
    if calendar is None:
        return Hours(None, period)
    last = min(period.last, today)
    found = [one for one in entries_of(calendar, period.first, last, today, titles=titles) if one.minutes]
    minutes = minutes_by_category(found, period.first, last)
    names = {one.id: one.name for one in attention_categories()}
    known = sum(minutes.values()) - minutes[UNKNOWN]
    shown = shown or ("" if period.days <= 7 else UNKNOWN)
    listed = [one for one in found if not shown or (one.category or UNKNOWN) == shown]
    first = (page - 1) * A_PAGE
    return Hours(
        calendar=calendar,
        period=period,
        total=sum(minutes.values()),
        coverage=coverage(minutes),
        shares=_shares(minutes, known),
        unknown=minutes[UNKNOWN],
        rows=tuple(_row(one, names, ZoneInfo(calendar.time_zone)) for one in listed[first : first + A_PAGE]),
        shown=shown,
        shown_name=names.get(shown, "Not known yet") if shown else "",
        more=max(0, len(listed) - first - A_PAGE),
        page=page,
        begins=calendar.covers_from,
    )


def _shares(minutes: dict[str, int], known: int) -> tuple[Share, ...]:
    return tuple(
        Share(one.id, one.name, minutes[one.id], minutes[one.id] / known if known else None, one.target_share)
        for one in attention_categories()
    )


def _row(one: Entry, names: dict[str, str], zone: ZoneInfo) -> Row:
    whom = _whom(one)
    assert one.pk is not None  # it comes from the database
    return Row(
        pk=one.pk,
        day=one.day,
        starts=one.starts_at.astimezone(zone),
        ends=one.ends_at.astimezone(zone),
        what=one.title or whom,
        place="" if one.link and one.link in one.place else one.place,
        link=one.link,
        with_whom=whom if one.title else "",
        minutes=one.minutes,
        category=one.category or "",
        category_name=names.get(one.category or "", ""),
        reason=one.reason,
        repeats=bool(one.rule),
    )


def _whom(one: Entry) -> str:
    """``With Ana Ribeiro, brandt.example and 2 others``."""
    parts = [person.name for person in one.people[:4]] + list(one.outside[:3])
    others = len(one.people[4:]) + len(one.outside[3:]) + one.strangers
    if others:
        parts.append(f"{others} {'other' if others == 1 else 'others'}")
    if not parts:
        return "Nobody else in it"
    return f"With {parts[0]}" if len(parts) == 1 else f"With {', '.join(parts[:-1])} and {parts[-1]}"
