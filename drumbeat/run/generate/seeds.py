"""One place that makes random numbers from a seed."""

from random import Random


def seeded(*parts: object) -> Random:
    """A generator that gives the same numbers for the same parts, on every machine and Python version."""
    return Random(":".join(str(part) for part in parts))  # noqa: S311 - made data, no secret hangs on it
