"""A new user on an empty data directory: two files, the truths, one click, and the company is kept.

A real ``up``, a real browser: nothing here knows the inside.
"""

import re

import pytest
from playwright.sync_api import expect

from tests.browser import hand_made
from tests.browser.looks import assert_accessible, assert_fits
from tests.real_data import real_data

LOOK = "Show what is true"
PASSWORD = "quiet-drum-beats"


@pytest.fixture
def up(make_instance, prepared):
    """``up`` on a data directory without people, on the day of the files."""
    with make_instance(like=prepared, DRUMBEAT_AS_OF=hand_made.AS_OF.isoformat()).up() as running:
        yield running


def well(page):
    """What holds on every page."""
    assert_fits(page)
    assert_accessible(page)


def drop(page, files):
    page.locator("input[type=file]").set_input_files(files)
    page.get_by_role("button", name=LOOK).click()


def open_every_truth(page):
    """Each truth opens to its rows and leads back; gives the sentences."""
    sentences = page.locator("ol.truths h2").all_inner_texts()
    for n, sentence in enumerate(sentences):
        page.locator("ol.truths > li").nth(n).get_by_role("link").click()
        expect(page.get_by_role("heading", level=1)).to_have_text(sentence)
        expect(page.get_by_text("How we know")).to_be_visible()
        well(page)
        page.get_by_role("link", name="Back to the look back").click()
    return sentences


def keep(page, name, email):
    page.get_by_role("button", name="Keep this going").click()
    well(page)
    page.get_by_label("Your name").fill(name)
    page.get_by_label("Your e-mail").fill(email)
    page.get_by_label("A password").fill(PASSWORD)
    page.get_by_role("button", name="Keep it").click()
    expect(page).to_have_url(re.compile("/week/"))
    expect(page.get_by_text("Lay the next exports into")).to_be_visible()


def open_every_figure(page):
    """Every linked figure of the plan page opens as many rows as it says."""
    page.get_by_role("navigation").get_by_role("link", name="Plan").first.click()
    well(page)
    links = page.locator("main td a").all()
    figures = [(link.inner_text(), link.get_attribute("href")) for link in links]
    assert figures
    plan = page.url
    for words, address in figures:
        page.goto(plan.partition("/plan/")[0] + address)
        count = int(re.search(r"([\d,]+) in all", page.locator("main").inner_text())[1].replace(",", ""))
        number = words.removesuffix(" deals").removesuffix(" deal").replace(",", "")
        if "deal" in words or ("/won/" in address and len(number) < 3):
            assert count == int(number), address
        elif "/won/" in address and count:
            assert words in page.locator("main").inner_text()  # the sum stands in the heading
    page.goto(plan)


def sign_out_and_in(page, email):
    page.locator("summary[aria-label^=Account]").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page).to_have_url(re.compile("/sign-in/"))
    well(page)
    page.get_by_label(re.compile("mail", re.I)).fill(email)
    page.get_by_label(re.compile("password", re.I)).first.fill(PASSWORD)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile("/week/"))


def test_from_two_files_to_this_week(browse, up, tmp_path):
    page = browse(up.address)
    expect(page).to_have_url(re.compile("/look-back/"))
    well(page)
    files = [hand_made.people(tmp_path), hand_made.deals(tmp_path), hand_made.calendar(tmp_path)]
    taps = 2
    drop(page, files)
    for domain in ("parts.example", "tubes.example"):
        page.get_by_role("group", name=re.compile(domain)).get_by_label("Supplier").check()
        taps += 1
    well(page)
    page.get_by_role("button", name=LOOK).click()
    taps += 1
    expect(page.locator("ol.truths > li").first).to_be_visible()
    assert taps <= 6
    well(page)
    said = open_every_truth(page)
    assert any("older than any deal" in sentence for sentence in said)
    assert any("26 hours with suppliers" in sentence for sentence in said)
    with page.expect_download() as paper:
        page.get_by_role("link", name="Save as one page").click()
    assert paper.value.path().read_bytes().startswith(b"%PDF-")

    keep(page, "Elena Hartmann", hand_made.ELENA)
    well(page)
    rows = page.locator(".team h3").all_inner_texts()
    assert rows == ["Ana Ribeiro", "Tom Okafor"]
    expect(page.locator("ol.things h2").first).to_be_visible()
    open_every_figure(page)
    page.get_by_role("link", name="Tom Okafor").first.click()
    well(page)
    expect(page.get_by_text("The beat with Tom")).to_be_visible()
    sign_out_and_in(page, hand_made.ELENA)


def test_what_was_kept_is_not_asked_of_the_next_visitor(browse, up, tmp_path):
    page = browse(up.address)
    drop(page, [hand_made.people(tmp_path), hand_made.deals(tmp_path)])
    keep(page, "Elena Hartmann", hand_made.ELENA)
    visitor = browse(up.address + "/look-back/")
    expect(visitor).to_have_url(re.compile("/sign-in/"))
    expect(page.get_by_text("bring in your calendar")).to_be_visible()


def test_without_script_from_files_to_a_thing_put_off(browse, up, tmp_path):
    page = browse(up.address, script=False)
    drop(page, [hand_made.people(tmp_path), hand_made.deals(tmp_path), hand_made.calendar(tmp_path)])
    page.get_by_role("button", name=LOOK).click()
    expect(page.locator("ol.truths > li").first).to_be_visible()
    page.get_by_role("button", name="Keep this going").click()
    page.get_by_label("Your name").fill("Elena Hartmann")
    page.get_by_label("Your e-mail").fill(hand_made.ELENA)
    page.get_by_label("A password").fill(PASSWORD)
    page.get_by_role("button", name="Keep it").click()
    sign_in = browse(up.address, script=False)
    sign_in.get_by_label(re.compile("mail", re.I)).fill(hand_made.ELENA)
    sign_in.get_by_label(re.compile("password", re.I)).first.fill(PASSWORD)
    sign_in.get_by_role("button", name=re.compile("sign in", re.I)).click()
    first = sign_in.locator("ol.things h2").first.inner_text()
    sign_in.get_by_role("button", name="Not now").first.click()
    expect(sign_in.get_by_text("Put off for two weeks.")).to_be_visible()
    expect(sign_in.locator("ol.things").get_by_text(first)).to_have_count(0)
    sign_in.get_by_role("button", name="Undo").click()
    expect(sign_in.locator("ol.things h2").first).to_have_text(first)


def test_maven_kept(browse, make_instance, prepared):
    files = [str(real_data("maven") / name) for name in ("sales_teams.csv", "sales_pipeline.csv")]
    with make_instance(like=prepared, DRUMBEAT_AS_OF="2017-12-31").up() as running:
        page = browse(running.address)
        drop(page, files)
        expect(page.get_by_role("heading", name=re.compile("1,291 of 1,589 deals"))).to_be_visible()
        well(page)
        open_every_truth(page)
        keep(page, "Corinna Hall", "corinna@maven.example")
        well(page)
        open_every_figure(page)
