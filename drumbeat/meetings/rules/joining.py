"""How one joins from afar: the link and its name. Pure."""

import re

from drumbeat.calendars.rules.links import join_link

LONGEST = 2000
_URL = re.compile(r"https://[^\s<>\"'\\]+\.[^\s<>\"'\\]+")
_NAMES = (
    ("Teams", ("teams.microsoft.com", "teams.live.com")),
    ("Zoom", ("zoom.us", "zoom.com", "zoomgov.com")),
    ("Google Meet", ("meet.google.com",)),
    ("Webex", ("webex.com",)),
)


def link_in(text: str) -> str | None:
    """The link that somebody typed, or pasted with its invitation around it; empty for no text, None where
    there is none in it. Only https: the link is opened from a page."""
    text = text.strip()
    if not text:
        return ""
    if _URL.fullmatch(text) and len(text) <= LONGEST:
        return text
    found = join_link(text)
    if not found:
        first = _URL.search(text[:20_000])
        found = first[0].rstrip(".,;)]") if first else ""
    return found if found and len(found) <= LONGEST else None


def link_name(url: str) -> str:
    """Which call a link opens: ``Teams``, ``Zoom``, ``Google Meet``, ``Webex``; empty for any other."""
    host = url.partition("://")[2].partition("/")[0].rpartition("@")[2].partition(":")[0].lower()
    for name, hosts in _NAMES:
        if any(host == one or host.endswith("." + one) for one in hosts):
            return name
    return ""
