"""The gallery in a real browser: three widths, light and dark, under the strict policy."""

import mimetypes
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from drumbeat.web.tests import gallery

pytestmark = pytest.mark.browser

WIDTHS = [1440, 768, 390]
NAMES = "(field) => [...field.files].map((one) => one.name)"


@pytest.fixture(scope="module")
def address():
    """The gallery by number of managers (/8), with the pages' own policy on every answer."""
    directives = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    policy = "; ".join(f"{name} {' '.join(sources)}" for name, sources in directives.items())

    class Gallery(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.split("?")[0]
            if path.startswith("/static/"):
                found = finders.find(path.removeprefix("/static/"))
                body = Path(found).read_bytes() if found else b""
                kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
            else:
                found, kind = True, "text/html; charset=utf-8"
                body = render_to_string("web/gallery.html", gallery.context(int(path.strip("/")))).encode()
            self.send_response(200 if found else 404)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Security-Policy", policy)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            """The test says what it saw."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Gallery)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()


@pytest.fixture
def opened(chromium, address):
    """Open the gallery; whatever the console complains about fails the test at its end."""
    contexts, complaints = [], []

    def show(how_many=8, *, width=1440, scheme="light", **options):
        context = chromium.new_context(
            viewport={"width": width, "height": 900}, color_scheme=scheme, **options
        )
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.goto(f"{address}/{how_many}")
        return page

    yield show
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.mark.parametrize("how_many", [8, 1, 0, 60])
@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_scrolls_sideways(opened, how_many, width):
    page = opened(how_many, width=width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing(opened, width, scheme):
    from axe_playwright_python.sync_playwright import Axe

    # axe would load the style sheets again as inline styles, which the policy refuses.
    result = Axe().run(opened(width=width, scheme=scheme), options={"preload": False})
    assert result.violations_count == 0, result.generate_report()


def test_a_finger_finds_every_target(opened):
    page = opened(width=390, has_touch=True, is_mobile=True)
    exempt = "p, .beat, .skip, dialog, span, td, th, .table, .timeline, .facts, .truths, .list"
    # Links inside a sentence, and marks (each also on the page of its person), are exempt (WCAG 2.5.8).
    small = page.evaluate(
        """(exempt) =>
      [...document.querySelectorAll("a, button, summary, select, input:not([type=checkbox], [type=radio])")]
        .filter((one) => one.checkVisibility() && !one.closest(exempt))
        .filter((one) => one.getBoundingClientRect().height < 43.5)
        .map((one) => one.outerHTML.slice(0, 90))
    """,
        exempt,
    )
    assert small == []


def test_the_tab_key_stops_once_at_a_beat_and_the_arrows_walk_it(opened):
    page = opened()
    beat = page.locator("[data-beat]").nth(3)
    assert beat.locator("a[tabindex='0']").count() == 1
    beat.locator("a").first.focus()
    page.keyboard.press("ArrowRight")
    assert (
        page.evaluate(
            "[...document.activeElement.parentNode.querySelectorAll('a')].indexOf(document.activeElement)"
        )
        == 1
    )
    assert (
        page.evaluate("getComputedStyle(document.activeElement.querySelector('.beat-tip')).visibility")
        == "visible"
    )


def test_managers_on_beat_are_folded_on_a_phone_and_one_tap_away(opened):
    page = opened(width=390, has_touch=True, is_mobile=True)
    assert page.locator("li.mgr:visible").count() == 3
    page.locator(".mgr-more").tap()
    assert page.locator("li.mgr:visible").count() == 8
    names = page.locator("li.mgr h3").all_inner_texts()
    assert names == sorted(names)


def test_ctrl_k_finds_and_escape_leaves(opened):
    page = opened()
    page.keyboard.press("Control+k")
    assert page.evaluate("document.activeElement.name") == "q"
    page.keyboard.press("Escape")
    assert page.locator("#find").is_hidden()


def test_the_chosen_theme_is_kept_for_the_server_to_draw(opened):
    page = opened(scheme="light")
    page.locator(".bar .menu summary").click()
    page.get_by_role("button", name="Dark").click()
    assert page.evaluate("document.documentElement.dataset.theme") == "dark"
    assert "theme=dark" in page.evaluate("document.cookie")
    assert page.evaluate("getComputedStyle(document.body).colorScheme") == "dark"


def test_files_are_gathered_and_can_be_taken_off(opened):
    page = opened()
    chooser = page.locator("input[type=file]")
    chooser.set_input_files([{"name": "deals.csv", "mimeType": "text/csv", "buffer": b"a,b"}])
    chooser.set_input_files([{"name": "me.ics", "mimeType": "text/calendar", "buffer": b"BEGIN"}])
    assert page.evaluate("[...document.querySelector('input[type=file]').files].map((one) => one.name)") == [
        "deals.csv",
        "me.ics",
    ]
    page.get_by_role("button", name="Take off deals.csv").click()
    assert page.evaluate("[...document.querySelector('input[type=file]').files].map((one) => one.name)") == [
        "me.ics"
    ]


def test_without_script_everything_is_reachable(opened):
    page = opened(java_script_enabled=False)
    assert page.locator(".find").get_attribute("href")
    assert page.locator("[data-beat] a").count() > 50
    page.locator(".bar .menu summary").click()
    assert page.get_by_text("Your person page").is_visible()
    # What could not work is not shown.
    assert page.locator("[data-copy]").first.is_hidden()
    assert page.locator("[data-theme-choice]").is_hidden()


def test_the_week_of_eight_managers_prints_all_of_them(opened):
    page = opened(width=700)
    page.emulate_media(media="print")
    assert page.locator("li.mgr:visible").count() == 8
    assert page.locator(".nav").is_hidden()
    assert page.locator(".mgr-more").is_hidden()
