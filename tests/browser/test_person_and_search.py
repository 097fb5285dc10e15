"""A person's page and search in a real browser: every look, and search by the keyboard alone."""

from datetime import UTC, date, datetime

import pytest
from playwright.sync_api import expect

from drumbeat.calendars.intake import bring_in
from drumbeat.calendars.models import MailDomain
from drumbeat.calendars.tests.make import event, ics
from drumbeat.core.periods import parse
from drumbeat.customers.models import Account
from drumbeat.people.models import Person
from drumbeat.people.tests.cast import TODAY
from drumbeat.plan.models import WON
from drumbeat.plan.tests.make import booking, deal, target
from tests.browser.looks import assert_accessible, assert_fits, assert_thumb_sized, in_every_look

ME, ANA, MIRA = (f"{name}@nordhaus.example" for name in ("elena", "ana", "mira"))
D = date(2026, 11, 10)


@pytest.fixture
def ana(cast, transactional_db):
    """Ana with a quarter, a beat with one that fell out, a day at a customer, and a long name in the team."""
    halden = Account.objects.create(name="Halden Møbel AS", domain="halden.example")
    deal(
        cast.mira, state=WON, amount="120000", closed=D, account=halden, name="Frame contract for three years"
    )
    deal(cast.joao, amount="40000", created=D, account=halden)
    booking(cast.mira, day=D, amount="12000", margin=3000)
    target(cast.ana, parse("2026-Q4"), 300_000)
    MailDomain.objects.create(domain="halden.example", kind="customer")
    Person.objects.filter(pk=cast.joao.pk).update(name="João Maximiliano Ávila-Fernandes de Albuquerque Lima")
    rule = "RRULE:FREQ=WEEKLY;COUNT=14"
    talks = event(
        "w", "20260921T080000Z", "20260921T084500Z", rule, "EXDATE:20261019T080000Z", people=(ME, ANA)
    )
    out = event("c", "20261020T080000Z", "20261020T100000Z", people=(ME, MIRA, "x@halden.example"))
    now = datetime(2026, 11, 23, 6, tzinfo=UTC)
    bring_in(actor=cast.elena, today=TODAY, at=now, owner=cast.elena, source=ics(talks, out))
    return cast.ana


@in_every_look
def test_a_managers_page(open_page, cast, ana, width, dark):
    page = open_page(f"/people/{ana.pk}/", person=cast.elena, width=width, dark=dark)
    expect(page.get_by_role("heading", level=1)).to_have_text("Ana Ribeiro")
    assert_accessible(page)
    assert_fits(page)
    if width < 600:
        assert_thumb_sized(page)


@in_every_look
def test_a_page_without_anything(open_page, cast, width, dark):
    page = open_page(f"/people/{cast.joao.pk}/", person=cast.ana, width=width, dark=dark)
    assert_accessible(page)
    assert_fits(page)


@in_every_look
def test_search_and_settings(open_page, cast, ana, width, dark):
    for address, who in (("/find/?q=a", cast.elena), ("/find/?q=zzz", cast.mira), ("/settings/", cast.adam)):
        page = open_page(address, person=who, width=width, dark=dark)
        assert_accessible(page)
        assert_fits(page)


@in_every_look
def test_a_colleague_is_refused_kindly(open_page, cast, width, dark):
    page = open_page(f"/people/{cast.ana.pk}/", person=cast.tom, width=width, dark=dark, may_complain=True)
    expect(page.get_by_text("You see Ana Ribeiro by name only")).to_be_visible()
    assert_accessible(page)
    assert_fits(page)


def test_a_mark_of_the_beat_leads_to_its_day(open_page, cast, ana):
    page = open_page(f"/people/{ana.pk}/", person=cast.elena)
    page.get_by_role("link", name="Mon 19 October: not held").focus()
    page.keyboard.press("Enter")
    assert page.url.endswith("#d2026-10-19")
    expect(page.locator("#d2026-10-19")).to_be_in_viewport()


def test_a_figure_opens_its_rows_and_they_lead_back(open_page, cast, ana):
    page = open_page(f"/people/{ana.pk}/", person=cast.elena)
    page.get_by_role("link", name="Won").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Deals won")
    page.get_by_role("link", name="Ana Ribeiro").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ana Ribeiro")


def test_a_person_is_found_with_the_keyboard_alone(open_page, cast):
    page = open_page("/people/", person=cast.elena)
    page.keyboard.press("Control+k")
    page.keyboard.type("avila")
    expect(page.locator("#find-hits a").first).to_contain_text("João Ávila")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/people/{cast.joao.pk}/")


def test_the_arrows_walk_the_hits_and_back(open_page, cast):
    page = open_page("/people/", person=cast.elena)
    page.keyboard.press("Control+k")
    page.keyboard.type("o")
    expect(page.locator("#find-hits a").nth(1)).to_be_visible()
    for _ in range(2):
        page.keyboard.press("ArrowDown")
    assert (
        page.evaluate("[...document.querySelectorAll('#find-hits a')].indexOf(document.activeElement)") == 1
    )
    for _ in range(2):
        page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.name") == "q"
    page.keyboard.press("Escape")
    expect(page.locator("#find")).to_be_hidden()


def test_enter_opens_the_page_of_all_that_was_found(open_page, cast):
    page = open_page("/people/", person=cast.elena)
    page.keyboard.press("Control+k")
    page.keyboard.type("ribeiro")
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url.endswith("/find/?q=ribeiro"))
    expect(page.get_by_role("link", name="Ana Ribeiro")).to_be_visible()


def test_search_works_without_script(open_page, cast):
    page = open_page("/people/", person=cast.elena, script=False)
    page.locator(".bar a.find").click()
    page.locator("main input[type=search]").fill("okafor")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Tom Okafor")).to_be_visible()
