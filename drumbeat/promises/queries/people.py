"""Who may be named in a line, and who is meant while one types."""

from itertools import islice

from django.db.models import Q, QuerySet

from drumbeat.core.names import name_key, sort_key
from drumbeat.people.access import visible
from drumbeat.people.models import Person
from drumbeat.people.viewer import Viewer
from drumbeat.promises.rules.lines import words_of

OFFERED = 8


def people_in(line: str, viewer: Viewer) -> list[Person]:
    """Everyone with a name of which the line holds a word; loaded whole, however many there are in all."""
    words = set(words_of(line[:2000].replace("@", " ").replace("#", " ")))
    names = _employed(viewer).values_list("pk", "name") if "@" in line else ()
    named = [pk for pk, name in names if words.intersection(words_of(name))]
    return list(Person.objects.in_bulk(named).values())


def offered(typed: str, viewer: Viewer) -> list[dict[str, str]]:
    """At most eight people one of whose names begins with what was typed: the name, and what to write.

    Namesakes are told apart by their number. First as typed, then whatever the accents.
    """
    wanted = typed.replace("\0", "")[:80].strip()
    if not wanted:
        return []
    key = name_key(wanted)
    near = Q(name_key__startswith=key) | Q(name_key__contains=f" {key}")
    found = list(_employed(viewer).filter(near).order_by("name_key").values_list("pk", "name")[:OFFERED])
    if not found:
        plain = sort_key(wanted)
        everyone = _employed(viewer).order_by("name_key").values_list("pk", "name")
        found = list(islice((one for one in everyone if f" {plain}" in f" {sort_key(one[1])}"), OFFERED))
    names = [name for _, name in found]
    return [{"name": name, "write": f"{name} #{pk}" if names.count(name) > 1 else name} for pk, name in found]


def _employed(viewer: Viewer) -> QuerySet[Person]:
    return visible(Person.objects.employed_on(viewer.today), viewer, "person.name")
