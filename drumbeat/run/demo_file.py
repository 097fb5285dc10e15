"""What is known of a demonstration in a data directory (``demonstration.json``); needs no settings."""

import json
import os
from pathlib import Path
from typing import Any

LOADING, READY = "loading", "ready"


def state(data: Path) -> dict[str, Any]:
    """What is known of a demonstration in the data directory; empty where there is none."""
    try:
        found: dict[str, Any] = json.loads((data / "demonstration.json").read_text(encoding="utf-8"))
    except (FileNotFoundError, ValueError):
        return {}
    return found


def forget_broken_load(data: Path) -> None:
    """Take away the database of a load that was broken off (SQLite); runs before the settings are read."""
    if state(data).get("state") == LOADING and not os.environ.get("DATABASE_URL"):
        for ending in ("", "-wal", "-shm"):
            (data / f"drumbeat.sqlite3{ending}").unlink(missing_ok=True)


def write(data: Path, about: dict[str, Any]) -> None:
    """Only its owner may read it: it holds the passwords of the made people."""
    path = data / "demonstration.json"
    fresh = path.with_suffix(".part")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as out:
        json.dump(about, out, indent=1)
    fresh.replace(path)
