"""Whom a written owner means: by external id, then e-mail address, then exact name."""

from hashlib import sha256
from typing import Any

from drumbeat.core.names import name_key
from drumbeat.files.values import shown
from drumbeat.people.models import Person

SEVERAL = -1


class Owners(dict[Any, Any]):
    """Written owner → the person's id, or the sentence why there is none. Each text is looked up once."""

    def __init__(self) -> None:
        super().__init__()
        self.some_unknown = False
        self._by_id: dict[str, int] = {}
        self._by_email: dict[str, int] = {}
        self._by_name: dict[str, int] = {}
        people = Person.objects.order_by("pk").values_list("pk", "external_id", "email", "name_key")
        for pk, external_id, email, key in people.iterator():
            if external_id:
                self._by_id[external_id] = pk
            if email:
                self._by_email[email] = pk
            self._by_name[key] = SEVERAL if key in self._by_name else pk

    def __missing__(self, text: str) -> int | str:
        found: int | str | None = (
            self._by_id.get(text) or self._by_email.get(text.lower()) or self._by_name.get(name_key(text))
        )
        if found is None:
            found = f"The owner {shown(text)} is nobody here; bring the people in first, or correct the name."
        elif found == SEVERAL:
            found = f"Several people are called {shown(text)}; name the owner by e-mail address or id."
        if isinstance(found, str):
            self.some_unknown = True
        self[text] = found
        return found


def people_stamp() -> str:
    """A digest of all by which owners are matched: the same file read among other people is another file."""
    digest = sha256()
    people = Person.objects.order_by("pk").values_list("pk", "external_id", "email", "name_key")
    for row in people.iterator():
        digest.update(repr(row).encode())
    return digest.hexdigest()
