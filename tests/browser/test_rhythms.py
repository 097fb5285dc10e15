"""Rhythms in a real browser: one is added, a meeting is moved, both are taken back; every look."""

import pytest
from playwright.sync_api import expect

from drumbeat.meetings.actions.planning import plan_ahead
from drumbeat.meetings.models import Meeting, Rhythm
from drumbeat.meetings.tests import make
from drumbeat.people.tests.cast import TODAY
from tests.browser.looks import assert_accessible, assert_fits, assert_thumb_sized, in_every_look


@pytest.fixture
def rhythm(cast, on_monday, transactional_db):
    link = {
        "join_link": "https://nordhaus.zoom.us/j/1",
        "dial_in": "+49 30 1234, code 77#",
        "place": "Room 3",
    }
    made = make.rhythm(cast.elena, [cast.ana], **link)
    plan_ahead(actor=cast.elena, today=TODAY, rhythm=made)
    return made


@in_every_look
def test_the_pages_look_right(open_page, cast, rhythm, width, dark):
    first = rhythm.meetings.order_by("day").first()
    for path in (
        "/meetings/",
        f"/rhythms/{rhythm.pk}/",
        "/rhythms/add/",
        f"/rhythms/{rhythm.pk}/change/",
        f"/meetings/{first.pk}/move/",
        f"/meetings/{first.pk}/leave-out/",
    ):
        page = open_page(path, person=cast.elena, width=width, dark=dark)
        assert_accessible(page)
        assert_fits(page)
        if width < 600:
            assert_thumb_sized(page)


def test_a_rhythm_is_added_and_taken_back(open_page, cast):
    page = open_page("/meetings/", person=cast.elena, width=390)
    page.get_by_role("link", name="Add a rhythm").click()
    page.get_by_role("link", name="One-to-one").click()
    page.get_by_label("Ana Ribeiro").check()
    page.get_by_role("button", name="Begin the rhythm").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("One-to-one")
    expect(page.get_by_role("link", name="Leave out").first).to_be_visible()
    assert Rhythm.objects.get().meetings.count() == 7
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("It has ended.")).to_be_visible()
    assert not Meeting.objects.exists()


def test_a_meeting_is_moved_and_taken_back(open_page, cast, rhythm):
    page = open_page(f"/rhythms/{rhythm.pk}/", person=cast.elena)
    page.get_by_role("link", name="Move 23 November").click()
    page.get_by_label("To", exact=True).fill("2026-12-24")
    page.get_by_label("Why, with a word").fill("customer visit")
    page.get_by_role("button", name="Move", exact=True).click()
    expect(page.get_by_text("The next one is on Mon 30 November")).to_be_visible()
    expect(page.get_by_label("Why, with a word")).to_have_value("customer visit")
    page.get_by_label("To", exact=True).fill("2026-11-25")
    page.get_by_role("button", name="Move", exact=True).click()
    expect(page.get_by_text("moved from Mon 23 November")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("moved from")).to_have_count(0)
    assert not Meeting.objects.filter(by_hand=True).exists()


def test_a_meeting_is_left_out_without_script(open_page, cast, rhythm):
    page = open_page(f"/rhythms/{rhythm.pk}/", person=cast.elena, script=False)
    page.get_by_role("link", name="Leave out 23 November").click()
    page.get_by_label("Why, with a word").fill("fair in Hanover")
    page.get_by_role("button", name="Leave it out").click()
    expect(page.get_by_text("“fair in Hanover”")).to_be_visible()
    page.get_by_role("button", name="Bring back").click()
    expect(page.get_by_text("“fair in Hanover”")).to_have_count(0)
