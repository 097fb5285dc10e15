"""Calendars in the look back: one-to-ones, days at customers, hours, and what they leave unknown."""

from datetime import date

import pytest

from drumbeat.core.refusal import Refused
from drumbeat.desk.lookback.circle import is_customer
from drumbeat.desk.lookback.look import look_back
from drumbeat.desk.lookback.tests.make import TODAY, deals, people, won

ELENA = "elena@drum.example"
CAST = [
    ("Elena", ELENA, ""),
    ("Ana", "ana@drum.example", "Elena"),
    ("Bea", "bea@drum.example", "Elena"),
    ("Rob", "rob@drum.example", "Ana"),
    ("Tim", "tim@drum.example", "Bea"),
]


def event(uid: str, day: str, title: str, *with_whom: str, hours: int = 1, more: str = "") -> str:
    """One event at nine in the morning."""
    who = "".join(f"ATTENDEE:mailto:{one}\r\n" for one in (ELENA, *with_whom))
    return (
        f"BEGIN:VEVENT\r\nUID:{uid}\r\nDTSTAMP:20170101T000000Z\r\nDTSTART:{day}T090000Z\r\n"
        f"DTEND:{day}T{9 + hours:02}0000Z\r\nSUMMARY:{title}\r\n{more}{who}END:VEVENT\r\n"
    )


def calendar(folder, *events: str):
    """A calendar file."""
    path = folder / "mine.ics"
    text = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//test//EN\r\n" + "".join(events) + "END:VCALENDAR\r\n"
    path.write_text(text, newline="")
    return path


@pytest.fixture
def tables(tmp_path):
    return [
        people(tmp_path, *CAST, header=("name", "email", "manager")),
        deals(tmp_path, won(1, "Rob", "2017-12-01"), won(2, "Tim", "2017-12-01")),
    ]


def row_of(look, manager):
    return next(row for row in look.managers if row.manager == manager)


def test_it_works(tables, tmp_path):
    mine = calendar(
        tmp_path,
        event("a1", "20170901", "1:1", "ana@drum.example"),
        event("a2", "20171006", "1:1", "ana@drum.example"),
        event("a3", "20171020", "1:1", "ana@drum.example"),
        event("a4", "20171103", "1:1", "ana@drum.example"),
        event("b1", "20171110", "Visit", "bea@drum.example", "buyer@acme.example", hours=3),
        event("s1", "20171115", "Terms", "sales@parts.example", hours=8),
        event("a5", "20180105", "1:1", "ana@drum.example"),
    )
    look = look_back(tables, calendars=[mine], suppliers=["parts.example"], as_of=TODAY)
    ana, bea = row_of(look, "Ana"), row_of(look, "Bea")
    assert (ana.one_to_ones, ana.customer_days, ana.minutes_together) == (3, 0, 180)
    assert (bea.one_to_ones, bea.customer_days) == (0, 1)  # acme.example is the account Acme
    assert [mark.week for mark in ana.marks] == [0, 2, 4, 13]
    assert [mark.kind for mark in ana.marks] == ["took_place", "took_place", "took_place", "planned"]
    assert look.minutes["suppliers"] == 480
    assert look.minutes["customers_joint"] == 180
    truths = {truth.key: truth for truth in look.truths}
    assert (
        truths["minutes_mix"].sentence == "You spent 8 hours with suppliers and 3 on coaching your managers."
    )
    assert truths["unseen"].numbers == {"manager": "Ana", "days": 58, "usual": 14.0}
    assert ana.sentence == "No one-to-one for 58 days; usually it is every 14 days."
    assert look.rows["unseen"][1][0][:2] == ("2017-09-01", "1:1")
    assert look.owner == ELENA


def test_without_a_calendar_nothing_is_said_of_hours(tables):
    look = look_back(tables, as_of=TODAY)
    assert look.minutes is None
    assert row_of(look, "Ana").one_to_ones is None
    assert "your hours and one-to-ones: no calendar" in look.unknown


def test_who_owns_the_calendar(tables, tmp_path):
    """Somebody else's address is in as many events; ``me`` says whose calendar it is."""
    mine = calendar(tmp_path, event("x", "20171101", "1:1", "ana@drum.example"))
    look = look_back(tables, calendars=[mine], me=ELENA, as_of=TODAY)
    assert row_of(look, "Ana").one_to_ones == 1


def test_names_stand_in_for_addresses(tmp_path):
    """Without e-mail addresses people are matched by exact name; the managers are the owner's reports."""
    tables = [
        people(tmp_path, ("Rob", "Ana Weber"), ("Tim", "Bea Lang")),
        deals(tmp_path, won(1, "Rob", "2017-12-01")),
    ]
    mine = calendar(tmp_path, event("x", "20171101", "Talk", "ana.weber@drum.example"))
    look = look_back(tables, calendars=[mine], me=ELENA, as_of=TODAY)
    assert row_of(look, "Ana Weber").one_to_ones == 1


def test_a_calendar_among_the_files_is_found(tables, tmp_path):
    mine = calendar(tmp_path, event("x", "20171101", "1:1", "ana@drum.example"))
    assert row_of(look_back([*tables, mine], me=ELENA, as_of=TODAY), "Ana").one_to_ones == 1


def test_what_the_calendar_does_not_cover(tables, tmp_path):
    mine = calendar(tmp_path, event("x", "20171105", "Odd", "who@nowhere.example"))
    look = look_back(tables, calendars=[mine], me=ELENA, as_of=TODAY)
    assert "your hours before 5 November 2017, where the calendar begins" in look.unknown
    assert "what 1 hour in your calendar were for" in look.unknown or look.minutes["unknown"] == 60
    assert "minutes_mix" not in {truth.key for truth in look.truths}


def test_refusals(tables, tmp_path):
    with pytest.raises(Refused):
        look_back(tables, calendars=[tmp_path / "absent.ics"], as_of=TODAY)
    with pytest.raises(Refused):
        look_back(tables, calendars=[tmp_path], as_of=TODAY)
    with pytest.raises(Refused):
        look_back(tables, calendars=[tables[0]], as_of=TODAY)


@pytest.mark.parametrize(
    ("domain", "answer"),
    [
        ("brandt.example", True),
        ("brandt-pumps.de", True),
        ("mail.brandt.co.uk", True),
        ("shop.known.org", True),
        ("known.org", True),
        ("unknown.org", False),
        ("bra.de", False),
        ("brandtx.de", False),
    ],
)
def test_customers_are_guessed_from_the_accounts(domain, answer):
    assert is_customer(domain, {"known.org"}, {"brandt pumps gmbh", "bra ltd"}) is answer


def test_as_of_is_the_last_day(tables, tmp_path):
    mine = calendar(
        tmp_path,
        event("x", "20171231", "1:1", "ana@drum.example"),
        event("y", "20180101", "1:1", "ana@drum.example"),
    )
    look = look_back(tables, calendars=[mine], me=ELENA, as_of=date(2017, 12, 31))
    assert [mark.kind for mark in row_of(look, "Ana").marks] == ["took_place", "planned"]
