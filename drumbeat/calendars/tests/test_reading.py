import re
import warnings
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import icalendar
import pytest
import recurring_ical_events
from hypothesis import given, settings
from hypothesis import strategies as st

from drumbeat.calendars.rules.entries import entries
from drumbeat.calendars.rules.facts import CANCELLED, FELL_OUT, Limits
from drumbeat.calendars.rules.lines import CalendarTooLarge, NotACalendar
from drumbeat.calendars.rules.reading import read_ics
from drumbeat.calendars.tests.make import circle, event, ics
from drumbeat.core.refusal import Refused
from tests.real_data import real_data

FIRST, LAST = date(2026, 9, 1), date(2026, 12, 31)


def read(*events: str, head: str = "", **more):
    return read_ics(ics(*events, head=head), FIRST, LAST, **more)


def at(text: str) -> datetime:
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=UTC)


def test_it_works():
    found = read(
        event(
            "a",
            "20261005T080000Z",
            "20261005T084500Z",
            "LOCATION:Room 4",
            title="One-to-one",
            people=("Elena@acme.example=ACCEPTED", "ana@acme.example=ACCEPTED"),
        )
    )
    (one,) = found.occurrences
    assert (one.uid, one.recurrence_id, one.title, one.place) == ("a", "", "One-to-one", "Room 4")
    assert (one.starts_at, one.ends_at, one.minutes) == (at("2026-10-05 08:00"), at("2026-10-05 08:45"), 45)
    assert one.organizer is not None
    assert [(p.address, p.response) for p in one.people] == [
        ("elena@acme.example", "accepted"),
        ("ana@acme.example", "accepted"),
    ]
    assert found.covers_from == date(2026, 10, 5)
    assert (found.events, found.unreadable, found.truncated, found.notes) == (1, 0, False, ())


# -- whatever real clients write ----------------------------------------------------------------


def real_files() -> list[Path]:
    folder = Path(__file__).resolve().parents[4] / "shared" / "data" / "ics"
    return sorted(folder.rglob("*.ics")) if folder.is_dir() else []


def window_of(path: Path) -> tuple[date, date]:
    years = sorted(
        int(year)
        for year in re.findall(rb"DTSTART[^\n]*:(\d{4})\d{4}", path.read_bytes())
        if 1971 <= int(year) < 2100
    ) or [2020]
    return date(years[0], 1, 1), date(min(years[-1], years[0] + 25) + 2, 12, 31)


def by_library(path: Path, first: date, last: date, zone: ZoneInfo) -> set | None:
    """The library's own answer; None where it gives up on the file."""
    icalendar.timezone.tzp.use_default()  # else it takes time zones of one file for those of the next
    margin = timedelta(days=2)
    answer = set()
    try:
        for calendar in icalendar.Calendar.from_ical(path.read_bytes(), multiple=True):
            for one in recurring_ical_events.of(calendar).between(first - margin, last + margin):
                start, end = moment(one["DTSTART"].dt, zone), moment(one["DTEND"].dt, zone)
                if first <= start.astimezone(zone).date() <= last:
                    answer.add((str(one.get("UID", "")), start, end))
    except Exception:
        return None
    return answer


def moment(when: date | datetime, zone: ZoneInfo) -> datetime:
    if not isinstance(when, datetime):
        when = datetime(when.year, when.month, when.day, tzinfo=zone)
    return (when if when.tzinfo else when.replace(tzinfo=zone)).astimezone(UTC)


def test_every_real_file_is_survived_and_expanded_as_the_library_does():
    """256 files of other programs' test suites, some wrong on purpose."""
    real_data("ics")
    compared, refused = 0, []
    for path in real_files():
        first, last = window_of(path)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                found = read_ics(path, first, last, Limits(per_series=20_000))
            except Refused as error:
                refused.append(str(error))
                continue
            expected = by_library(path, first, last, ZoneInfo(found.time_zone))
        if expected is None:
            continue
        mine = {
            ("" if o.uid.startswith("without-uid") else o.uid, o.starts_at, o.ends_at)
            for o in found.occurrences
        }
        assert mine == expected, path.name
        compared += 1
    assert compared >= 190
    assert len(refused) <= 12
    assert all("calendar file" in sentence for sentence in refused)


