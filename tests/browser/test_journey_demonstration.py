"""The demonstration company, walked as everyone of its cast: a real ``up --demo``, a real browser."""

import json
import re

import pytest
from playwright.sync_api import expect

from tests.browser.looks import assert_accessible, assert_fits, assert_thumb_sized, in_every_look
from tests.instances import Instance


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """One demonstration for all these journeys; each leaves it as it was, or adds only what is its own."""
    instance = Instance(tmp_path_factory.mktemp("demonstration") / "demo")
    with instance.up("--demo", "--as-of", "2026-11-23") as running:
        running.folder = instance.folder
        yield running


@pytest.fixture
def look_as(browse, demo):
    """Opens the demonstration as somebody of its cast, signed in with the password made for it."""
    cast = {who["role"]: who for who in json.loads((demo.folder / "demonstration.json").read_text())["cast"]}

    def look(role, path="/", **how):
        page = browse(demo.address + "/sign-in/", **how)
        page.get_by_label(re.compile("mail", re.I)).fill(cast[role]["email"])
        page.get_by_label(re.compile("password", re.I)).first.fill(cast[role]["password"])
        page.get_by_role("button", name=re.compile("sign in", re.I)).click()
        expect(page).not_to_have_url(re.compile("/sign-in/"))
        if path != "/":
            page.goto(demo.address + path)
        return page

    return look


def well(page):
    """What holds on every page."""
    assert_fits(page)
    assert_accessible(page)


def rows_in_all(page):
    return int(re.search(r"([\d,]+) in all", page.locator("main").inner_text())[1].replace(",", ""))


@in_every_look
def test_the_executives_pages_in_every_look(look_as, width, dark):
    page = look_as("executive", width=width, dark=dark)
    for words in ("This week", "People", "Plan", "My hours"):
        if width < 600 and words in ("Plan", "My hours"):
            page.locator("details.menu summary").locator("visible=true").last.click()
        page.get_by_role("link", name=words, exact=True).locator("visible=true").first.click()
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        well(page)
        if width < 600:
            assert_thumb_sized(page)


def test_a_thing_is_put_off_and_taken_back(look_as):
    page = look_as("executive", "/week/")
    things = page.locator("ol.things > li:not(.thanks) h2")
    before = things.all_inner_texts()
    assert 1 < len(before) <= 3
    page.get_by_role("button", name="Not now").first.click()
    expect(page.get_by_text("Put off for two weeks.")).to_be_visible()
    assert before[0] not in things.all_inner_texts()
    well(page)
    page.get_by_role("button", name="Undo").click()
    expect(things.first).to_have_text(before[0])


def test_two_free_slots_are_copied(look_as):
    page = look_as("executive", "/week/")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy two free slots").first.click()
    text = page.evaluate("navigator.clipboard.readText()")
    assert re.fullmatch(r"\w+, shall we take 45 minutes: .+, \d\d:\d\d or .+, \d\d:\d\d\?", text)
    well(page)


def test_a_thank_you_is_a_letter_to_who_won(look_as):
    page = look_as("executive", "/week/")
    thanks = page.locator("li.thanks")
    expect(thanks).to_contain_text("Worth a thank-you")
    address = thanks.get_by_role("link").get_attribute("href")
    assert re.match(r"mailto:[\w.]+%40nordhaus\.example\?subject=Well%20done", address)


def test_the_rows_behind_each_thing(look_as, demo):
    page = look_as("executive", "/week/")
    links = page.locator("ol.things > li:not(.thanks) a").evaluate_all("all => all.map(a => a.href)")
    links = [address for address in links if not address.startswith("mailto:")]
    assert links
    for address in links:
        page.goto(address)
        expect(page.get_by_role("heading", level=1)).to_be_visible()
        well(page)


def test_a_managers_page_by_the_keyboard(look_as):
    page = look_as("executive", "/week/")
    page.keyboard.press("Control+k")
    page.keyboard.type("menon")
    expect(page.locator("#find-hits a").first).to_contain_text("Rahul Menon")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Rahul Menon")
    expect(page.get_by_text("The beat with Rahul")).to_be_visible()
    well(page)


def test_every_figure_of_the_plan_opens_its_rows(look_as, demo):
    page = look_as("executive", "/plan/")
    for row in page.locator("main tbody tr").all()[:2]:
        for what in ("won", "lost", "open"):
            link = row.locator(f"a[href*='/{what}/']").last
            said, address = int(re.sub(r"\D", "", link.inner_text())), link.get_attribute("href")
            opened = page.context.new_page()
            opened.goto(demo.address + address)
            assert rows_in_all(opened) == said
            opened.close()
    page.get_by_role("navigation", name="Period").get_by_role("link").first.click()
    well(page)


