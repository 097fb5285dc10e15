"""Filters and tags of the pages, loaded as a builtin: no ``{% load %}`` needed.

The rules are in ``core.wording``, ``web.geometry`` and ``web.icons``; here they only get their names.
"""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from drumbeat.core import wording
from drumbeat.web import geometry
from drumbeat.web.icons import ICONS, NAVIGATION
from drumbeat.web.marks import draw

register = template.Library()

for _rule in (
    wording.money,
    wording.short_money,
    wording.signed,
    wording.percent,
    wording.number,
    wording.hours,
    wording.day,
    wording.short_day,
    wording.days_ago,
    wording.count,
    wording.in_words,
    wording.noun,
    wording.listed,
    wording.initials,
    wording.first_name,
):
    register.filter(_rule.__name__, _rule)


@register.filter
def unbroken(sentence: str) -> str:
    """A sentence whose “one-to-one” never breaks at its hyphens, for large type in narrow columns."""
    return mark_safe(escape(sentence).replace("one-to-one", '<span class="nowrap">one-to-one</span>'))  # noqa: S308 - escaped


@register.filter
def undo_url(message_tags: str) -> str:
    """The address that takes an action back, from a message sent with ``extra_tags="undo:/its/address"``."""
    return next((tag[5:] for tag in (message_tags or "").split() if tag.startswith("undo:/")), "")


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """An inline icon; with a label it speaks, without one it is decoration."""
    try:
        drawing = mark_safe(ICONS[name])  # noqa: S308 - our own constants
    except KeyError:
        raise template.TemplateSyntaxError(f"There is no icon “{name}”; see drumbeat/web/icons.py.") from None
    speaks = format_html('role="img" aria-label="{}"', label) if label else mark_safe('aria-hidden="true"')
    return format_html('<svg class="icon" viewBox="0 0 24 24" {}>{}</svg>', speaks, drawing)


@register.simple_tag
def nav_icon(label: str) -> SafeString:
    """The icon of a place in the navigation."""
    return icon(NAVIGATION.get(str(label).lower(), "week"))


@register.simple_tag
def person(who: Any, name: str = "", url: str = "") -> SafeString:
    """A person's name as a link to the page of that person, where there is one to see.

    ``who`` has ``name`` and perhaps ``url`` or ``get_absolute_url``; both can be given instead.
    """
    shown = name or geometry.value(who, "name") or str(who)
    leads = url or geometry.value(who, "url") or _own_address(who)
    return format_html('<a href="{}">{}</a>', leads, shown) if leads else format_html("{}", shown)


@register.inclusion_tag("components/beat.html")
def beat(lane: Any) -> dict[str, Any]:
    """One lane: ``name``, ``marks``, ``days`` and, to say it in other words, ``label``."""
    marks, days = list(geometry.value(lane, "marks") or ()), list(geometry.value(lane, "days") or ())
    placed, placed_days = geometry.place(marks), geometry.place(days, days=True)
    name = geometry.value(lane, "name") or ""
    return {
        "marks": draw(placed, placed_days),
        "label": geometry.value(lane, "label") or geometry.summary(name, marks, days),
        "linked": any(mark.url for mark in (*placed, *placed_days)),
        "width": geometry.WIDTH,
        "height": geometry.HEIGHT,
    }


@register.inclusion_tag("components/beat_months.html")
def beat_months(this_week: date) -> dict[str, Any]:
    """The names of the months above the lanes; ``this_week`` is any day of the week after the line."""
    return {"months": geometry.months(this_week), "width": geometry.WIDTH, "line": geometry.LINE}


@register.inclusion_tag("components/key.html")
def beat_key(lanes: Iterable[Any] = ()) -> dict[str, Any]:
    """What the marks mean; given the lanes of the page, only the marks that stand on it."""
    kinds, days, drawn = set(), set(), False
    for lane in lanes:
        drawn = True
        kinds |= {geometry.value(mark, "kind") for mark in geometry.value(lane, "marks") or ()}
        days |= {geometry.value(mark, "kind") for mark in geometry.value(lane, "days") or ()}
    if not drawn:
        kinds, days = set(geometry.WORDS), set(geometry.DAY_WORDS)
    return {
        "kinds": [(kind, word) for kind, word in geometry.WORDS.items() if kind in kinds],
        "days": bool(days),
    }


@register.inclusion_tag("components/bullet.html")
def bullet(reached: Any, due: Any = None, label: str = "", trouble: bool = False) -> dict[str, Any]:
    """A bar of a share of the whole target against the share due by today; nothing where it is not known."""
    # A template's missing variable arrives as an empty text.
    if reached is None or reached == "":
        return {"bullet": None}
    return {
        "bullet": geometry.bullet(reached, None if due == "" else due),
        "label": label,
        "trouble": trouble,
    }


@register.inclusion_tag("components/table.html")
def table(
    columns: Iterable[Any], rows: Iterable[Iterable[Any]], caption: str = "", total: Iterable[Any] = ()
) -> dict[str, Any]:
    """A table that turns into small stories on a phone.

    ``columns``: labels, or (label, "num") for figures. ``rows``: lists of cells, a cell being a value or
    (text, url). ``total``: one more row of cells, below a rule.
    """
    heads = [(one, "") if isinstance(one, str) else (one[0], one[1]) for one in columns]

    def cells(row: Iterable[Any]) -> list[dict[str, Any]]:
        return [
            {
                "label": label,
                "kind": kind,
                "text": cell[0] if isinstance(cell, tuple) else cell,
                "url": cell[1] if isinstance(cell, tuple) else "",
            }
            for (label, kind), cell in zip(heads, row, strict=True)
        ]

    return {
        "columns": heads,
        "rows": [cells(row) for row in rows],
        "total": cells(total) if total else [],
        "caption": caption,
    }


def _own_address(who: Any) -> str:
    address = geometry.value(who, "get_absolute_url")
    return address() if callable(address) else ""
