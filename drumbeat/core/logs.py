"""Structured logs: one JSON object a line, never with content that people wrote."""

import json
import logging
import traceback
from datetime import UTC, datetime
from typing import Any

_FIELDS = ("verb", "path", "status", "milliseconds", "viewer", "job", "rows", "kind", "reason", "reference")


class Structured(logging.Formatter):
    """Writes time, level, logger, message and the known extra fields; unknown extras are left out on purpose.

    Our own messages are written to be logged. Those of libraries carry addresses (with one-time tokens) and
    values, and so do the messages of exceptions (a database names the row it refused): of a library's
    message only its pattern is written, of an exception its type and where it happened.
    """

    def format(self, record: logging.LogRecord) -> str:
        ours = record.name.partition(".")[0] == "drumbeat"
        line: dict[str, Any] = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage() if ours else str(record.msg),
        }
        line.update({name: getattr(record, name) for name in _FIELDS if hasattr(record, name)})
        if not ours and hasattr(record, "status_code"):
            line["status"] = record.status_code
        if record.exc_info and record.exc_info[1] is not None:
            line["exception"] = list(_places(record.exc_info[1]))
        return json.dumps(line, ensure_ascii=False, default=str)


def _places(fault: BaseException) -> list[str]:
    """The exception's type and its frames, and the same for what caused it."""
    frames = traceback.extract_tb(fault.__traceback__)[-12:]
    found = [f"{type(fault).__module__}.{type(fault).__qualname__}"]
    found += [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in frames]
    before = fault.__cause__ or (None if fault.__suppress_context__ else fault.__context__)
    return found + (["from", *_places(before)] if before is not None else [])
