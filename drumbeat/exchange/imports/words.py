"""Names and counts as they stand in warnings."""

from collections.abc import Iterable

from drumbeat.files.values import shown


def some(names: Iterable[str], most: int = 5) -> str:
    """The first few names in order, and how many more there are: ``“A”, “B” and 3 more``."""
    ordered = sorted(names)
    if len(ordered) > most:
        return f"{', '.join(map(shown, ordered[:most]))} and {len(ordered) - most:,} more"
    return ", ".join(map(shown, ordered))


def counted(number: int, one: str, many: str) -> str:
    """``1 deal has`` or ``1,204 deals have``."""
    return f"1 {one}" if number == 1 else f"{number:,} {many}"
