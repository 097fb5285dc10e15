"""Two who write in the same field at once: what is kept where. Pure."""

from dataclasses import dataclass

REPLACE, BESIDE, THERE = "replace", "beside", "there"
LONGEST = 200_000


@dataclass(frozen=True)
class Kept:
    """A field's text as it is stored: ``number`` counts its changes, ``client`` wrote it last."""

    text: str
    number: int
    client: str
    sequence: int


def cleaned(text: str) -> str:
    """A text as it is kept: lines end alike, and without NUL, which no database keeps."""
    return text.replace("\0", "").replace("\r\n", "\n").replace("\r", "\n")


def settle(kept: Kept | None, text: str, *, number: int, client: str, sequence: int) -> str:
    """Where a text goes that a page saves: REPLACE the field, BESIDE it, or it is THERE already.

    ``number`` is the change that the page last saw; ``sequence`` counts the saves of this ``client``. A save
    that is sent again, because its answer was lost, changes nothing. A page that saw an older change
    replaces the field only where nothing of it gets lost: the last text was its own, or is in the new one.
    """
    if kept is None:
        return REPLACE
    if kept.client == client and sequence <= kept.sequence:
        return THERE
    if number == kept.number or kept.client == client:
        return REPLACE
    if text.strip() in kept.text:
        return THERE
    return REPLACE if kept.text.strip() in text else BESIDE


def joined(texts: list[str]) -> str:
    """Texts put together, each once, in their order."""
    found: list[str] = []
    for text in (each.strip() for each in texts):
        if text and not any(text in each for each in found):
            found.append(text)
    return "\n".join(found)
