"""How a person's data is written: a page to read, JSON for other programs, or both in one ZIP."""

import io
import json
import zipfile
from pathlib import Path

from django.template.loader import render_to_string
from django.utils.safestring import mark_safe

from drumbeat.core.refusal import Refused
from drumbeat.exchange.export.actions import Export

# The file lies on somebody's disk, where no style sheet of ours is.
LOOK = mark_safe(
    "<style>:root{color-scheme:light dark}"
    "body{font:16px/1.5 system-ui,sans-serif;max-width:75rem;margin:2rem auto;padding:0 1rem}"
    "h2{margin-top:2.5rem}.scroll{overflow-x:auto}table{border-collapse:collapse;width:100%}"
    "th,td{text-align:left;vertical-align:top;padding:.35rem .75rem .35rem 0;"
    "border-bottom:1px solid #8885;white-space:pre-wrap;overflow-wrap:anywhere}th{font-weight:600}</style>"
)
READABLE, JSON, BOTH = ".html", ".json", ".zip"


class UnknownEnding(Refused):
    """A file whose kind its name does not say."""


def ending_of(name: str) -> str:
    """The kind of file that the name asks for. Raises UnknownEnding."""
    ending = Path(name).suffix.lower()
    if ending not in (READABLE, JSON, BOTH):
        raise UnknownEnding(
            "Name a file that ends in .html (to read), .json (for other programs) or .zip (both)."
        )
    return ending


def written(export: Export, ending: str) -> bytes:
    """The bytes of the file."""
    if ending == JSON:
        return as_json(export)
    if ending == READABLE:
        return as_page(export)
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("about-me.html", as_page(export))
        file.writestr("about-me.json", as_json(export))
    return whole.getvalue()


def as_json(export: Export) -> bytes:
    """One JSON document in UTF-8."""
    return json.dumps(export.as_json(), ensure_ascii=False, indent=1, default=str).encode()


def as_page(export: Export) -> bytes:
    """One HTML page that needs nothing else: no script, no picture, no address."""
    return render_to_string("exchange/export/about_me.html", {"export": export, "look": LOOK}).encode()
