"""Who of a room is meant while one types."""

from drumbeat.core.names import name_key
from drumbeat.meetings.models import Meeting, Seat


def seated(meeting: Meeting, typed: str) -> list[dict[str, str]]:
    """Those with a seat one of whose names begins so: the name, and what to write (namesakes by number)."""
    wanted = name_key(typed.replace("\0", "")[:80].strip())
    if not wanted:
        return []
    rows = (
        Seat.objects.filter(meeting=meeting).order_by("person__name").values_list("person_id", "person__name")
    )
    names = [name for _, name in rows]
    return [
        {"name": name, "write": f"{name} #{pk}" if names.count(name) > 1 else name}
        for pk, name in rows
        if f" {wanted}" in f" {name_key(name)}"
    ][:8]
