from datetime import UTC, date, datetime

import pytest

from drumbeat.journal.models import Entry
from drumbeat.people.tests.cast import TODAY
from drumbeat.promises.actions import make_promise, promise_by_line
from drumbeat.promises.actions.making import HasLeft
from drumbeat.promises.models import Promise
from drumbeat.promises.rules.lines import NoDay, NothingOwed, NotOneLine

pytestmark = pytest.mark.django_db


def by_line(cast, line: str, **more):
    values = {"people": [cast.ana, cast.tom], "confidential": True, **more}
    return promise_by_line(actor=cast.elena, today=TODAY, line=line, **values)


def test_it_works(cast):
    made = by_line(cast, "@Ana Fri price list for Brandt")
    kept = Promise.objects.get()
    assert (kept.owner, kept.asked_by, kept.author) == (cast.ana, cast.elena, cast.elena)
    assert (kept.text, kept.plain, kept.due, kept.first_due) == (
        "price list for Brandt",
        "",
        date(2026, 11, 27),
        date(2026, 11, 27),
    )
    assert made.said == "Due Fri 27 November."


def test_the_journal_names_kind_and_date_only(cast):
    by_line(cast, "@Ana Fri zanzibar")
    line = Entry.objects.latest("pk")
    assert (line.verb, line.object_name, line.details) == ("promise.add", "promise of 23 November 2026", {})


def test_a_plain_room_keeps_plain_words(cast):
    made = by_line(cast, "@Ana Fri price list", confidential=False)
    assert (made.plain, made.sealed) == ("price list", "")


def test_who_asked(cast):
    assert by_line(cast, "@Ana Fri list", asked_by=cast.tom).asked_by == cast.tom
    assert by_line(cast, "Fri list").asked_by == cast.elena
    assert by_line(cast, "Fri list for @Ana").asked_by == cast.ana
    mine = by_line(cast, "Fri list", people=[cast.elena, cast.ana])
    assert (mine.owner, mine.asked_by) == (cast.elena, cast.ana)


def test_tomorrow_is_told_where_the_owner_lives(cast):
    cast.ana.time_zone = "Asia/Tokyo"
    evening = datetime(2026, 11, 23, 20, tzinfo=UTC)
    assert by_line(cast, "@Ana tomorrow list", now=evening).due == date(2026, 11, 25)
    assert by_line(cast, "@Tom tomorrow list", now=evening).due == date(2026, 11, 24)


def test_the_owners_holidays_count(cast):
    cast.ana.country = "US"  # Thanksgiving
    assert by_line(cast, "@Ana Thu list").due == date(2026, 11, 27)
    assert by_line(cast, "@Tom Thu list").due == date(2026, 11, 26)


def test_refusals_make_nothing(cast):
    for line, refusal in [("@Ana list", NoDay), ("@Ana Fri", NothingOwed), ("\n" * 10_000, NotOneLine)]:
        with pytest.raises(refusal):
            by_line(cast, line)
    with pytest.raises(HasLeft, match="Lou Berger is no longer here"):
        by_line(cast, "@Lou Fri list", people=[cast.lou])
    assert not Promise.objects.exists()
    assert not Entry.objects.exists()


def test_without_a_line(cast):
    values = {"owner": cast.ana, "asked_by": cast.elena, "due": TODAY, "confidential": True}
    made = make_promise(actor=cast.elena, today=TODAY, text=" a\0 \n b ", **values)
    assert made.text == "a b"
    for text, refusal in [(" \0 ", NothingOwed), ("x" * 501, NotOneLine)]:
        with pytest.raises(refusal):
            make_promise(actor=cast.elena, today=TODAY, text=text, **values)
