"""The link with which one joins a call. Pure."""

import re

_HOSTS = (
    r"teams\.microsoft\.com/(?:l/meetup-join|meet|_#)"
    r"|teams\.live\.com/meet"
    r"|(?:[\w-]+\.)?zoom(?:gov)?\.(?:us|com)/(?:j|my|w|wc|s)/"
    r"|meet\.google\.com/[a-z]"
    r"|(?:[\w-]+\.)*webex\.com/(?:meet|join|[\w.-]+/(?:j\.php|e\.php|meet)|wbxmjs|[\w-]+/wbxmjs)"
)
_LINK = re.compile(rf"https://(?:{_HOSTS})[^\s<>\"'\\)\]]*", re.IGNORECASE)
_SEARCHED = 20_000


def join_link(*texts: str) -> str:
    """The first link to a Teams, Zoom, Meet or Webex call in the texts; empty when there is none.

    Only the link is taken; the text around it is not kept.
    """
    for text in texts:
        found = _LINK.search(text[:_SEARCHED])
        if found:
            return found[0].rstrip(".,;")[:2000]
    return ""
