"""An uploaded calendar laid aside for the worker."""

import os
import secrets
from pathlib import Path
from typing import Any

from django.conf import settings


def lay_aside(upload: Any) -> Path:
    """Write the upload where only this instance reads it; whoever reads it deletes it."""
    folder = Path(settings.DATA_DIR) / "uploads"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    path = folder / f"calendar-{secrets.token_hex(12)}.ics"
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as out:
        for piece in upload.chunks():
            out.write(piece)
    return path
