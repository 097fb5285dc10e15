"""Text that is unreadable in a copied database: one field class, AES-GCM, rotating keys.

Keys lie in ``<data directory>/keys/<id>.key`` (32 random bytes, base64) or in ``DRUMBEAT_KEYS``
(``id:base64,id:base64``, newest first). A stored value is ``id.nonce+ciphertext`` in base64, bound to its
table and column, so that a value moved elsewhere does not open.
"""

import base64
import os
import re
import time
from functools import lru_cache
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings
from django.db import models

from drumbeat.core.refusal import Refused


class KeyMissing(Refused):
    """A text was encrypted with a key that is not here."""


class KeyWrong(Refused):
    """A key does not open the text that names it, or is no key at all."""


def keys_folder() -> Path:
    """Where the keys of this instance lie."""
    return Path(settings.DATA_DIR) / "keys"


@lru_cache(maxsize=8)
def _keys(folder: str, given: str, stamp: float) -> dict[str, bytes]:
    """Every key by its id, the newest first; read again when the folder changes."""
    found: dict[str, bytes] = {}
    for part in filter(None, (piece.strip() for piece in given.split(","))):
        name, _, value = part.partition(":")
        found[name] = _decoded(name, value)
    if not found and Path(folder).is_dir():
        for path in sorted(Path(folder).glob("*.key"), reverse=True):
            found[path.stem] = _decoded(path.stem, path.read_text(encoding="ascii").strip())
    return found


def _decoded(name: str, value: str) -> bytes:
    try:
        key = base64.b64decode(value, validate=True)
    except ValueError:
        key = b""
    if len(key) != 32 or not re.fullmatch(r"[A-Za-z0-9_-]{1,40}", name):
        raise KeyWrong(
            f"The key “{name[:40]}” is not a key of 32 bytes in base64; "
            "bring back the file that belongs there."
        )
    return key


def known_keys() -> dict[str, bytes]:
    """All keys of this instance by id, newest first; none is made."""
    given = os.environ.get("DRUMBEAT_KEYS", "")
    folder = keys_folder()
    stamp = folder.stat().st_mtime if folder.is_dir() else 0.0
    return _keys(str(folder), given, stamp)


def keys() -> dict[str, bytes]:
    """All keys of this instance by id, newest first; the first one is made where there is none."""
    found = known_keys()
    if not found:
        make_key(fresh_name())
        return keys()
    return found


def fresh_name() -> str:
    """An id for a new key: later ones sort behind earlier ones, and no two instances share one.

    With one name for every first key, a restored instance would make a key of its own under the name of the
    one that its texts need.
    """
    return f"k{int(time.time()):08x}-{os.urandom(3).hex()}"


def make_key(name: str) -> str:
    """Write a fresh key file, readable by its owner alone; returns its id."""
    folder = keys_folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    try:
        handle = os.open(folder / f"{name}.key", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return name
    with os.fdopen(handle, "wb") as out:
        out.write(base64.b64encode(os.urandom(32)))
    _keys.cache_clear()
    return name


def seal(text: str, *, place: str) -> str:
    """Encrypt a text for one place (``table.column``) with the newest key."""
    name, key = next(iter(keys().items()))
    nonce = os.urandom(12)
    sealed = AESGCM(key).encrypt(nonce, text.encode(), place.encode())
    return f"{name}.{base64.urlsafe_b64encode(nonce + sealed).decode()}"


def unseal(stored: str, *, place: str) -> str:
    """Decrypt what ``seal`` made for the same place.

    Raises KeyMissing, naming the key, or KeyWrong; never gives back garbage.
    """
    name, _, body = stored.partition(".")
    key = keys().get(name)
    if key is None:
        raise KeyMissing(
            f"The key “{name[:40]}” that opens this text is missing; "
            f"put {name[:40]}.key back into the keys folder of the data directory."
        )
    try:
        raw = base64.urlsafe_b64decode(body)
        return AESGCM(key).decrypt(raw[:12], raw[12:], place.encode()).decode()
    except (InvalidTag, ValueError) as fault:
        raise KeyWrong(
            f"The key “{name}” does not open this text; the key file or the database is not the one it was."
        ) from fault


class EncryptedText(models.TextField):
    """A text column that holds only ciphertext; None and the empty text stay as they are.

    It cannot be searched or sorted: any lookup but ``isnull`` is refused.
    """

    @property
    def _place(self) -> str:
        return f"{self.model._meta.db_table}.{self.column}"

    def get_prep_value(self, value: Any) -> Any:
        if value is None or value == "":
            return value
        return seal(str(value), place=self._place)

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> Any:
        if value is None or value == "":
            return value
        return unseal(value, place=self._place)

    def get_lookup(self, lookup_name: str) -> Any:
        return super().get_lookup(lookup_name) if lookup_name == "isnull" else None
