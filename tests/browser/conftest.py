"""A real Chromium against a real server: the system's browser, the suite's database.

    def test_it(open_page, cast):
        page = open_page("/week/", person=cast.elena)
        assert_accessible(page)

Every page that is opened must load without an error in the browser's console; a blocked inline script or
style is one.
"""

import os
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.test import Client

# Playwright's loop runs in the thread of the test, which uses the database between two clicks.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


def pytest_collection_modifyitems(items):
    for item in items:
        if "tests/browser/" in item.nodeid:
            item.add_marker(pytest.mark.browser)


@pytest.fixture
def open_page(chromium, live_server, on_monday):
    """Opens an address, signed in as a person, in a width, light or dark, with or without script."""
    contexts, complaints = [], []

    def open_it(path, *, person=None, width=1440, dark=False, script=True, may_complain=False):
        cookies = [] if person is None else [_session(person, live_server.url)]
        page = _new_page(
            chromium, contexts, None if may_complain else complaints, width, dark, script, cookies
        )
        page.goto(live_server.url + path)
        return page

    yield open_it
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture
def browse(chromium):
    """Opens an address of an instance that really runs (tests/instances.py), in a browser of its own."""
    contexts, complaints = [], []

    def open_it(address, *, width=1440, dark=False, script=True):
        page = _new_page(chromium, contexts, complaints, width, dark, script, [])
        page.set_default_timeout(20_000)
        page.goto(address)
        return page

    yield open_it
    for context in contexts:
        context.close()
    assert [each for each in complaints if "status of 403" not in each and "status of 422" not in each] == []


def _new_page(chromium, contexts, complaints, width, dark, script, cookies):
    context = chromium.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if dark else "light",
        java_script_enabled=script,
        reduced_motion="reduce",
        has_touch=width < 600,
    )
    contexts.append(context)
    context.add_cookies(cookies)
    page = context.new_page()
    page.set_default_timeout(10_000)
    if complaints is not None:
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda fault: complaints.append(str(fault)))
    return page


def _session(person, address):
    client = Client()
    client.force_login(person.user)
    name = settings.SESSION_COOKIE_NAME
    return {
        "name": name, "value": client.cookies[name].value, "domain": urlsplit(address).hostname, "path": "/",
    }  # fmt: skip
