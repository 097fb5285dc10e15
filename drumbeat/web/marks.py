"""The marks of the beat as SVG.

A page has a hundred and more of them. A template for each took a tenth of the time of This week; a line of
text with its label escaped takes a tenth of that.
"""

from collections.abc import Iterable

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from drumbeat.web.geometry import Placed

# Each kind: the shape around its middle (x, y), open for its title, closed by the tag of the same name.
_CIRCLES = {"held": "6", "moved": "6", "took_place": "6", "planned": "5.2", "unknown": "3.6"}
_CLASSES = {
    "held": "beat-held",
    "moved": "beat-held",
    "took_place": "beat-took",
    "planned": "beat-planned",
    "unknown": "beat-unknown",
    "not_held": "beat-not",
    "not_held_again": "beat-again",
    "away": "beat-away",
}


def draw(marks: Iterable[Placed], days: Iterable[Placed] = ()) -> SafeString:
    """The one-to-ones, then the triangles of days at customers below; what has an address is a link."""
    parts = [_linked(mark, _mark(mark), 11, 24, 7) for mark in marks]
    parts += [_linked(mark, _triangle(mark), 36, 20, 33) for mark in days]
    return mark_safe("".join(parts))  # noqa: S308 - numbers and classes of our own; labels are escaped


def _linked(mark: Placed, shape: str, top: int, height: int, tip: int) -> str:
    if not mark.url:
        return shape
    label = escape(mark.label)
    return (
        f'<a href="{escape(mark.url)}" aria-label="{label}">'
        f'<rect class="beat-hit" x="{mark.x - 10}" y="{top}" width="20" height="{height}" rx="4"/>{shape}'
        f'<text class="beat-tip" x="{mark.tip_x}" y="{tip}" text-anchor="{mark.tip_anchor}"'
        f' aria-hidden="true">{label}</text></a>'
    )


def _mark(mark: Placed) -> str:
    x, y, kind = mark.x, mark.y, mark.kind
    title, look = f"<title>{escape(mark.label)}</title>", _CLASSES[kind]
    if kind in _CIRCLES:
        circle = f'<circle cx="{x}" cy="{y}" r="{_CIRCLES[kind]}" class="{look}">{title}</circle>'
        line = f'<path d="M{x - 6} {y + 10}h12" class="beat-moved"/>' if kind == "moved" else ""
        return circle + line
    half = 9 if kind == "away" else 6
    return f'<path d="M{x - half} {y}h{2 * half}" class="{look}">{title}</path>'


def _triangle(mark: Placed) -> str:
    if mark.kind == "was":
        d, look = f"M{mark.x - 6} {mark.y + 5}l6-10 6 10z", "beat-day"
    else:
        d, look = f"M{mark.x - 5} {mark.y + 4}l5-8.5 5 8.5z", "beat-day-planned"
    return f'<path d="{d}" class="{look}"><title>{escape(mark.label)}</title></path>'
