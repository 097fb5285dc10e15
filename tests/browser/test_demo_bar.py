"""The demonstration's bar: always in sight, one tap to look as somebody else, one to one's own data."""

import pytest
from playwright.sync_api import expect

from tests.browser.looks import assert_accessible, assert_fits, in_every_look


@pytest.fixture
def demo(cast, settings):
    settings.DEMO = True
    settings.DEMO_CAST = {"executive": cast.elena.email, "administrator": cast.adam.email}
    settings.OWN_ADDRESS = "http://127.0.0.1:1/look-back/"
    return cast


@in_every_look
def test_the_bar_in_every_look(open_page, demo, width, dark):
    page = open_page("/demo/", width=width, dark=dark)
    bar = page.get_by_role("complementary", name="Demonstration")
    expect(bar).to_be_visible()
    expect(bar.get_by_role("link", name="Now with my own data")).to_have_attribute(
        "href", "http://127.0.0.1:1/look-back/"
    )
    assert_fits(page)
    assert_accessible(page)


@pytest.mark.parametrize("width", [1440, 390])
@pytest.mark.parametrize("script", [True, False])
def test_looking_as_the_administrator(open_page, demo, width, script):
    page = open_page("/demo/", width=width, script=script)
    bar = page.get_by_role("complementary", name="Demonstration")
    if width < 600:
        bar.locator("summary").click()
    bar.get_by_role("button", name="administrator").locator("visible=true").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Adam")