def test_an_hour_is_corrected_with_one_tap_and_learned_from(look_as):
    page = look_as("executive", "/hours/")
    row = page.locator("tr[id^=entry]", has_text="Leadership meeting").first
    choice = row.get_by_role("combobox")
    was = choice.input_value()
    with page.expect_navigation():
        choice.select_option(label="Plan and forecast")
    row = page.locator("tr[id^=entry]", has_text="Leadership meeting").first
    expect(row.get_by_role("combobox")).to_have_value("plan_execution")
    said = page.locator("#toasts").inner_text()
    assert said
    page.get_by_role("link", name="Four weeks").click()
    page.get_by_role("link", name="Plan and forecast").first.click()
    same = page.locator("tr[id^=entry]", has_text="Leadership meeting").get_by_role("combobox")
    expect(same.nth(1)).to_be_visible()  # the week before went along
    assert {choice.input_value() for choice in same.all()} == {"plan_execution"}
    well(page)
    with page.expect_navigation():
        same.first.select_option(was)


def test_this_week_prints_on_one_sheet(look_as):
    page = look_as("executive", "/week/")
    page.emulate_media(media="print")
    paper = page.pdf(format="A4", print_background=True)
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", paper)) == 1
    assert not page.locator("nav").first.is_visible()
    expect(page.get_by_text("Figures of")).to_be_visible()


def test_a_manager_sees_the_own_team_and_no_peer(look_as, demo):
    page = look_as("manager")
    expect(page).to_have_url(re.compile("/week/"))
    expect(page.get_by_role("heading", name="Your team")).to_be_visible()
    expect(page.locator(".team h3").first).to_be_visible()
    well(page)
    page.goto(demo.address + "/people/")
    page.locator("main").get_by_label("Find").fill("Okafor")
    page.keyboard.press("Enter")
    expect(page.locator("main").get_by_text("Tom Okafor").first).to_be_visible()
    expect(page.get_by_role("link", name="Tom Okafor")).to_have_count(0)
    executive = look_as("executive", "/people/?q=Okafor")
    address = executive.get_by_role("link", name="Tom Okafor").get_attribute("href")
    page.goto(demo.address + address)
    expect(page.get_by_text("You see Tom Okafor by name only")).to_be_visible()
    expect(page.get_by_role("link", name="Go to your first page")).to_be_visible()
    well(page)


@pytest.mark.parametrize(("role", "unseen"), [("rep", "/week/"), ("administrator", "/plan/")])
def test_a_first_page_says_what_is_seen_and_what_not(look_as, demo, role, unseen):
    page = look_as(role)
    expect(page.get_by_role("heading", name="What you see", exact=True)).to_be_visible()
    expect(page.get_by_role("heading", name="What you do not see")).to_be_visible()
    well(page)
    for address in page.locator("main a").evaluate_all("all => all.map(a => a.href)"):
        page.goto(address)
        expect(page.get_by_role("heading", level=1)).not_to_have_text("This is not open to you")
        well(page)
    page.goto(demo.address + unseen)
    expect(page.get_by_role("heading", level=1)).to_have_text("This is not open to you")


def test_an_administrator_adds_moves_invites_and_parts(look_as, browse, demo):
    page = look_as("administrator", "/people/add/")
    page.get_by_label("Name").fill("Nia Okoro")
    page.get_by_label("E-mail").fill("nia.okoro@nordhaus.example")
    page.get_by_role("button", name="Add").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Who leads Nia Okoro?")
    well(page)
    keeping = page.url.replace("/line/", "/change/")
    page.get_by_label("Reports to").fill("Tom Okafor")
    page.get_by_role("button", name="See what changes").click()
    well(page)
    page.get_by_role("button", name="Do it").click()
    expect(page.locator("main").get_by_text("Tom Okafor").first).to_be_visible()
    page.goto(keeping)
    page.get_by_role("link", name="Invite").click()
    page.get_by_role("button", name="Make a link to copy").click()
    well(page)
    link = page.get_by_label("Address to copy").input_value()
    guest = browse(link)
    guest.get_by_label(re.compile("password", re.I)).first.fill("quiet-drum-beats")
    well(guest)
    guest.get_by_role("button").locator("visible=true").last.click()
    expect(guest.get_by_role("heading", level=1)).to_have_text("Hello, Nia")
    page.goto(keeping)
    page.get_by_role("link", name="Last day").click()
    page.get_by_role("button", name="Note the last day").click()
    expect(page.get_by_text(re.compile("Last day:|Left")).first).to_be_visible()
    well(page)
    for path, words in (("/settings/", "Settings"), ("/journal/", "Journal")):
        page.goto(demo.address + path)
        expect(page.get_by_role("heading", level=1)).to_have_text(words)
        well(page)
    expect(page.get_by_text("Nia Okoro").first).to_be_visible()


def test_the_bar_looks_as_another_and_leads_to_ones_own_data(look_as):
    page = look_as("executive")
    page.get_by_role("complementary", name="Demonstration").get_by_role("button", name="rep").click()
    expect(page.get_by_role("heading", name="What you do not see")).to_be_visible()
    page.get_by_role("link", name="Now with my own data").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What your last 13 weeks say")
    expect(page.get_by_text("Demonstration company")).to_have_count(0)
    well(page)
