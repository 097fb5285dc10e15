"""Files in: ``bring_in``, ``preview``, and ``undo`` of the latest import."""

from drumbeat.exchange.imports.result import Counts, Example, Result
from drumbeat.exchange.imports.run import bring_in, preview

__all__ = ["Counts", "Example", "Result", "bring_in", "preview"]
