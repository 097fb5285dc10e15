"""The pages that everybody meets: signing in, and what is said when something is not there."""

import re

from playwright.sync_api import expect

from drumbeat.people.tests.cast import PASSWORD
from tests.browser.looks import assert_accessible, assert_fits, in_every_look


@in_every_look
def test_sign_in_in_every_look(open_page, cast, width, dark):
    page = open_page("/sign-in/", width=width, dark=dark)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert_fits(page)
    assert_accessible(page)


def test_signing_in_with_address_and_password(open_page, cast):
    page = open_page("/sign-in/")
    page.get_by_label(re.compile("mail", re.I)).fill(cast.adam.email)
    page.get_by_label(re.compile("password", re.I)).first.fill(PASSWORD)
    page.get_by_role("button", name=re.compile("sign in", re.I)).click()
    expect(page).not_to_have_url(re.compile("/sign-in/"))


def test_a_wrong_password_is_said_beside_the_form_and_the_address_stays(open_page, cast):
    page = open_page("/sign-in/")
    page.get_by_label(re.compile("mail", re.I)).fill(cast.ana.email)
    page.get_by_label(re.compile("password", re.I)).first.fill("not the password")
    with page.expect_navigation():
        page.get_by_role("button", name=re.compile("sign in", re.I)).click()
    expect(page.get_by_label(re.compile("mail", re.I))).to_have_value(cast.ana.email)
    assert_accessible(page)


def test_signing_in_works_without_script(open_page, cast):
    page = open_page("/sign-in/", script=False)
    page.get_by_label(re.compile("mail", re.I)).fill(cast.adam.email)
    page.get_by_label(re.compile("password", re.I)).first.fill(PASSWORD)
    page.get_by_role("button", name=re.compile("sign in", re.I)).click()
    expect(page).not_to_have_url(re.compile("/sign-in/"))


@in_every_look
def test_what_is_not_there_says_so_and_leads_on(open_page, cast, width, dark):
    page = open_page("/no-such-page/", person=cast.adam, width=width, dark=dark, may_complain=True)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("link").first).to_be_visible()
    assert_fits(page)
    assert_accessible(page)
