"""Whether exactly these rows were brought in last: then there is nothing to do, and it is said at once.

A file is known by the digest of its bytes, and a CSV also by a digest of its lines that does not depend on
their order: the sum of each line's own digest.
"""

from collections.abc import Sequence
from functools import cached_property
from hashlib import blake2b, sha256
from pathlib import Path
from typing import Any

from drumbeat.exchange.imports.owners import people_stamp
from drumbeat.exchange.imports.result import Counts, Result
from drumbeat.exchange.models import Import
from drumbeat.files.mapping import Mapping

WIDTH = 16
MADE = " made: "  # as the warnings about unknown accounts, products and leaders say it
PIECE = 1 << 20


class FileDigest:
    """What a file together with its mapping is known by; each digest is worked out when it is asked for."""

    def __init__(self, path: Path, mapping: Mapping | None) -> None:
        self._path = path
        self._mapping = (mapping.to_toml() if mapping else "").encode()

    @cached_property
    def bytes(self) -> str:
        """The digest of the whole file."""
        digest = sha256(self._mapping)
        with self._path.open("rb") as file:
            while piece := file.read(PIECE):
                digest.update(piece)
        return digest.hexdigest()

    @property
    def rows(self) -> str:
        """The digest of the lines in any order; empty where they are not plain (a workbook, UTF-16)."""
        return self._by_line[0]

    @property
    def lines(self) -> int:
        """How many lines are not empty."""
        return self._by_line[1]

    @cached_property
    def _by_line(self) -> tuple[str, int]:
        total = lines = 0
        first = b""
        with self._path.open("rb") as file:
            head = file.read(PIECE)
            if head.startswith(b"PK") or b"\0" in head:
                return "", 0
            file.seek(0)
            while block := file.readlines(PIECE):
                for line in block:
                    plain = line.rstrip(b"\r\n")
                    if not plain:
                        continue
                    lines += 1
                    if lines == 1:
                        first = plain
                    else:
                        total += int.from_bytes(blake2b(plain, digest_size=WIDTH).digest(), "little")
        total %= 1 << (8 * WIDTH)
        return sha256(b"%s\n%s\n%d\n%d" % (self._mapping, first, lines, total)).hexdigest(), lines

    def as_json(self, any_order: bool) -> dict[str, Any]:
        """As ``Import.digests`` keeps it; ``any_order``: whether the order of rows meant nothing."""
        return {"bytes": self.bytes, "rows": self.rows if any_order else ""}


def stamp() -> str:
    """A digest of whom owners are matched with, as it stands in ``Import.digests``."""
    return people_stamp()


def brought_already(kind: str, digests: Sequence[FileDigest], data_dir: Path) -> Result | None:
    """The result of bringing the files of the latest import once more; None where they have to be read.

    Only where no import of any kind came after it and the people have not changed: anything else may change
    what a row means. People are always read, since a page may have changed them meanwhile.
    """
    last = Import.objects.filter(undone_at=None).order_by("-pk").first()
    if last is None or last.kind != kind or kind == Import.PEOPLE or not last.digests:
        return None
    if not _same(last.digests["files"], digests) or last.digests["people"] != stamp():
        return None
    rejects = data_dir / "rejects" / last.rejects_file if last.rejects_file else None
    if rejects and not rejects.exists():
        return None
    remarks = [warning for warning in last.warnings if MADE not in warning]  # nothing is made this time
    result = Result(warnings=remarks, rejects_file=str(rejects) if rejects else None)
    for name, counts in last.tables.items():
        read, rejected = counts["read"], counts["rejected"]
        if read:
            result.tables[name] = Counts(read=read, rejected=rejected, unchanged=read - rejected)
    return result


def _same(known: Sequence[dict[str, Any]], digests: Sequence[FileDigest]) -> bool:
    if [each["bytes"] for each in known] == [each.bytes for each in digests]:
        return True
    rows = sorted(each["rows"] for each in known)
    return len(known) == len(digests) and all(rows) and rows == sorted(each.rows for each in digests)
