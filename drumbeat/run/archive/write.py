"""``backup``: the instance as of one moment, written while it runs."""

import hashlib
import hmac
import json
import os
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from drumbeat import __version__
from drumbeat.core.encrypted import keys, keys_folder
from drumbeat.core.refusal import Refused
from drumbeat.run.archive import FORMAT, MANIFEST
from drumbeat.run.archive.cells import Column, converted, tables, to_neutral
from drumbeat.run.archive.snapshot import Snapshot, snapshot

# Made again by itself, belonging to a running process, or secret.
NOT_SAVED = frozenset({"static", "static.new", "locks", "keys", "tmp", "look-backs", "secret_key"})
NOT_SAVED_FILES = (".lock", ".sqlite3", ".sqlite3-wal", ".sqlite3-shm", ".sqlite3-journal", ".part")


class CannotWrite(Refused):
    """The file cannot be written there."""


def save(file: Path, *, with_keys: bool) -> dict[str, Any]:
    """Write the backup; gives back its manifest. Raises CannotWrite."""
    if file.is_dir():
        raise CannotWrite(f"{file} is a folder; name a file.")
    if file.exists() and not zipfile.is_zipfile(file):
        raise CannotWrite(f"{file} is there and is no backup; choose another name.")
    part = file.with_name(file.name + ".part")
    try:
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(handle, "wb") as out:
            manifest = _write(out, with_keys)
            out.flush()
            os.fsync(out.fileno())
        part.replace(file)
    except OSError as fault:
        part.unlink(missing_ok=True)
        raise CannotWrite(f"{file} cannot be written: {(fault.strerror or str(fault)).lower()}.") from fault
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return manifest


def _write(out: Any, with_keys: bool) -> dict[str, Any]:
    manifest: dict[str, Any] = {
        "format": FORMAT,
        "drumbeat": __version__,
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "database": connection.vendor,
        "with_keys": with_keys,
        "migrations": _migrations(),
        "tables": {},
        "files": {},
        "keys": {},
    }
    used: set[str] = set()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=3) as archive:
        with snapshot() as held:
            for table, columns in tables().items():
                manifest["tables"][table] = _table(archive, held, table, columns, used)
        for path, name in _files():
            manifest["files"][name] = _file(archive, path, f"files/{name}")
        if with_keys:
            for path in sorted(keys_folder().glob("*.key")):
                manifest["files"][f"keys/{path.name}"] = _file(archive, path, f"files/keys/{path.name}")
        here = keys()
        manifest["keys"] = {name: fingerprint(here[name]) if name in here else "" for name in sorted(used)}
        archive.writestr(MANIFEST, json.dumps(manifest, indent=1))
    return manifest


def _table(
    archive: zipfile.ZipFile, held: Snapshot, table: str, columns: list[Column], used: set[str]
) -> dict[str, Any]:
    """Write one table; ``used`` gathers the ids of the keys that its cells were encrypted with."""
    converts = [to_neutral(column) for column in columns]
    sealed = [n for n, column in enumerate(columns) if column.kind == "encrypted"]
    digest, count = hashlib.sha256(), 0
    with archive.open(f"tables/{table}.jsonl", "w", force_zip64=True) as member:
        for row in held.rows(table, columns):
            cells = converted(row, converts)
            used.update(cells[n].partition(".")[0] for n in sealed if cells[n])
            line = json.dumps(cells, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
            digest.update(line)
            member.write(line)
            count += 1
    columns_json = [column.as_json() for column in columns]
    return {"columns": columns_json, "rows": count, "sha256": digest.hexdigest()}


def _files() -> Iterator[tuple[Path, str]]:
    """Every file of the data directory that is saved, with its name inside it."""
    root = Path(settings.DATA_DIR)
    for path in sorted(root.rglob("*")):
        name = path.relative_to(root)
        if name.parts[0] in NOT_SAVED or name.name.startswith("first_run.") or path.is_symlink():
            continue
        if path.is_file() and not name.name.endswith(NOT_SAVED_FILES):
            yield path, name.as_posix()


def _file(archive: zipfile.ZipFile, path: Path, member: str) -> str:
    """Write one file; gives back its digest."""
    digest = hashlib.sha256()
    with path.open("rb") as source, archive.open(member, "w", force_zip64=True) as target:
        while block := source.read(1 << 20):
            digest.update(block)
            target.write(block)
    return digest.hexdigest()


def _migrations() -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for app, name in sorted(MigrationRecorder(connection).applied_migrations()):
        found.setdefault(app, []).append(name)
    return found


def fingerprint(key: bytes) -> str:
    """What tells one key from another without giving it away."""
    return hmac.new(key, b"drumbeat backup", hashlib.sha256).hexdigest()[:16]
