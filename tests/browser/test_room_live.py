"""The room in real browsers, on a real server: two write, one loses the network, both texts stay."""

import json

import pytest
from playwright.sync_api import expect

from tests.rooms import make_room

# Key of an item with notes, by template.
ITEM = {"weekly_huddle": "d", "one_to_one": "c"}


@pytest.fixture
def room(make_instance, prepared, request):
    """A running instance with a plain huddle (or what the test asks for) and its address."""
    sealed, template = getattr(request, "param", (False, "weekly_huddle"))
    instance = make_instance(like=prepared)
    made = make_room(instance, sealed=sealed, template=template)
    with instance.up() as up:
        yield {**made, "address": up.address, "instance": instance, "item": ITEM[template]}


@pytest.fixture
def enter(chromium, room):
    """Opens the room as somebody, in a browser of one's own, with the item of that number unfolded."""
    contexts = []

    def open_it(who):
        context = chromium.new_context()
        contexts.append(context)
        name, _, value = room["cookies"][who].partition("=")
        context.add_cookies([{"name": name, "value": value, "url": room["address"]}])
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.goto(f"{room['address']}/meetings/{room['meeting']}/")
        page.evaluate("document.querySelectorAll('section.item > details').forEach(e => { e.open = true })")
        return page, page.locator(f"#note-{room['item']}")

    yield open_it
    for context in contexts:
        context.close()


def kept(room) -> list[tuple[str, str]]:
    """Every text that the room keeps, with the item it stands at."""
    said = room["instance"].django(
        "import json\nfrom drumbeat.meetings.models import Note\n"
        "print(json.dumps([(n.item, n.text) for n in Note.objects.order_by('pk')]))"
    )
    return [tuple(each) for each in json.loads(said)]


def texts(room) -> list[str]:
    return sorted(text for _, text in kept(room))


def until(page, what):
    for _ in range(150):
        if what():
            return
        page.wait_for_timeout(100)
    raise AssertionError("it did not happen in time")


@pytest.mark.parametrize(
    "room", [(False, "weekly_huddle"), (True, "one_to_one")], indirect=True, ids=["plain", "sealed"]
)
def test_same_field_keeps_both_texts(room, enter):
    (ana, anas), (mira, miras) = enter("ana"), enter("mira")
    anas.fill("said by Ana")
    expect(miras).to_have_value("said by Ana", timeout=20_000)
    mira.context.set_offline(True)
    miras.fill("written by Mira without a network")
    mira.wait_for_timeout(2_000)
    anas.fill("said by Ana, and then more")
    until(ana, lambda: texts(room) == ["said by Ana, and then more"])
    assert miras.input_value() == "written by Mira without a network"
    mira.context.set_offline(False)
    for page, field in ((ana, anas), (mira, miras)):
        expect(field).to_have_value("said by Ana, and then more", timeout=20_000)
        expect(page.locator(".beside").first).to_contain_text("written by Mira without", timeout=20_000)
    assert texts(room) == ["said by Ana, and then more", "written by Mira without a network"]


def test_a_lost_network_loses_and_doubles_nothing(room, enter):
    (ana, anas), (mira, miras) = enter("ana"), enter("mira")
    anas.fill("before")
    expect(miras).to_have_value("before", timeout=20_000)
    ana.context.set_offline(True)
    mira.context.set_offline(True)
    anas.fill("before, and while the network was away")
    ana.wait_for_timeout(3_000)
    ana.context.set_offline(False)
    until(ana, lambda: texts(room) == ["before, and while the network was away"])
    mira.context.set_offline(False)
    expect(miras).to_have_value("before, and while the network was away", timeout=20_000)
    miras.press_sequentially("!")
    expect(anas).to_have_value("before, and while the network was away!", timeout=20_000)
    assert len(kept(room)) == 1
