"""Closing a prepared one-to-one in a real browser: at most four taps and one line, counted."""

from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from drumbeat.meetings.models import Meeting, Note, PreWork, Seat, Topic
from drumbeat.meetings.tests.make import meeting, rhythm
from drumbeat.people.tests.cast import TODAY
from drumbeat.promises.models import Promise
from tests.browser.looks import assert_accessible, assert_fits, assert_thumb_sized, in_every_look

NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)
# A tap is a click that a finger or a mouse made; Enter in a field sends the form without one.
COUNT = """
addEventListener("click", (event) => {
  if (event.isTrusted && event.detail > 0) {
    sessionStorage.setItem("taps", Number(sessionStorage.getItem("taps")) + 1);
  }
}, true);
"""


@pytest.fixture
def talk(cast, transactional_db, on_monday):
    """Prepared by both, held since half past six, with a note and something unfinished."""
    talks = rhythm(cast.elena, [cast.ana], name="One-to-one with Ana")
    meeting(talks, TODAY.replace(day=30))
    one = meeting(talks, at="06:30", started_at=NOW)
    Seat.objects.filter(meeting=one).update(came_at=NOW, seen_at=NOW)
    prework = PreWork(meeting=one, person=cast.ana, in_at=NOW, changed_at=NOW)
    prework.put("I took the meeting over again when Mira lost the thread.", confidential=True).save()
    note = Note(meeting=one, item="c", author=cast.ana, changed_at=NOW)
    note.put("The silence felt longer than it was.", confidential=True).save()
    topic = Topic(meeting=one, first=one, author=cast.ana, made_at=NOW)
    topic.put("Who follows Piotr", confidential=True).save()
    return one


def counting(open_page, path, **values):
    """The page with its taps counted from now on, over every page that follows."""
    page = open_page(path, **values)
    page.context.add_init_script(COUNT)
    page.reload()
    return page


def taps(page):
    return page.evaluate("Number(sessionStorage.getItem('taps'))")


def tap(page, role, name):
    button = page.get_by_role(role, name=name, exact=True)
    button.tap() if page.evaluate("navigator.maxTouchPoints") else button.click()


@pytest.mark.parametrize("width", [1440, 390])
def test_four_taps_and_one_line_with_the_two_of_the_rating(open_page, cast, talk, width):
    page = counting(open_page, f"/meetings/{talk.pk}/close/", person=cast.elena, width=width)
    # The field has the caret already: one line.
    page.keyboard.type("@Ana Thu count to ten before speaking at Kessler")
    page.keyboard.press("Enter")
    expect(page.get_by_text("count to ten before speaking at Kessler")).to_be_visible()
    tap(page, "button", "Nothing from Elena")
    expect(page.get_by_text("leaves with nothing", exact=True)).to_be_visible()
    tap(page, "button", "Close, write the minutes")
    expect(page.get_by_role("heading", name="Leaves with")).to_be_visible()
    tap(page, "button", "Yes")
    expect(page.get_by_role("button", name="Yes")).to_have_attribute("aria-pressed", "true")
    tap(page, "button", "clear")
    expect(page.get_by_text("Thank you.")).to_be_visible()
    assert taps(page) == 4
    seat = Seat.objects.get(meeting=talk, person=cast.elena)
    assert (seat.worth, seat.one_word) == (3, "clear")
    assert Promise.objects.get().owner == cast.ana
    assert Topic.objects.get().meeting.day == TODAY.replace(day=30)


@pytest.mark.parametrize("width", [1440, 390])
def test_from_the_room_it_is_three_taps_and_one_line(open_page, cast, talk, width):
    page = counting(
        open_page, f"/meetings/{talk.pk}/close/", person=cast.elena, width=width, may_complain=True
    )
    # The stream needs a server of its own (tests/test_live.py); loading again stands for what it tells.
    page.context.route("**/live/**", lambda route: route.abort())
    page.goto(page.url.removesuffix("close/"))
    field = page.locator("#new-promise")
    field.tap() if width < 600 else field.click()
    with page.expect_response(lambda answer: answer.request.method == "POST"):
        page.keyboard.type("@Ana Thu count to ten before speaking at Kessler")
        page.keyboard.press("Enter")
    page.reload()
    expect(page.get_by_text("Ana leaves with one step.")).to_be_visible()
    tap(page, "button", "Nothing from Elena")
    expect(page.get_by_text("one step. Elena leaves with nothing.")).to_be_visible()
    tap(page, "button", "Close, write the minutes")
    expect(page.get_by_text("Worth the time?")).to_be_visible()
    assert taps(page) == 3
    assert Meeting.objects.get(pk=talk.pk).closed_by == cast.elena


def test_without_script(open_page, cast, talk):
    page = open_page(f"/meetings/{talk.pk}/close/", person=cast.elena, width=390, script=False)
    page.get_by_role("textbox").fill("@Ana Thu count to ten")
    page.get_by_role("button", name="Add").click()
    page.get_by_role("button", name="Nothing from Elena").click()
    page.get_by_role("button", name="Close, write the minutes").click()
    expect(page.get_by_role("heading", name="Leaves with")).to_be_visible()
    page.get_by_role("button", name="Partly").click()
    page.get_by_role("button", name="rushed").click()
    assert Seat.objects.get(meeting=talk, person=cast.elena).one_word == "rushed"


def test_a_line_that_says_no_day_stays_in_its_field(open_page, cast, talk):
    page = open_page(f"/meetings/{talk.pk}/close/", person=cast.elena, may_complain=True)
    page.keyboard.type("@Ana count to ten")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_role("textbox")).to_have_value("@Ana count to ten")


@in_every_look
def test_the_pages_in_every_look(open_page, cast, talk, width, dark):
    page = open_page(f"/meetings/{talk.pk}/close/", person=cast.elena, width=width, dark=dark)
    _fits(page, width)
    Seat.objects.filter(meeting=talk).update(nothing=True)
    page.get_by_role("button", name="Close, write the minutes").click()
    expect(page.get_by_text("Worth the time?")).to_be_visible()
    _fits(page, width)


def _fits(page, width):
    assert_accessible(page)
    assert_fits(page)
    if width < 600:
        assert_thumb_sized(page)