def test_one_broken_event_costs_one_event():
    found = read(
        event("good", "20261005T080000Z", "20261005T090000Z"),
        event("bad", "20261399T080000Z"),
        "BEGIN:VEVENT\r\nUID:none\r\nSUMMARY:no start\r\nEND:VEVENT\r\n",
        event("rule", "20261005T080000Z", "20261005T090000Z", "RRULE:FREQ=NONSENSE"),
    )
    assert [one.uid for one in found.occurrences] == ["good"]
    assert found.unreadable == 3
    assert found.notes == ("3 entries could not be read and are left out.",)


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"", "empty"),
        (b"  \n\n", "empty"),
        (b"%PDF-1.7 whatever", "not a calendar file"),
        (b"\x00" * 1000, "not a calendar file"),
        (b"a,b,c\n1,2,3\n", "not a calendar file"),
        (ics(event("a", "20261005T080000Z"))[:-40], "ends in the middle"),
        (b"BEGIN:VCALENDAR\r\nCALSCALE:CHINESE\r\nEND:VCALENDAR\r\n", "Gregorian"),
    ],
)
def test_what_is_no_calendar_is_refused_with_a_sentence(data, sentence):
    with pytest.raises(NotACalendar, match=sentence):
        read_ics(data, FIRST, LAST)


def test_a_missing_file_and_a_folder_are_refused(tmp_path):
    for path in (tmp_path / "none.ics", tmp_path):
        with pytest.raises(NotACalendar, match="cannot be read"):
            read_ics(path, FIRST, LAST)


def test_a_file_over_the_limit_is_refused_unread():
    with pytest.raises(CalendarTooLarge, match="larger than 1 MB"):
        read_ics(b"BEGIN:VCALENDAR\r\n" + b"x" * 1_100_000, FIRST, LAST, Limits(file_bytes=1024 * 1024))


def test_encodings_and_folds_inside_a_letter():
    text = ics(event("a", "20261005T080000Z", title="Gespräch mit Zoë"))
    folded = text.replace("ä".encode(), "ä".encode()[:1] + b"\r\n " + "ä".encode()[1:])
    for data in (
        text,
        folded,
        b"\xef\xbb\xbf" + text,
        text.decode().encode("utf-16"),
        text.decode().encode("cp1252"),
    ):
        assert read_ics(data, FIRST, LAST).occurrences[0].title == "Gespräch mit Zoë"


# -- repeating events ---------------------------------------------------------------------------

WEEKLY = "RRULE:FREQ=WEEKLY;COUNT=4"


def test_exdate_is_left_out_and_told():
    found = read(event("w", "20261005T080000Z", "20261005T090000Z", WEEKLY, "EXDATE:20261012T080000Z"))
    assert [one.local_day.day for one in found.occurrences] == [5, 19, 26]
    (left_out,) = found.left_out
    assert (left_out.local_day, left_out.status, left_out.rule) == (date(2026, 10, 12), FELL_OUT, WEEKLY[6:])


def test_a_moved_occurrence_keeps_its_slot():
    moved = event("w", "20261014T100000Z", "20261014T110000Z", "RECURRENCE-ID:20261012T080000Z")
    found = read(event("w", "20261005T080000Z", "20261005T090000Z", WEEKLY), moved)
    one = found.occurrences[1]
    assert (one.recurrence_id, one.slot_day, one.local_day) == (
        "20261012T080000Z",
        date(2026, 10, 12),
        date(2026, 10, 14),
    )
    assert one.rule == WEEKLY[6:]
    assert len(found.occurrences) == 4


def test_a_cancelled_occurrence_stands_as_cancelled():
    gone = event(
        "w", "20261012T080000Z", "20261012T090000Z", "RECURRENCE-ID:20261012T080000Z", "STATUS:CANCELLED"
    )
    found = read(event("w", "20261005T080000Z", "20261005T090000Z", WEEKLY), gone)
    assert [one.status for one in found.occurrences].count(CANCELLED) == 1


def test_the_clock_stays_when_summer_time_ends():
    found = read(
        event("w", ";TZID=Europe/Berlin:20261019T090000", ";TZID=Europe/Berlin:20261019T100000", WEEKLY),
        zone="Europe/Berlin",
    )
    assert [one.starts_at.hour for one in found.occurrences] == [7, 8, 8, 8]


@pytest.mark.parametrize(
    "rule",
    [
        "FREQ=SECONDLY",
        "FREQ=SECONDLY;COUNT=1000000",
        "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30",
        "FREQ=MINUTELY;COUNT=1000000",
        "FREQ=DAILY;COUNT=1000000;BYHOUR="
        + ",".join(map(str, range(24)))
        + ";BYMINUTE="
        + ",".join(map(str, range(60))),
        "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
    ],
)
def test_a_million_fold_rule_neither_hangs_nor_floods(rule):
    found = read(
        event("mad", "20100104T080000Z", "20100104T080100Z", f"RRULE:{rule}"),
        event("good", "20261005T080000Z", "20261005T090000Z"),
    )
    assert [one.uid for one in found.occurrences] == ["good"]
    assert found.too_many == 1
    assert found.notes == ("One entry repeats more often than a person can meet, and is left out.",)


def test_each_minute_from_today_on_is_too_many():
    found = read(event("mad", "20261005T080000Z", "20261005T080100Z", "RRULE:FREQ=MINUTELY;COUNT=5000"))
    assert (len(found.occurrences), found.too_many, found.truncated) == (0, 1, False)


