"""What a test needs from the machine: skipped where it lacks, unless DRUMBEAT_REQUIRE names it."""

import os

import pytest


def need(part: str, there: object, reason: str) -> None:
    """Skip the test, or fail it where DRUMBEAT_REQUIRE contains ``part``, unless ``there`` is true."""
    if there:
        return
    if part in os.environ.get("DRUMBEAT_REQUIRE", "").split(","):
        pytest.fail(f"{part} is required: {reason}")
    pytest.skip(reason)
