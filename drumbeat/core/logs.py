"""Structured logs: one JSON object a line, never with content that people wrote."""

import json
import logging
from datetime import UTC, datetime

_FIELDS = ("verb", "path", "status", "milliseconds", "viewer", "job", "rows", "kind", "reason")


class Structured(logging.Formatter):
    """Writes time, level, logger, message and the known extra fields; unknown extras are left out on purpose."""

    def format(self, record: logging.LogRecord) -> str:
        line = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        line.update({name: getattr(record, name) for name in _FIELDS if hasattr(record, name)})
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)
