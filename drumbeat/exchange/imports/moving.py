"""The move: one short transaction that takes staged rows over, keeps what was, and adds to the months."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from drumbeat.exchange.imports.comparing import Compared
from drumbeat.exchange.imports.database import Staging
from drumbeat.exchange.imports.months import Months
from drumbeat.exchange.imports.tables import HISTORY, OPPORTUNITIES, TABLES, Table

REFERENCES = {"account_id": "accounts", "parent_id": "accounts", "product_id": "products"}


class Move:
    """Moves compared tables over, in the caller's transaction; ``made`` tells the ids of the rows made."""

    def __init__(self, staging: Staging, compared: Sequence[Compared]) -> None:
        self.staging = staging
        self.compared = {each.table.name: each for each in compared}
        self.made: dict[str, list[list[int]]] = {}
        self.months = Months(staging, self.compared)
        for name in ("accounts", "products"):
            if name in self.compared:
                staging.create(f"made_{name}", {"id": "id"})

    def run(self, import_id: int, today: date, until: date) -> None:
        """Write everything. ``until`` is the day from which changed deals are what the file says."""
        for name, table in TABLES.items():
            each = self.compared.get(name)
            if each is None:
                continue
            if each.updated:
                self._keep_before(each, import_id)
                if table is OPPORTUNITIES:
                    self._history(each, import_id, until)
            if each.created:
                self._insert(each, today)
            if each.updated:
                self._update(each)
            if name == "accounts":
                self._parents(each)
        self.months.add()

    def _insert(self, each: Compared, today: date) -> None:
        table = each.table
        before = self._last_id(table)
        names = [name for name in table.columns if name not in ("id", "parent_id")]
        values = [self._value(table, name) for name in names]
        parameters: list[Any] = []
        if table is OPPORTUNITIES:
            names.append("first_seen_on")
            values.append("%s")
            parameters.append(today)
        # Staged rows lie in order; SQLite walks them so by itself, PostgreSQL need not sort what it scans.
        order = "" if self.staging.vendor == "postgresql" and each.all_new else " ORDER BY s.row_no"
        source = each.new_rows + self._joins(table)
        self.staging.run(
            f"INSERT INTO {table.target} ({', '.join(names)}) SELECT {', '.join(values)} {source}{order}",
            parameters,
        )
        self.made[table.name] = [[before + 1, self._last_id(table)]]
        if table.name in ("accounts", "products"):
            self.staging.run(
                f"INSERT INTO made_{table.name} (row_no, id) SELECT s.id, k.id FROM {table.staged} s"
                f" JOIN {table.target} k ON k.name_key = s.name_key WHERE s.id < 0"
            )

    def _update(self, each: Compared) -> None:
        table = each.table
        names = [name for name in table.compared if name != "parent_id"]
        listed = ", ".join(f"{name} = {self._value(table, name)}" for name in names)
        self.staging.run(
            f"UPDATE {table.target} SET {listed} FROM {table.todo} t"
            f" JOIN {table.staged} s ON s.row_no = t.row_no{self._joins(table)}"
            f" WHERE {table.target}.id = t.id"
        )

    def _parents(self, each: Compared) -> None:
        """Parents last: they may have been made by this very import."""
        if "parent_id" not in each.staged.given:
            return
        table = each.table
        joins = " LEFT JOIN made_accounts m ON m.row_no = s.id"
        joins += " LEFT JOIN made_accounts p ON p.row_no = s.parent_id"
        # A table of its own: SQLite would look through every staged row for each account that is kept.
        self.staging.create_as(
            "parents_accounts",
            "SELECT COALESCE(m.id, s.id) AS id, COALESCE(p.id, s.parent_id) AS parent_id"
            f" {each.fresh_rows}{joins}",
        )
        self.staging.analyse("parents_accounts")
        self.staging.run(
            f"UPDATE {table.target} SET parent_id = t.parent_id FROM parents_accounts t"
            f" WHERE {table.target}.id = t.id AND"
            f" {self.staging.differs(f'{table.target}.parent_id', 't.parent_id')}"
        )

    def _keep_before(self, each: Compared, import_id: int) -> None:
        """What the changed rows were, so that the import can be taken back."""
        names = each.table.compared
        build = "JSON_OBJECT" if self.staging.vendor == "sqlite" else "JSONB_BUILD_OBJECT"
        pairs = ", ".join(f"'{name}', o.{name}" for name in names)
        self.staging.run(
            f'INSERT INTO exchange_undo (of_id, "table", row_id, "before")'
            f" SELECT %s, '{each.table.name}', o.id, {build}({pairs}) {each.old_rows}",
            [import_id],
        )

    def _history(self, each: Compared, import_id: int, until: date) -> None:
        """A line for each deal whose owner, stage, state, close date or amount changes."""
        differs = " OR ".join(
            self.staging.differs(f"o.{name}", self._fresh(each.table, name)) for name in HISTORY
        )
        listed = ", ".join(HISTORY)
        old = ", ".join(f"o.{name}" for name in HISTORY)
        self.staging.run(
            f"INSERT INTO plan_opportunitychange (opportunity_id, until_on, brought_by, {listed})"
            f" SELECT o.id, %s, %s, {old} FROM {each.table.todo} t"
            f" JOIN {each.table.staged} s ON s.row_no = t.row_no JOIN {each.table.target} o ON o.id = t.id"
            f" WHERE {differs} ORDER BY o.id",
            [until, import_id],
        )

    def _value(self, table: Table, name: str) -> str:
        """SQL for a column of a staged row as it is to be kept."""
        kind = REFERENCES.get(name)
        if kind and self._makes(kind):
            return f"COALESCE(made_{kind}.id, s.{name})"
        return self._fresh(table, name)

    def _fresh(self, table: Table, name: str) -> str:
        if name in table.empty:
            return f"COALESCE(s.{name}, '')"
        return self.staging.cents(f"s.{name}") if table.columns[name] == "amount" else f"s.{name}"

    def _makes(self, kind: str) -> bool:
        return kind in self.compared and bool(self.compared[kind].created)

    def _joins(self, table: Table) -> str:
        return "".join(
            f" LEFT JOIN made_{kind} ON made_{kind}.row_no = s.{name}"
            for name, kind in REFERENCES.items()
            if name in table.columns and name != "parent_id" and self._makes(kind)
        )

    def _last_id(self, table: Table) -> int:
        return int(self.staging.one(f"SELECT COALESCE(MAX(id), 0) FROM {table.target}"))
