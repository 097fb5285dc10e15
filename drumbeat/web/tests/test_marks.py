"""The marks of the beat as SVG."""

import re
from xml.etree import ElementTree

import pytest

from drumbeat.web import geometry
from drumbeat.web.marks import draw


def drawn(*marks, days=()):
    return draw(geometry.place(marks), geometry.place(days, days=True))


@pytest.mark.parametrize("kind", geometry.WORDS)
@pytest.mark.parametrize("url", ["", "/people/4/#d2026-08-24"])
def test_every_kind_is_whole_and_says_what_it_is(kind, url):
    html = drawn({"week": 3, "kind": kind, "label": "Mon 24 August: held", "url": url})
    picture = ElementTree.fromstring(f"<svg>{html}</svg>")
    assert [title.text for title in picture.iter("title")] == ["Mon 24 August: held"]
    assert len(list(picture.iter("a"))) == bool(url)


def test_labels_and_addresses_are_escaped():
    bad = '<b>"&'
    html = drawn(
        {"week": 0, "kind": "held", "label": bad, "url": f"/x?{bad}"},
        days=[{"week": 1, "kind": "was", "label": bad, "url": f"/x?{bad}"}],
    )
    assert "<b>" not in html
    assert [e.text for e in ElementTree.fromstring(f"<svg>{html}</svg>").iter("title")] == [bad, bad]


def test_a_planned_day_is_another_triangle():
    was, planned = (drawn(days=[{"week": 14, "kind": kind}]) for kind in ("was", "planned"))
    assert re.findall('class="(.*?)"', was) == ["beat-day"]
    assert re.findall('class="(.*?)"', planned) == ["beat-day-planned"]
