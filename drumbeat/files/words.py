"""The words of stages, statuses, forecast categories and metrics in the usual systems. Pure."""

import re
from collections.abc import Mapping

from drumbeat.core.names import name_key
from drumbeat.files.fields import STATES
from drumbeat.files.values import BadValue, is_unknown, shown

_WON = (
    "won|closed won|closedwon|close won|gewonnen|geschlossen gewonnen|gagné|gagnée|fermé gagné|clôturé gagné"
    "|ganado|ganada|cerrado ganado|cerrada ganada|vinto|wygrana|gesloten gewonnen"
)
_LOST = (
    "lost|closed lost|closedlost|close lost|verloren|geschlossen verloren|perdu|perdue|fermé perdu"
    "|clôturé perdu|perdido|perdida|cerrado perdido|cerrada perdida|perso|przegrana|abandoned"
    "|closed no decision|no decision"
)
_OPEN = (
    "open|offen|ouvert|ouverte|en cours|abierto|abierta|new|in progress|active|working|engaged"
    "|discovery|qualification"
    "|qualified|qualify|qualified to buy|needs analysis|value proposition|id. decision makers"
    "|perception analysis"
    "|proposal|proposal made|proposal/price quote|quote|quotation|negotiation|negotiation/review"
    "|negotiations started"
    "|develop|propose|close|appointment scheduled|appointmentscheduled|qualifiedtobuy|presentation scheduled"
    "|presentationscheduled|decision maker bought-in|decisionmakerboughtin|contract sent|contractsent|lead in"
    "|contact made|demo scheduled|prospect|angebot|verhandlung|qualifizierung|commit|verbal commitment"
)
_STAGES: dict[str, tuple[str, str | None]] = {
    **dict.fromkeys(_WON.split("|"), ("won", "closed")),
    **dict.fromkeys(_LOST.split("|"), ("lost", "omitted")),
    **dict.fromkeys(_OPEN.split("|"), ("open", None)),
    "prospecting": ("open", "pipeline"),
    "engaging": ("open", "best_case"),
}
_STATUSES = {word: state for word, (state, _) in _STAGES.items()} | {
    "in arbeit": "open", "on hold": "open", "canceled": "lost", "cancelled": "lost", "closed as won": "won",
    "closed as lost": "lost", "0": "open", "1": "won", "2": "lost",
}  # fmt: skip
_CATEGORIES = {
    "pipeline": "pipeline", "best case": "best_case", "best_case": "best_case", "bestcase": "best_case",
    "upside": "best_case", "commit": "commit", "committed": "commit", "most likely": "best_case",
    "omitted": "omitted", "omit": "omitted", "not forecasted": "omitted", "closed": "closed",
    "closed won": "closed",    "won": "closed", "lost": "omitted",
}  # fmt: skip
_METRICS = {
    "won_amount": "won_amount", "won amount": "won_amount", "won": "won_amount", "amount": "won_amount",
    "revenue": "won_amount", "quota": "won_amount", "bookings": "bookings", "booking": "bookings",
    "booked": "bookings", "booked amount": "bookings", "orders": "bookings", "sales": "bookings",
    "margin": "margin", "gross margin": "margin", "gross profit": "margin", "profit": "margin",
}  # fmt: skip
_PIPELINE_NAME = re.compile(r"\s*\([^()]*\)\s*$")

State = tuple[str, str | None]


class StageReader:
    """Reads stages as state and forecast category: by the mapping's table, else by the usual words.

    ``others`` is ``open`` where any further stage counts as open, else an unknown stage rejects its row.
    """

    def __init__(self, table: Mapping[str, str], others: str | None) -> None:
        self._exact = {stage.strip(): _meaning(meaning) for stage, meaning in table.items()}
        self._loose = {name_key(stage): meaning for stage, meaning in self._exact.items()}
        self._others = others

    def read(self, text: str | None) -> State | None:
        """State and forecast category; None where there is no stage. Raises BadValue."""
        if text is None or not text.strip():
            return None
        if (found := self._exact.get(text.strip())) or (found := self._loose.get(key := name_key(text))):
            return found
        if found := _by_word(key):
            return found
        if self._others == "open" and not is_unknown(text):
            return "open", None
        raise BadValue(
            f"The stage {shown(text)} is not known; say in the mapping whether it is open, won or lost."
        )

    def text(self, text: str | None) -> "tuple[str, str, str | None] | None":
        """The stage as written, with state and forecast category."""
        found = self.read(text)
        return (text.strip(), *found) if found and text else None


def read_status(text: str | None) -> str | None:
    """``open``, ``won`` or ``lost`` from a column that says just that. Raises BadValue."""
    if text is None or not text.strip():
        return None
    if state := _STATUSES.get(name_key(text)):
        return state
    raise BadValue(f"The status {shown(text)} is neither open, won nor lost.")


def read_category(text: str | None) -> str | None:
    """A forecast category, None where the word is not one of the usual."""
    return _CATEGORIES.get(name_key(text)) if text else None


def read_metric(text: str | None) -> str | None:
    """What a target counts: ``won_amount``, ``bookings`` or ``margin``. Raises BadValue."""
    if text is None or not text.strip():
        return None
    if metric := _METRICS.get(name_key(text)):
        return metric
    raise BadValue(f"{shown(text)} is not a measure of a target; write won_amount, bookings or margin.")


def knows_stage(text: str) -> bool:
    """Whether the word is a stage that is read without a mapping."""
    return _by_word(name_key(text)) is not None


def _by_word(key: str) -> State | None:
    plain = _PIPELINE_NAME.sub("", key)
    dashed = re.sub(r"\s*[-–—:/]\s*", " ", plain)
    return _STAGES.get(key) or _STAGES.get(plain) or _STAGES.get(dashed)


def _meaning(text: str) -> State:
    state, _, category = text.partition("/")
    assert state in STATES, text
    default = {"won": "closed", "lost": "omitted"}.get(state)
    return state, category or default
