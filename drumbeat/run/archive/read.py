"""Reading a backup: is it one, is it whole, does it fit."""

import hashlib
import json
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path, PurePosixPath
from typing import Any

from drumbeat.core.refusal import Refused
from drumbeat.run.archive import FORMAT, MANIFEST


class NoBackup(Refused):
    """The file is missing, or is no backup of Drumbeat."""


class Damaged(Refused):
    """The file is a backup, but not whole."""


class NewerBackup(Refused):
    """A newer Drumbeat made it."""


class Archive:
    """A backup that was checked from end to end."""

    def __init__(self, zipped: zipfile.ZipFile, manifest: dict[str, Any]) -> None:
        self.zipped, self.manifest = zipped, manifest

    def rows(self, table: str) -> Iterator[list[Any]]:
        """The neutral rows of a table."""
        with self.zipped.open(f"tables/{table}.jsonl") as member:
            for line in member:
                yield json.loads(line)

    def files(self) -> list[str]:
        """The names of the files, relative to the data directory."""
        return list(self.manifest["files"])

    def read_file(self, name: str) -> bytes:
        return self.zipped.read(f"files/{name}")


@contextmanager
def opened(path: Path) -> Iterator[Archive]:
    """Open a backup and check every byte of it. Raises NoBackup, Damaged or NewerBackup."""
    if not path.is_file():
        raise NoBackup(f"{path} is not there, or is no file.")
    try:
        with zipfile.ZipFile(path) as zipped:
            archive = Archive(zipped, _manifest(zipped, path))
            _check(archive, path)
            yield archive
    except OSError as fault:
        raise NoBackup(f"{path} cannot be read: {(fault.strerror or str(fault)).lower()}.") from fault
    except zipfile.BadZipFile as fault:
        raise Damaged(
            f"{path} is damaged or no backup of Drumbeat; nothing was changed. Take another copy."
        ) from fault


def _manifest(zipped: zipfile.ZipFile, path: Path) -> dict[str, Any]:
    try:
        manifest: dict[str, Any] = json.loads(zipped.read(MANIFEST))
    except KeyError as fault:
        raise NoBackup(f"{path} is no backup of Drumbeat.") from fault
    except (ValueError, zipfile.BadZipFile, EOFError, zlib.error) as fault:
        raise Damaged(f"{path} is damaged; nothing was changed. Take another copy.") from fault
    if manifest.get("format", 0) > FORMAT:
        raise NewerBackup(
            f"{path} was made by a newer Drumbeat ({manifest.get('drumbeat')}); update Drumbeat first."
        )
    return manifest


def _check(archive: Archive, path: Path) -> None:
    """Compare every member with its digest, and every name with what may be written."""
    wanted = {f"tables/{name}.jsonl": about["sha256"] for name, about in archive.manifest["tables"].items()}
    wanted |= {f"files/{name}": digest for name, digest in archive.manifest["files"].items()}
    for name in archive.files():
        parts = PurePosixPath(name).parts
        if not parts or ".." in parts or PurePosixPath(name).is_absolute():
            raise Damaged(f"{path} holds a file that would lie outside of the data directory: {name[:80]}.")
    for member, digest in wanted.items():
        found = hashlib.sha256()
        try:
            with archive.zipped.open(member) as source:
                while block := source.read(1 << 20):
                    found.update(block)
        except (KeyError, zipfile.BadZipFile, EOFError, ValueError, OSError) as fault:
            raise _damaged(path, member) from fault
        except Exception as fault:
            # zlib.error and its kind have no base of their own.
            raise _damaged(path, member) from fault
        if found.hexdigest() != digest:
            raise _damaged(path, member)


def _damaged(path: Path, member: str) -> Damaged:
    return Damaged(f"{path} is damaged ({member}); nothing was changed. Take another copy.")
