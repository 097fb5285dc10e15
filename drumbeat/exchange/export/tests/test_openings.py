"""Each opening of somebody's confidential text by another person is shown to that somebody."""

import pytest

from drumbeat.exchange.export.actions import export_me
from drumbeat.exchange.export.tests.make import DAY, everything_about_ana
from drumbeat.journal.models import Opening
from drumbeat.journal.openings import Opened, opened
from drumbeat.people.tests.cast import TODAY

pytestmark = pytest.mark.django_db


def told_to(client, person):
    """What the own page and the export say was opened, as texts."""
    page = client.get(f"/people/{person.pk}/").text.partition('id="openings"')[2]
    made = export_me(actor=person, today=TODAY, person=person)
    rows = next(part.rows for part in made.parts if part.key == "openings")
    return page, [f"{row['who']} read the {row['what']}" for row in rows]


def test_every_opening_is_shown(cast, sign_in):
    things = [
        Opened("promise", 1, name="promise of 3 November 2026", author=cast.ana.pk, about=cast.mira.pk),
        Opened("prework", 2, name="pre-work of 19 November 2026", author=cast.mira.pk),
        Opened("note", 3, name="note of 20 November 2026", author=cast.tom.pk),
    ]
    opened(cast.elena, things, today=DAY)
    opened(cast.tom, things, today=TODAY)  # the third is his own
    page, rows = told_to(sign_in(cast.mira), cast.mira)
    assert rows == [
        f"{name} read the {what}"
        for name in ("Tom Okafor", "Elena Hartmann")
        for what in ("pre-work of 19 November 2026", "promise of 3 November 2026")
    ]
    assert [row for row in rows if row not in page] == []
    assert "note of 20 November 2026" not in page
    page, rows = told_to(sign_in(cast.ana), cast.ana)
    assert len(rows) == 2
    assert all(row in page for row in rows)


def test_every_opening_by_a_page_is_shown(cast, sign_in):
    """Whatever page shows a sealed text: the one who wrote it, and whom it is about, find it there."""
    meeting = everything_about_ana(cast)
    Opening.objects.all().delete()
    pages = ("/week/", "/promises/", "/promises/owed/", f"/people/{cast.ana.pk}/", "/told-alone/")
    rooms = [f"/meetings/{meeting.pk}/{part}" for part in ("", "minutes/", "pre-work/", "alone/")]
    for person in (cast.elena, cast.ana):
        client = sign_in(person)
        assert [url for url in (*pages, *rooms) if client.get(url).status_code >= 500] == []
    found = list(Opening.objects.all())
    assert {one.object_kind for one in found} >= {"promise", "prework", "note", "minutes", "tellalone"}
    for person in (cast.elena, cast.ana):
        page, rows = told_to(sign_in(person), person)
        for one in found:
            if one.viewer_id != person.pk and person.pk in (one.author_id, one.about_id):
                said = f"{one.viewer_name} read the {one.object_name}"
                assert said in page, said
                assert said in rows, said


def test_own_reading_is_no_opening_and_the_second_of_a_day_neither(cast):
    thing = Opened("prework", 2, name="pre-work of 19 November 2026", author=cast.mira.pk)
    opened(cast.mira, [thing], today=DAY)
    opened(cast.ana, [thing, thing], today=DAY)
    opened(cast.ana, [thing], today=DAY)
    assert Opening.objects.count() == 1


def test_only_the_person_sees_who_opened(cast, sign_in):
    opened(cast.elena, [Opened("prework", 2, name="the pre-work", author=cast.mira.pk)], today=DAY)
    for name in ("elena", "ana", "hanna", "adam", "dora"):
        assert "Opened by others" not in sign_in(getattr(cast, name)).get(f"/people/{cast.mira.pk}/").text


def test_many_openings_are_paged_on_the_own_page_and_short_in_my_record(cast, sign_in):
    things = [Opened("prework", n, name=f"pre-work number {n:03}", author=cast.mira.pk) for n in range(120)]
    opened(cast.ana, things, today=DAY)
    client = sign_in(cast.mira)
    record = client.get("/my-record/").text
    assert record.count("pre-work number") == 10
    assert f'href="/people/{cast.mira.pk}/#openings"' in record
    seen = "".join(client.get(f"/people/{cast.mira.pk}/?page={n}").text for n in (1, 2, 3))
    assert [thing.name for thing in things if thing.name not in seen] == []
    assert client.get(f"/people/{cast.mira.pk}/?page=%00x").status_code == 200
    assert client.get(f"/people/{cast.mira.pk}/?page=999999999").status_code == 200


def test_nobody_opened_anything(cast, sign_in):
    assert "Nobody else has opened" in sign_in(cast.stella).get("/my-record/").text
