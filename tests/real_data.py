"""Where the real data lies that tests run on when it is there; it is not part of the project."""

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared" / "data"


def real_data(name: str) -> Path:
    """The folder ``name`` of the real data; skips the test, with a reason, where it is absent."""
    folder = SHARED / name
    if not folder.is_dir():
        pytest.skip(f"the real data “{name}” is not on this machine")
    return folder
