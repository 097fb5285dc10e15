"""The room as it looks, and a huddle on a phone without script."""

import pytest

from drumbeat.meetings.actions.notes import save_note
from drumbeat.meetings.actions.promising import promise_in_room
from drumbeat.meetings.actions.room import run_item
from drumbeat.meetings.actions.round import hand_on, say_line
from drumbeat.meetings.tests import make
from drumbeat.meetings.tests.deeds import by, prework
from tests.browser.looks import assert_fits, assert_thumb_sized, in_every_look

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def huddle(cast, on_monday):
    """Elena's huddle in its round: Ana has spoken, it is Tom's word."""
    made = make.meeting(make.rhythm(cast.elena, [cast.ana, cast.tom], "weekly_huddle"), at="07:00")
    prework(made, cast.tom, "Two first visits in the west\nA sample for Weber")
    run_item(**by(cast.elena), meeting=made, item="c")
    say_line(**by(cast.ana), meeting=made, person=cast.ana, must_win="Win Brandt", help_needed="A price")
    promise_in_room(**by(cast.elena), meeting=made, line="@Ana Fri price list for Brandt")
    hand_on(**by(cast.elena), meeting=made, to=cast.tom.pk)
    return made


@pytest.fixture
def one(cast, on_monday):
    """Elena's one-to-one with Ana, in which both wrote into the same field."""
    made = make.meeting(make.rhythm(cast.elena, [cast.ana]), at="07:00")
    prework(made, cast.ana, "I took the meeting over again. " * 20)
    run_item(**by(cast.elena), meeting=made, item="b")
    for person in (cast.elena, cast.ana):
        save_note(**by(person), meeting=made, item="b", text=f"By {person}", number=0, client="c", sequence=1)
    return made


@in_every_look
def test_how_it_looks(open_page, huddle, one, cast, width, dark):
    for meeting in (huddle, one):
        page = open_page(f"/meetings/{meeting.pk}/", person=cast.elena, width=width, dark=dark, script=False)
        assert_fits(page)
        if width < 600:
            assert_thumb_sized(page)


def test_a_huddle_on_a_phone_without_script(open_page, huddle, cast):
    page = open_page(
        f"/meetings/{huddle.pk}/", person=cast.ana, width=390, script=False, may_complain=True
    )  # a refusal answers with 422
    page.get_by_label("Must-win this week").fill("Three first visits")
    page.get_by_role("button", name="Said. Hand the word on").click()
    page.get_by_text("Elena Hartmann has the word").wait_for()
    assert page.url.endswith("#part-round")
    page.get_by_label("A promise: who, when, what").fill("@Tom 31 February the offer")
    page.locator("#part-promises").get_by_role("button", name="Add").click()
    assert page.locator("#part-promises .field-error").inner_text()
    assert page.get_by_label("A promise: who, when, what").input_value() == "@Tom 31 February the offer"
    page.get_by_label("A promise: who, when, what").fill("@Tom Fri the offer")
    page.locator("#part-promises").get_by_role("button", name="Add").click()
    page.locator("#part-promises").get_by_text("the offer").wait_for()
    page.locator("#part-promises").get_by_role("button", name="Done: price list").click()
    page.locator("#part-promises").get_by_text("done today").wait_for()
