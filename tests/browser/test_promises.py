"""Promises in a real browser: a line by the keyboard alone, done and taken back, every look."""

from datetime import timedelta

import pytest
from playwright.sync_api import expect

from drumbeat.people.tests.cast import TODAY
from drumbeat.promises.models import Promise
from drumbeat.promises.tests.make import promise
from tests.browser.looks import assert_accessible, assert_fits, assert_thumb_sized, in_every_look


@pytest.fixture
def some(cast, transactional_db):
    """Promises both ways: late, today, waiting, done, given a new date, one with a long text."""
    promise(cast.elena, cast.ana, "headcount answer from finance", due=TODAY)
    promise(cast.elena, cast.tom, "a word with the supplier", due=TODAY - timedelta(days=3), new_dates=2)
    waiting = {"state": "waiting", "waiting_for": cast.tom, "waiting_since": TODAY - timedelta(days=2)}
    promise(cast.elena, cast.ana, "sample parts", **waiting)
    promise(cast.elena, cast.elena, "read the market report " * 12, due=TODAY + timedelta(days=9))
    promise(cast.ana, cast.elena, "price list for Brandt", due=TODAY - timedelta(days=1))
    promise(cast.tom, cast.elena, "forecast", state="done", done_on=TODAY)
    promise(cast.mira, cast.ana, "visit report", due=TODAY - timedelta(days=5))
    return cast


def test_a_line_by_the_keyboard_then_done_then_undo(open_page, cast, transactional_db):
    page = open_page("/promises/owed/", person=cast.elena)
    page.get_by_role("link", name="Add a promise").first.focus()
    page.keyboard.press("Enter")
    line = page.get_by_label("Who owes what by when")
    expect(line).to_be_focused()
    page.keyboard.type("@rib")
    expect(page.get_by_role("option", name="Ana Ribeiro")).to_be_visible()
    page.keyboard.press("Enter")
    expect(line).to_have_value("@Ana Ribeiro ")
    page.keyboard.type("Fri price list for Brandt")
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Ana owes you. Due Fri 27 November.")
    row = page.get_by_role("listitem").filter(has_text="price list for Brandt")
    expect(row).to_contain_text("Fri 27 November")
    row.get_by_role("button", name="Done: price list for Brandt").press("Enter")
    expect(page.get_by_role("listitem").filter(has_text="done today")).to_be_visible()
    assert Promise.objects.get().state == "accepted"
    page.get_by_role("button", name="Undo").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Taken back.")
    assert Promise.objects.get().state == "open"
    assert page.url.endswith("/promises/owed/")


def test_what_cannot_be_read_is_kept(open_page, cast, transactional_db):
    page = open_page("/promises/", person=cast.elena, may_complain=True)
    page.get_by_role("link", name="Add a promise").first.click()
    page.get_by_label("Who owes what by when").fill("@Ana 31 February price list")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("There is no 31 February")
    expect(page.locator("#line-here")).to_have_value("@Ana 31 February price list")
    assert_accessible(page)


def test_without_script(open_page, some):
    page = open_page("/promises/", person=some.elena, script=False)
    page.locator("a.add").click()
    page.locator("#line-here").fill("Fri price list for @Tom")
    page.get_by_role("button", name="Add").first.click()
    expect(page.get_by_role("status")).to_contain_text("You owe Tom. Due Fri 27 November.")
    page.get_by_role("link", name="New dates for several").click()
    for box in page.get_by_role("checkbox").all():
        box.check()
    page.get_by_label("The day").fill("7 Dec")
    page.get_by_role("button", name="Give the new date").click()
    expect(page.get_by_role("status")).to_contain_text("5 promises given a new date.")
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("status")).to_contain_text("5 promises taken back.")


@in_every_look
def test_every_look(open_page, some, width, dark):
    mine = Promise.objects.get(state="waiting").pk
    page = open_page("/promises/?pick=1", person=some.elena, width=width, dark=dark)
    for address in ("", "promises/?by=person", "owed/", "team/", "kept/", "new/", f"{mine}/"):
        if address:
            page.goto(page.url.split("/promises/")[0] + "/promises/" + address.removeprefix("promises/"))
        assert_accessible(page)
        assert_fits(page)
        if width < 600:
            assert_thumb_sized(page)
    page.get_by_role("link", name="Add a promise").first.click()
    assert_accessible(page)
