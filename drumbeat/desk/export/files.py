"""How a person's data is written: a page to read, JSON for other programs, or both in one ZIP."""

import io
import json
import zipfile
from pathlib import Path

from django.template.loader import render_to_string

from drumbeat.core.refusal import Refused
from drumbeat.desk.export.actions import Export

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
    return render_to_string("desk/export/about_me.html", {"export": export}).encode()
