"""The room's script alone, against a made server: what it does with a lost network, a lost answer, a push."""

import json
import re
from pathlib import Path
from urllib.parse import parse_qs

import pytest

SCRIPTS = Path(__file__).resolve().parents[2] / "drumbeat/web/static/web/js"
ADDRESS = "http://room.test"


class Made:
    """A room with one note and one line, as a server would keep them."""

    def __init__(self, confidential=False):
        self.text, self.number, self.beside = "", 0, ""
        self.saved, self.answers_lost, self.away = [], 0, False
        self.events, self.asked, self.status, self.opens = [], [], 200, False
        self.confidential = "true" if confidential else "false"

    def part(self):
        beside = f'<p class="beside">{self.beside}</p>' if self.beside else ""
        return f"""<section id="part-item-x" data-part="item-x"><h2>Item, change {self.number}</h2>
        <form data-note action="/notes/x/" method="post"><textarea name="text">{self.text}</textarea>
        <input type="hidden" name="number" value="{self.number}"><input type="hidden" name="client">
        <input type="hidden" name="sequence"></form>{beside}
        <form method="post" action="/line/"><input name="line"><button>Add</button></form>
        <details{" open" if self.opens else ""}><summary>More</summary>text</details></section>"""

    def page(self):
        return f"""<!doctype html><title>Room</title><body hx-headers='{{"X-CSRFToken": "t"}}'>
        <main data-room data-live="/live/" data-parts="/parts/" data-confidential="{self.confidential}">
        {self.part()}</main><script type="module" src="/js/room.js"></script></body>"""

    def push(self, html=True):
        data = {"part": "item-x", **({"html": self.part()} if html else {})}
        self.events.append(data)

    def save(self, given):
        self.saved.append(given)
        if self.number in (int(given["number"] or 0), 0) or self.saved_by(given["client"]):
            self.text, self.number = given["text"], self.number + 1
            return {"number": self.number, "kept_beside": False}
        self.beside = given["text"]
        return {"number": int(given["number"]), "kept_beside": True}

    def saved_by(self, client):
        return len(self.saved) > 1 and self.saved[-2]["client"] == client

    def answer(self, route, request):
        path = request.url.removeprefix(ADDRESS)
        if self.away:
            return route.abort()
        if path.startswith("/js/"):
            return route.fulfill(
                body=(SCRIPTS / path[4:]).read_text(), headers={"Content-Type": "text/javascript"}
            )
        if path.startswith("/live/"):
            told = "".join(
                f"id: {n}\ndata: {json.dumps(each)}\n\n" for n, each in enumerate(self.events, 1)
                if n > int(request.headers.get("last-event-id") or 0)
            )  # fmt: skip
            return route.fulfill(body=f"retry: 200\n\n{told}", headers={"Content-Type": "text/event-stream"})
        if path.startswith("/parts/"):
            self.asked.append(path)
            assert request.headers["hx-target"] == "part-item-x"
            return route.fulfill(body=self.part(), headers={"Content-Type": "text/html"})
        if path.startswith("/notes/"):
            if self.status != 200:
                return route.fulfill(
                    status=self.status, body='{"refused": "It is closed."}', content_type="application/json"
                )
            given = _fields(request.post_data or "")
            key = (given["client"], given["sequence"])
            if key not in [(each["client"], each["sequence"]) for each in self.saved]:
                said = self.save(given)
            else:
                said = {"number": self.number, "kept_beside": False}
            if self.answers_lost:
                self.answers_lost -= 1
                return route.abort()
            return route.fulfill(json=said)
        return route.fulfill(body=self.page(), headers={"Content-Type": "text/html"})


def _fields(body):
    if "Content-Disposition" not in body:
        return {name: values[0] for name, values in parse_qs(body).items()}
    return dict(re.findall(r'name="(\w+)"\r\n\r\n(.*?)\r\n--', body, re.S))


@pytest.fixture
def enter(chromium):
    """Opens the made room in a browser of its own."""
    contexts, faults = [], []

    def open_it(made):
        context = chromium.new_context()
        contexts.append(context)
        context.route("**/*", made.answer)
        page = context.new_page()
        page.set_default_timeout(6_000)
        page.on("pageerror", lambda fault: faults.append(str(fault)))
        page.goto(ADDRESS + "/")
        return page

    yield open_it
    for context in contexts:
        context.close()
    assert faults == []


def until(page, what):
    for _ in range(120):
        if what():
            return
        page.wait_for_timeout(50)
    raise AssertionError("it did not happen in time")


def test_what_is_typed_is_saved_a_moment_later(enter):
    made = Made()
    page = enter(made)
    page.locator("textarea").press_sequentially("count to ten")
    until(page, lambda: made.text == "count to ten")
    assert len(made.saved) == 1
    assert page.evaluate("localStorage.length") == 0


def test_a_change_of_another_appears(enter):
    made = Made()
    page = enter(made)
    made.text, made.number = "from elsewhere", 1
    made.push()
    page.wait_for_function("document.querySelector('textarea').value === 'from elsewhere'")
    assert page.locator("input[name=csrfmiddlewaretoken]").first.get_attribute("value") == "t"
    made.text, made.number = "and more", 2
    made.push(html=False)
    page.wait_for_function("document.querySelector('textarea').value === 'and more'")
    assert made.asked == ["/parts/item-x/"]


