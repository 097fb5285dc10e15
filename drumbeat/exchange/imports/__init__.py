"""Files in: ``bring_in``, ``preview``, and ``undo`` of the latest import."""

from drumbeat.exchange.imports.result import Counts, Example, Result
from drumbeat.exchange.imports.run import bring_in, preview
from drumbeat.exchange.imports.undoing import Undone, preview_undo, undo

__all__ = ["Counts", "Example", "Result", "Undone", "bring_in", "preview", "preview_undo", "undo"]
