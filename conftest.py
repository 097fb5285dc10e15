"""Fixtures that every test may use."""

import pytest
import time_machine

from drumbeat.people.tests.cast import TODAY, Cast, make_cast
from tests.browser.chromium import find_chromium
from tests.require import need


@pytest.fixture
def cast(db) -> Cast:
    """Everyone of people/tests/cast.py, with reporting lines, roles and sign-ins."""
    return make_cast()


@pytest.fixture
def on_monday():
    """Monday 23 November 2026, 7:00 in Berlin: the day on which the cast lives."""
    with time_machine.travel(f"{TODAY.isoformat()}T06:00:00Z", tick=True):
        yield TODAY


@pytest.fixture
def sign_in(client, on_monday):
    """A client signed in as a person of the cast."""

    def become(person):
        client.force_login(person.user)
        return client

    return become


@pytest.fixture(scope="session")
def chromium():
    """The system's Chromium, one for the whole run: Playwright starts once a process."""
    path = find_chromium()
    need("browser", path, "no Chromium is on the PATH")
    from playwright.sync_api import sync_playwright

    flags = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--no-first-run", "--disable-sync"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=flags)
        yield browser
        browser.close()
