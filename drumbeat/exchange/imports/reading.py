"""From files to staged rows: owners, accounts and products looked up, rows at fault put aside."""

from collections.abc import Callable, Iterator, Sequence
from itertools import compress
from pathlib import Path
from typing import Any

from drumbeat.core.names import name_key
from drumbeat.core.periods import Period, parse
from drumbeat.customers.models import Account, Product
from drumbeat.exchange.imports.database import Staging
from drumbeat.exchange.imports.owners import Owners
from drumbeat.exchange.imports.references import LONGEST_KEY, References
from drumbeat.exchange.imports.rejects import Rejects
from drumbeat.exchange.imports.staged import StagedTable
from drumbeat.exchange.imports.tables import ACCOUNTS, BOOKINGS, OPPORTUNITIES, PRODUCTS, TARGETS, Table
from drumbeat.exchange.imports.words import counted, some
from drumbeat.files.assign import Assigned
from drumbeat.files.currency import one_currency
from drumbeat.files.typed import Chunk, typed_chunks

Progress = Callable[[int], None]
Columns = dict[str, list[Any]]
PARTER = "\x1f"  # white space to name_key, so no key's part can hold it


class Reader:
    """Stages all sheets of one import of the kinds crm and targets."""

    def __init__(self, staging: Staging, progress: Progress) -> None:
        self.staging = staging
        self.rejects = Rejects()
        self.warnings: list[str] = []
        self.tables: dict[str, StagedTable] = {}
        self.owners = Owners()
        self.references = {"accounts": References(Account), "products": References(Product)}
        self.currencies: set[str] = set()
        self._progress = progress
        self._done = 0
        self._rows_of: dict[Path, int] = {}
        self._nth: dict[int, int] = {}
        self._no_id = 0
        self._periods: dict[str, Period] = {}

    def read(self, assigned: Sequence[Assigned]) -> None:
        """Stage every sheet, accounts and products before what points at them.

        Raises what ``typed_chunks`` raises, and MoreThanOneCurrency over all sheets together.
        """
        numbers = {id(each): self.rejects.sheet(each) for each in assigned}
        for table in (ACCOUNTS, PRODUCTS):
            own = [(numbers[id(each)], each) for each in assigned if each.table == table.name]
            if own:
                self._named(table, own)
        for table, stage in (
            (OPPORTUNITIES, self._opportunities),
            (BOOKINGS, self._bookings),
            (TARGETS, self._targets),
        ):
            for each in assigned:
                if each.table == table.name:
                    staged = self._table(table)
                    for chunk in self._chunks(each, numbers[id(each)], staged):
                        stage(staged, numbers[id(each)], chunk)
        self._made("accounts", ACCOUNTS)
        self._made("products", PRODUCTS)
        for name, staged in self.tables.items():
            staged.take_out_repeats(self.rejects, "The id" if name != "targets" else "The target")
            staged.settle()
        self._warn()

    def rows_in_any_order(self, file: Path) -> int | None:
        """How many rows the file has; None where their order or line numbers told something."""
        if len(self.rejects) or self._no_id:
            return None
        return self._rows_of.get(file)

    def _table(self, table: Table) -> StagedTable:
        if table.name not in self.tables:
            self.tables[table.name] = StagedTable(table, self.staging)
        return self.tables[table.name]

    def _chunks(self, assigned: Assigned, sheet: int, staged: StagedTable) -> Iterator[Chunk]:
        for chunk in typed_chunks(assigned):
            rejected = self.rejects.add_all(sheet, chunk.rejects)
            staged.counts.read += len(chunk.lines) + rejected
            staged.counts.rejected += rejected
            self.warnings += chunk.warnings
            self.currencies |= chunk.currencies
            yield chunk
            self._done += len(chunk.lines) + rejected
            self._rows_of[assigned.sheet.path] = (
                self._rows_of.get(assigned.sheet.path, 0) + len(chunk.lines) + rejected
            )
            self._progress(self._done)
        one_currency(self.currencies, "The company's files together")

    def _named(self, table: Table, sheets: list[tuple[int, Assigned]]) -> None:
        """Accounts or products: each row's own is found or numbered; parents are looked up at the end."""
        staged = self._table(table)
        references = self.references[table.name]
        parents: list[str | None] = []
        held: list[tuple[int, Sequence[int], Columns]] = []
        for sheet, assigned in sheets:
            for chunk in self._chunks(assigned, sheet, staged):
                columns: Columns = chunk.columns
                lines: Sequence[int] = chunk.lines
                ids = columns.get("external_id") or [None] * len(lines)
                found = [references.of_row(own, name) for own, name in zip(ids, columns["name"], strict=True)]
                lines, columns, found = self._kept(staged, sheet, lines, columns, found)
                columns["id"] = found
                columns["name_key"] = [name_key(name) for name in columns["name"]]
                if "domain" in columns:
                    columns["domain"] = [_domain(text) for text in columns["domain"]]
                parents += columns.get("parent") or [None] * len(lines)
                held.append((sheet, lines, columns))
        start = 0
        for sheet, numbers, cells in held:
            if cells.pop("parent", None) is not None:
                cells["parent_id"] = [references[text] for text in parents[start : start + len(numbers)]]
            start += len(numbers)
            staged.add(sheet, numbers, cells)

    def _opportunities(self, staged: StagedTable, sheet: int, chunk: Chunk) -> None:
        lines, columns = self._owned(staged, sheet, chunk)
        ids = columns.get("external_id") or [None] * len(lines)
        columns["key"] = ids
        if None in ids:
            keys = self._keys_without_id(ids, columns)
            lines, columns, keys = self._kept(staged, sheet, lines, columns, keys, good=_short)
            columns["key"] = keys
        self._refer(columns)
        columns.pop("currency", None)
        staged.add(sheet, lines, columns)

    def _bookings(self, staged: StagedTable, sheet: int, chunk: Chunk) -> None:
        lines, columns = self._owned(staged, sheet, chunk)
        self._refer(columns)
        columns.pop("currency", None)
        staged.add(sheet, lines, columns)

    def _targets(self, staged: StagedTable, sheet: int, chunk: Chunk) -> None:
        lines, columns = self._owned(staged, sheet, chunk)
        periods = [self._period(name) for name in columns.pop("period")]
        columns["starts_on"] = [period.first for period in periods]
        columns["ends_on"] = [period.last for period in periods]
        columns["metric"] = columns.get("metric") or ["won_amount"] * len(lines)
        columns["metric"] = [metric or "won_amount" for metric in columns["metric"]]
        staged.add(sheet, lines, columns)

    def _owned(self, staged: StagedTable, sheet: int, chunk: Chunk) -> tuple[Sequence[int], Columns]:
        """The rows whose owner is known, with ``owner_id``."""
        columns = dict(chunk.columns)
        found = list(map(self.owners.__getitem__, columns.pop("owner")))
        if not self.owners.some_unknown:
            columns["owner_id"] = found
            return chunk.lines, columns
        lines, columns, found = self._kept(staged, sheet, chunk.lines, columns, found)
        columns["owner_id"] = found
        return lines, columns

    def _kept(
        self,
        staged: StagedTable,
        sheet: int,
        lines: Sequence[int],
        columns: Columns,
        found: list[Any],
        good: Callable[[Any], bool] = lambda value: value.__class__ is int,
    ) -> tuple[Sequence[int], Columns, list[Any]]:
        """The rows whose value is good; for the others the value is the reason of their rejection."""
        keep = list(map(good, found))
        if all(keep):
            return lines, columns, found
        for line, reason, fine in zip(lines, found, keep, strict=True):
            if not fine:
                self.rejects.add(
                    sheet, line, reason if len(reason) < LONGEST_KEY else "Account and name are too long."
                )
                staged.counts.rejected += 1
        kept = {name: list(compress(column, keep)) for name, column in columns.items()}
        return list(compress(lines, keep)), kept, list(compress(found, keep))

    def _refer(self, columns: Columns) -> None:
        for name in ("account", "product"):
            if name in columns:
                columns[f"{name}_id"] = list(map(self.references[f"{name}s"].__getitem__, columns.pop(name)))

    def _keys_without_id(self, ids: list[Any], columns: Columns) -> list[str]:
        """Account + name + order where a row has no id."""
        nothing = [None] * len(ids)
        keys = []
        for own, account, name in zip(
            ids, columns.get("account") or nothing, columns.get("name") or nothing, strict=True
        ):
            if own is not None:
                keys.append(own)
                continue
            base = f"{name_key(account or '')}{PARTER}{name_key(name or '')}"
            place = hash(base)
            nth = self._nth[place] = self._nth.get(place, 0) + 1
            keys.append(f"{base}{PARTER}{nth}")
            self._no_id += 1
        return keys

    def _period(self, name: str) -> Period:
        if name not in self._periods:
            self._periods[name] = parse(name)
        return self._periods[name]

    def _made(self, name: str, table: Table) -> None:
        """Stage the accounts or products that only other rows name."""
        made = self.references[name].made
        if made:
            staged = self._table(table)
            known = list(made.values())
            staged.made = len(known)
            columns: Columns = {
                "id": list(made),
                "name": known,
                "name_key": [name_key(text) for text in known],
            }
            given = set(staged.given)
            staged.add(-1, range(len(known)), columns)
            staged.given = given or set(columns)

    def _warn(self) -> None:
        for name, one in (("accounts", "account"), ("products", "product")):
            made = self.references[name].made
            if made:
                were = counted(len(made), f"unknown {one} was", f"unknown {name} were")
                self.warnings.append(f"{were} made: {some(made.values())}.")
        if self._no_id:
            rows = counted(self._no_id, "deal has", "deals have")
            self.warnings.append(
                f"{rows} no id: account and name tell them apart, and their order where those are the same."
            )
        for staged in self.tables.values():
            if staged.repeated:
                rows = counted(staged.repeated, "row stands", "rows stand")
                self.warnings.append(f"{rows} in {staged.table.name} more than once and counted once.")


def _short(key: str) -> bool:
    return len(key) <= LONGEST_KEY


def _domain(text: str | None) -> str | None:
    """The domain of ``Info@Acme.com``, ``https://www.acme.com/en`` or ``acme.com``: ``acme.com``."""
    if not text:
        return None
    host = text.strip().lower().rpartition("@")[2]
    host = host.partition("//")[2] or host
    return host.partition("/")[0].removeprefix("www.")