def test_too_many_events_are_cut_and_said():
    found = read(
        *(event(f"e{n}", "20261005T080000Z", "20261005T090000Z") for n in range(30)),
        limits=Limits(occurrences=20),
    )
    assert len(found.occurrences) == 20
    assert found.truncated
    assert "only the first 20 were read" in found.notes[0]


def test_a_list_of_dates_beyond_measure_is_one_unreadable_event():
    found = read(event("r", "20261005T080000Z", "", "RDATE:" + ",".join(["20261006T080000Z"] * 6_000)))
    assert (len(found.occurrences), found.unreadable) == (0, 1)


# -- time zones ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tzid", "hour"),
    [
        ("Europe/Berlin", 7),
        ("W. Europe Standard Time", 7),
        ("/freeassociation.sourceforge.net/Europe/Berlin", 7),
        ('"(UTC+01:00) Amsterdam, Berlin, Bern, Rome, Stockholm, Vienna"', 7),
        ("GMT+0200", 7),
        ("Nowhere/At-All", 13),
    ],
)
def test_time_zones_by_every_name(tzid, hour):
    start, end = f";TZID={tzid}:20261005T090000", f";TZID={tzid}:20261005T100000"
    found = read(event("a", start, end), zone="America/New_York")
    assert found.occurrences[0].starts_at.hour == hour
    assert bool(found.notes) == (hour == 13)


def custom(name: str, offset: str) -> str:
    return (
        f"BEGIN:VTIMEZONE\r\nTZID:{name}\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\n"
        f"TZOFFSETFROM:{offset}\r\nTZOFFSETTO:{offset}\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"
    )


def test_two_files_may_mean_different_zones_by_the_same_name():
    for offset, hour in (("+0300", 6), ("-0500", 14)):
        found = read(
            event("a", ";TZID=Our Zone:20261005T090000", ";TZID=Our Zone:20261005T100000"),
            head=custom("Our Zone", offset),
        )
        assert found.occurrences[0].starts_at.hour == hour


def test_a_zone_that_changes_each_second_is_not_worked_out():
    zone = custom("Mad", "+0300").replace("END:STANDARD", "RRULE:FREQ=SECONDLY\r\nEND:STANDARD")
    found = read(event("a", ";TZID=Mad:20261005T090000", ";TZID=Mad:20261005T100000"), head=zone)
    assert found.occurrences[0].starts_at.hour == 9
    assert "“Mad” is not known" in found.notes[0]


def test_floating_times_are_the_owners():
    found = read(event("a", "20261005T090000", "20261005T100000"), zone="Europe/Berlin")
    assert found.occurrences[0].starts_at == at("2026-10-05 07:00")


def test_the_day_is_the_owners_day():
    found = read(event("a", "20261005T230000Z", "20261006T000000Z"), zone="Asia/Tokyo")
    assert found.occurrences[0].local_day == date(2026, 10, 6)


def test_all_day_and_duration():
    found = read(
        event("day", "20261005", "20261007"),
        event("long", "20261008T080000Z", "", "DURATION:PT1H30M"),
        zone="Europe/Berlin",
    )
    day, long = found.occurrences
    assert day.all_day
    assert (day.local_day, day.minutes) == (date(2026, 10, 5), 2 * 24 * 60)
    assert long.minutes == 90


WHOLE = ics(
    event(
        "w",
        ";TZID=Our Zone:20261005T090000",
        ";TZID=Our Zone:20261005T100000",
        WEEKLY,
        "EXDATE:20261012T070000Z",
    ),
    event("s", "20261005T080000Z", "", "DURATION:PT1H", people=("elena@acme.example", "ana@acme.example")),
    event("d", "20261007", "20261008"),
    head=custom("Our Zone", "+0200"),
)
WILD = st.sampled_from(
    [
        b"",
        b":",
        b";",
        b"=",
        b'"',
        b"\r\n",
        b"\r\n ",
        b"\0",
        b"\xff",
        b"99999999",
        b"-",
        b"RRULE",
        b"END:VEVENT\r\n",
    ]
)


@given(st.lists(st.tuples(st.integers(0, len(WHOLE)), st.integers(0, 30), WILD), min_size=1, max_size=8))
@settings(max_examples=150, deadline=None)
def test_whatever_is_broken_in_a_file_it_is_read_or_refused(cuts):
    data = WHOLE
    for place, length, wild in cuts:
        data = data[:place] + wild + data[place + length :]
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            found = read_ics(data, FIRST, LAST)
        except Refused:
            return
    assert all(one.starts_at <= one.ends_at for one in found.occurrences)
    assert len(entries(found, circle())) == len(found.occurrences) + len(found.left_out)
