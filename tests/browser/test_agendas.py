"""Agendas, rhythms from the calendar, the sentence for the week: in a real browser."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from drumbeat.calendars.intake import bring_in
from drumbeat.calendars.tests.make import ics
from drumbeat.meetings.models import Agenda, Rhythm, Tone
from drumbeat.meetings.queries.agendas import agenda_of_template
from drumbeat.meetings.tests.test_proposals import HUDDLE, ONE, PLAN
from drumbeat.people.tests.cast import TODAY
from tests.browser.looks import assert_accessible, assert_fits, assert_thumb_sized, in_every_look

NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)


@pytest.fixture
def calendar(cast, transactional_db):
    """Elena's calendar with a huddle, a one-to-one and a plan review that repeat."""
    bring_in(actor=cast.elena, today=TODAY, at=NOW, owner=cast.elena, source=ics(ONE, HUDDLE, PLAN))


@in_every_look
def test_every_page_in_every_look(open_page, cast, calendar, width, dark):
    for person, path in [
        (cast.adam, "/templates/"),
        (cast.adam, "/templates/one_to_one/"),
        (cast.adam, "/templates/weekly_huddle/change/"),
        (cast.elena, "/rhythms/from-calendar/"),
        (cast.ana, "/rhythms/from-calendar/"),
        (cast.ana, "/tone/"),
    ]:
        page = open_page(path, person=person, width=width, dark=dark)
        assert_accessible(page)
        assert_fits(page)
        if width < 600:
            assert_thumb_sized(page)
        page.close()


@pytest.mark.parametrize("script", [True, False])
def test_an_agenda_is_changed_by_the_keyboard_and_taken_back(open_page, cast, transactional_db, script):
    page = open_page("/templates/weekly_huddle/change/", person=cast.adam, script=script)
    page.get_by_role("button", name="Add an item").click()
    page.get_by_label("Item 7", exact=True).fill("A word from the field")
    page.get_by_role("group", name="Item 7").get_by_label("Minutes").fill("2")
    page.get_by_role("button", name="Up item 7").click()
    expect(page.get_by_label("Item 6", exact=True)).to_have_value("A word from the field")
    expect(page.get_by_text("17 of 15 minutes: 2 too many")).to_be_visible()
    page.get_by_label("Length in minutes").fill("17")
    page.get_by_label("Length in minutes").press("Enter")
    expect(page.get_by_text("Saved, for coming meetings.")).to_be_visible()
    body = agenda_of_template("weekly_huddle", datetime.now(UTC))
    assert [item.key for item in body.items] == ["a", "b", "c", "d", "e", "g", "f"]
    assert body.minutes == 17
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("heading", name="Agenda, 15 minutes")).to_be_visible()
    assert Agenda.objects.count() == 2


def test_rhythms_are_taken_over_from_the_calendar_on_the_phone(open_page, cast, calendar):
    page = open_page("/rhythms/from-calendar/", person=cast.elena, width=390)
    boxes = page.get_by_role("checkbox")
    expect(boxes).to_have_count(3)
    boxes.nth(2).uncheck()
    page.get_by_role("button", name="Take over").click()
    expect(page.get_by_text("2 rhythms are taken over.")).to_be_visible()
    assert set(Rhythm.objects.values_list("template", flat=True)) == {"weekly_huddle", "one_to_one"}
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("checkbox")).to_have_count(3)
    assert not Rhythm.objects.exists()


def test_the_sentence_for_the_week(open_page, cast, transactional_db):
    page = open_page("/tone/", person=cast.ana, script=False)
    page.get_by_label("Your sentence for the week").fill("Listen first, price last")
    page.get_by_role("button", name="Say it").click()
    assert Tone.objects.get().text == "Listen first, price last"
