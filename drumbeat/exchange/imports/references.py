"""Accounts and products as files name them: found by id or name, else to be made."""

from typing import Any

from django.db.models import Model

from drumbeat.core.names import name_key
from drumbeat.files.values import shown

LONGEST_KEY = 600


class References(dict[Any, Any]):
    """Written account or product → its id, or a negative number for one that is still to be made.

    ``made`` are those that only other rows name; each distinct text is looked up once.
    """

    def __init__(self, model: type[Model]) -> None:
        super().__init__({None: None})
        self._by_id: dict[str, int] = {}
        self._by_name: dict[str, int] = {}
        self.made: dict[int, str] = {}
        self._fresh = 0
        rows = model._default_manager.order_by("pk").values_list("pk", "external_id", "name_key")
        for pk, external_id, key in rows.iterator():
            if external_id:
                self._by_id[external_id] = pk
            self._by_name[key] = pk

    def __missing__(self, text: str) -> int:
        found = self._by_id.get(text) or self._by_name.get(name_key(text))
        if found is None:
            found = self._number(name_key(text))
            self.made[found] = text
        self[text] = found
        return found

    def of_row(self, external_id: str | None, name: str) -> int | str:
        """The number of a row's own thing, or why the row cannot be taken."""
        key = name_key(name)
        if len(key) > LONGEST_KEY:
            return "The name is too long."
        by_id = self._by_id.get(external_id) if external_id else None
        by_name = self._by_name.get(key)
        if by_id is not None and by_name not in (None, by_id):
            return f"The name {shown(name)} belongs to another one already."
        found = by_id or by_name or self._number(key)
        self._by_name[key] = found
        if external_id:
            self._by_id[external_id] = found
        return found

    def _number(self, key: str) -> int:
        self._fresh -= 1
        self._by_name[key] = self._fresh
        return self._fresh