def test_typed_text_focus_and_what_is_open_stay(enter):
    made = Made()
    page = enter(made)
    page.locator("summary").click()
    page.locator("input[name=line]").fill("@Ana Fri price list")
    page.locator("input[name=line]").evaluate("e => e.setSelectionRange(3, 3)")
    made.text, made.number = "from elsewhere", 1
    made.push()
    page.get_by_text("Item, change 1").wait_for()
    line = page.locator("input[name=line]")
    assert line.input_value() == "@Ana Fri price list"
    assert line.evaluate("e => [e === document.activeElement, e.selectionStart]") == [True, 3]
    assert page.locator("details").evaluate("e => e.open")


def test_a_text_not_sent_yet_is_never_overwritten(enter):
    made = Made()
    page = enter(made)
    page.evaluate("() => { window.first = document.querySelector('textarea') }")
    made.status = 503
    page.locator("textarea").fill("mine")
    until(page, lambda: page.locator(".room-state").inner_text() == "Kept here, will be sent.")
    made.text, made.number = "theirs", 1
    made.push()
    page.get_by_text("Item, change 1").wait_for()
    assert page.locator("textarea").input_value() == "mine"
    assert page.evaluate("window.first === document.querySelector('textarea')")
    made.status = 200
    until(page, lambda: made.beside == "mine")
    page.wait_for_function("document.querySelector('textarea').value === 'theirs'")
    assert page.locator(".beside").inner_text() == "mine"


def test_a_lost_answer_is_no_second_change(enter):
    made = Made()
    page = enter(made)
    made.answers_lost = 2
    page.locator("textarea").fill("once")
    until(page, lambda: made.answers_lost == 0)
    page.wait_for_timeout(3_000)
    assert [each["text"] for each in made.saved] == ["once"]
    until(page, lambda: page.locator(".room-state").inner_text() == "")


@pytest.mark.parametrize("confidential", [False, True], ids=["plain", "sealed"])
def test_a_page_loaded_again_still_has_what_was_not_sent(enter, confidential):
    made = Made(confidential)
    page = enter(made)
    made.status = 503
    page.locator("textarea").fill("typed without a network")
    until(page, lambda: page.locator(".room-state").inner_text() != "")
    assert page.evaluate("localStorage.length") == (0 if confidential else 1)
    assert page.evaluate("sessionStorage.length") == (1 if confidential else 0)
    page.on("dialog", lambda dialog: dialog.accept())
    page.reload()
    assert page.locator("textarea").input_value() == "typed without a network"
    made.status = 200
    until(page, lambda: made.text == "typed without a network")
    until(page, lambda: page.evaluate("localStorage.length + sessionStorage.length") == 0)
    assert len(made.saved) == 1


def test_leaving_with_unsent_text_asks(enter):
    made = Made()
    page = enter(made)
    made.status = 503
    page.locator("textarea").fill("not yet sent")
    until(page, lambda: page.locator(".room-state").inner_text() != "")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))
    page.close(run_before_unload=True)
    until_closed = enter(Made())
    until(until_closed, lambda: asked == ["beforeunload"])


def test_what_is_refused_is_said_and_kept(enter):
    made = Made()
    page = enter(made)
    made.status = 422
    page.locator("textarea").fill("too late")
    until(page, lambda: page.locator(".room-state").inner_text() == "It is closed.")
    assert page.locator("textarea").input_value() == "too late"


def test_a_lost_stream_is_said_quietly_and_comes_back(enter):
    made = Made()
    page = enter(made)
    page.wait_for_timeout(400)
    made.away = True
    until(page, lambda: page.locator(".room-state").inner_text().startswith("Not connected"))
    made.text, made.number = "meanwhile", 1
    made.push()
    made.away = False
    page.wait_for_function("document.querySelector('textarea').value === 'meanwhile'", timeout=15_000)
    until(page, lambda: page.locator(".room-state").inner_text() == "")


def test_what_the_server_opens_opens_and_what_the_viewer_opens_stays(enter):
    made = Made()
    page = enter(made)
    made.opens = True
    made.push()
    page.wait_for_function("document.querySelector('details').open")
    page.locator("summary").click()
    made.text, made.number = "more", 1
    made.push()
    page.get_by_text("Item, change 1").wait_for()
    assert not page.locator("details").evaluate("e => e.open")


def test_a_form_drawn_anew_by_others_gets_its_unsent_text_back(enter):
    made = Made()
    page = enter(made)
    made.status = 503
    page.locator("textarea").fill("mine")
    until(page, lambda: page.locator(".room-state").inner_text() != "")
    page.evaluate("""() => {
        const section = document.getElementById("part-item-x");
        section.outerHTML = section.outerHTML.replace("</textarea>", "theirs</textarea>");
        document.dispatchEvent(new CustomEvent("htmx:load"));
    }""")
    assert page.locator("textarea").input_value() == "mine"
    made.status = 200
    until(page, lambda: made.text == "mine")
