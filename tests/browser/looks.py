"""How pages are looked at: three widths, light and dark, with axe."""

import pytest
from axe_playwright_python.sync_playwright import Axe

WIDTHS = (1440, 768, 390)
in_every_look = pytest.mark.parametrize(
    ("width", "dark"),
    [(width, dark) for width in WIDTHS for dark in (False, True)],
    ids=[f"{width}-{look}" for width in WIDTHS for look in ("light", "dark")],
)
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    # Its own fetching of style sheets gets the addresses of imported ones wrong; no rule here needs it.
    "preload": False,
}


def assert_accessible(page) -> None:
    """axe finds nothing to object to (WCAG 2.2 AA and its best practice)."""
    page.wait_for_load_state()
    found = Axe().run(page, options=RULES).response["violations"]
    said = [
        f"{each['id']}: {each['help']} – {node['html'][:160]} {node.get('failureSummary', '')[:300]}"
        for each in found
        for node in each["nodes"]
    ]
    assert not said, "\n".join(said)


def assert_fits(page) -> None:
    """Nothing scrolls sideways."""
    wide, room = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.clientWidth]")
    assert wide <= room, f"the page is {wide} wide in {room}"


def assert_thumb_sized(page, least: int = 44) -> None:
    """On a phone every button, link in navigation and field is at least so high or wide."""
    small = page.evaluate(
        """least => [...document.querySelectorAll('button, nav a, select, input:not([type=hidden])')]
        .filter(e => e.checkVisibility())
        .map(e => [e.outerHTML.slice(0, 120), e.getBoundingClientRect(), e.closest('label')])
        .map(([html, box, label]) => [html, box, label ? label.getBoundingClientRect().height : 0])
        .filter(([, box, height]) => Math.max(box.height, height) < least)
        .map(([html, box]) => `${Math.round(box.width)}×${Math.round(box.height)} ${html}`)""",
        least,
    )
    assert not small, "\n".join(small)
