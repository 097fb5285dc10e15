"""Before a one-to-one, on a phone: pre-work in a minute, a line told alone and answered, one's own notes."""

from datetime import timedelta

import pytest

from drumbeat.meetings.models import PreWork, PrivateNote, TellAlone
from drumbeat.meetings.tests import make
from drumbeat.people.tests.cast import TODAY
from tests.browser.looks import assert_accessible, assert_fits

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def meeting(cast):
    return make.meeting(make.rhythm(cast.ana, [cast.mira]), TODAY + timedelta(days=1))


def test_prework_is_saved_while_typing_on_a_phone(open_page, cast, meeting):
    page = open_page(f"/meetings/{meeting.pk}/pre-work/", person=cast.mira, width=390)
    assert_accessible(page)
    assert_fits(page)
    page.get_by_label("A minute is enough").fill("The northern route")
    page.get_by_text("Saved 07:0").wait_for()
    assert PreWork.objects.get().text == "The northern route"
    page.get_by_label("A minute is enough").fill("The northern route, and a question")
    page.get_by_role("button", name="Send in").click()
    page.get_by_text("In since Mon 23 November, 07:0").wait_for()
    assert PreWork.objects.get().text == "The northern route, and a question"


def test_the_browser_is_closed_in_the_middle_of_typing(open_page, cast, meeting):
    page = open_page(f"/meetings/{meeting.pk}/pre-work/", person=cast.mira, width=390)
    page.get_by_label("A minute is enough").fill("Half a sen")
    page.get_by_text("Saved 07:0").wait_for()
    page.close()
    page = open_page(f"/meetings/{meeting.pk}/pre-work/", person=cast.mira)
    assert page.get_by_label("A minute is enough").input_value() == "Half a sen"


def test_two_windows_keep_both_texts(open_page, cast, meeting):
    address = f"/meetings/{meeting.pk}/pre-work/"
    first = open_page(address, person=cast.mira, may_complain=True)
    second = open_page(address, person=cast.mira, may_complain=True)
    first.get_by_label("A minute is enough").fill("From the phone")
    first.get_by_text("Saved 07:0").wait_for()
    second.get_by_label("A minute is enough").fill("From the desk")
    second.get_by_text("another window").wait_for()
    second.get_by_role("button", name="Send in").click()
    second.get_by_text("What stands there from the other window").wait_for()
    assert second.get_by_label("A minute is enough").input_value() == "From the desk"
    assert second.get_by_text("From the phone", exact=True).is_visible()
    second.get_by_role("button", name="Save").click()
    second.get_by_text("In since").wait_for()
    assert PreWork.objects.get().text == "From the desk"


def test_told_alone_and_answered(open_page, cast, meeting):
    page = open_page(f"/meetings/{meeting.pk}/pre-work/", person=cast.mira, width=390, script=False)
    page.get_by_label("For Ana Ribeiro alone").fill("I think of leaving")
    page.get_by_role("button", name="Tell Ana alone").click()
    page.get_by_text("Not seen yet. Ana sees it by Wed 25 November.").wait_for()
    chair = open_page("/told-alone/", person=cast.ana, width=390, dark=True)
    assert_accessible(chair)
    assert_fits(chair)
    chair.get_by_label("One line to Mira alone").fill("Call me tonight")
    chair.get_by_role("button", name="Answer").click()
    chair.get_by_text("Answered Mira Lund alone.").wait_for()
    assert TellAlone.objects.get().answer == "Call me tonight"
    page.reload()
    page.get_by_text("Call me tonight").wait_for()


def test_my_notes_and_excuse(open_page, cast, meeting):
    page = open_page(f"/meetings/{meeting.pk}/my-notes/", person=cast.ana, dark=True)
    page.get_by_label("Notes").fill("She looks tired")
    page.get_by_text("Saved 07:0").wait_for()
    assert PrivateNote.objects.get().text == "She looks tired"
    assert_accessible(page)
    page.goto(page.url.replace("my-notes", "pre-work"))
    page.get_by_text("Excuse Mira Lund").click()
    page.get_by_label("With a word").fill("At a customer all day")
    page.get_by_role("button", name="Excuse").click()
    page.get_by_text("“At a customer all day”").wait_for()
    assert_accessible(page)
    assert_fits(page)
