"""The look back as one page of PDF, set by Typst."""

import json
from functools import lru_cache
from importlib.resources import files
from typing import Any

from drumbeat.core.refusal import Refused


class NoPdf(Refused):
    """The page cannot be set."""


def as_pdf(page: dict[str, Any]) -> bytes:
    """One A4 page; what is too much for it is set smaller. The same page gives the same bytes."""
    import typst

    try:
        pdf = typst.compile(
            _template(), format="pdf", font_paths=_fonts(), sys_inputs={"page": json.dumps(page)}
        )
    except RuntimeError as error:  # TypstError derives from it
        raise NoPdf("The page could not be set as PDF; use the page on the screen.") from error
    return bytes(pdf)


@lru_cache(maxsize=1)
def _template() -> bytes:
    return files(__package__).joinpath("lookback.typ").read_bytes()


@lru_cache(maxsize=1)
def _fonts() -> Any:
    """The embedded fonts first, the system's for scripts that they lack; looked up once a process."""
    import typst

    return typst.Fonts()
