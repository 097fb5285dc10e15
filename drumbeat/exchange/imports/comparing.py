"""Which staged rows are new, which are changed: worked out before the move, while the company's data is free.

Only imports write these tables, and only one runs at a time, so what is found here still holds in the move.
"""

from drumbeat.exchange.imports.database import Staging
from drumbeat.exchange.imports.result import Example
from drumbeat.exchange.imports.staged import StagedTable
from drumbeat.exchange.imports.tables import Table

EXAMPLES = 3


class Compared:
    """One staged table against what is kept: ``all_new`` where nothing is kept, else by its todo table."""

    def __init__(self, staged: StagedTable) -> None:
        self.staged = staged
        self.table = staged.table
        self.staging = staged.staging
        self.all_new = not self.staging.rows(f"SELECT 1 FROM {self.table.target} LIMIT 1")
        if self.all_new:
            self.created = (
                self.staging.count(self.table.staged)
                if staged.repeated or staged.counts.rejected
                else staged.rows
            )
            self.updated = 0
        else:
            self._find()
        counts = staged.counts
        counts.created, counts.updated = self.created, self.updated
        counts.unchanged = counts.read + staged.made - counts.rejected - self.created - self.updated

    @property
    def new_rows(self) -> str:
        """FROM and WHERE of the rows to make, as ``s``."""
        if self.all_new:
            return f"FROM {self.table.staged} s"
        return f"FROM {self.table.todo} t JOIN {self.table.staged} s ON s.row_no = t.row_no AND t.id IS NULL"

    @property
    def fresh_rows(self) -> str:
        """FROM of the rows to make or to change, as ``s``: what will be."""
        if self.all_new:
            return f"FROM {self.table.staged} s"
        return f"FROM {self.table.todo} t JOIN {self.table.staged} s ON s.row_no = t.row_no"

    @property
    def old_rows(self) -> str:
        """FROM of the rows to change, as ``o``: what is. Empty where there are none."""
        if self.all_new or not self.updated:
            return ""
        return f"FROM {self.table.todo} t JOIN {self.table.target} o ON o.id = t.id"

    def _find(self) -> None:
        table, staging = self.table, self.staging
        given = [name for name in table.compared if name in self.staged.given]
        keys = " AND ".join(f"o.{key} = s.{key}" for key in table.key)
        changed = " OR ".join(["o.id IS NULL", *(self._differs(name) for name in given)])
        staging.create_as(
            table.todo,
            f"SELECT s.row_no, o.id FROM {table.staged} s LEFT JOIN {table.target} o ON {keys}"
            f" WHERE {changed}",
        )
        rows = staging.rows(f"SELECT COUNT(*), COUNT(id) FROM {table.todo}")[0]
        self.created, self.updated = rows[0] - rows[1], rows[1]
        staging.analyse(table.todo)
        self._keep_what_is_not_given(given)

    def _differs(self, name: str) -> str:
        kind = self.table.columns[name]
        fresh = f"s.{name}"
        if name in self.table.empty:
            fresh = f"COALESCE({fresh}, '')"
        return self.staging.differs(f"o.{name}", self.staging.cents(fresh) if kind == "amount" else fresh)

    def _keep_what_is_not_given(self, given: list[str]) -> None:
        """Fields that the file has no column for stay as they are in rows that change."""
        missing = [name for name in self.table.compared if name not in given]
        if not missing or not self.updated:
            return
        listed = ", ".join(f"{name} = o.{name}" for name in missing)
        self.staging.run(
            f"UPDATE {self.table.staged} SET {listed} FROM {self.table.todo} t"
            f" JOIN {self.table.target} o ON o.id = t.id"
            f" WHERE {self.table.staged}.row_no = t.row_no"
        )

    def examples(self) -> list[Example]:
        """A few rows that will be made, and a few that will change with what changes in them."""
        table = self.table
        label = f"s.{table.label}"
        made = self.staging.rows(f"SELECT {label} {self.new_rows} ORDER BY s.row_no LIMIT {EXAMPLES}")
        found = [Example(table.name, "created", str(row[0] or "")) for row in made]
        return found + _changes(table, self.staging) if self.updated else found


def _changes(table: Table, staging: Staging) -> list[Example]:
    names = table.compared
    listed = ", ".join([f"s.{table.label}", *(f"o.{n}, s.{n}" for n in names)])
    rows = staging.rows(
        f"SELECT {listed} FROM {table.todo} t JOIN {table.staged} s ON s.row_no = t.row_no"
        f" JOIN {table.target} o ON o.id = t.id ORDER BY s.row_no LIMIT {EXAMPLES}"
    )
    found = []
    for name, *pairs in rows:
        changes = [
            (field, _written(old), _written(new))
            for field, old, new in zip(names, pairs[::2], pairs[1::2], strict=True)
            if _written(old) != _written(new) and field != "name_key"
        ]
        found.append(Example(table.name, "updated", str(name or ""), changes))
    return found


def _written(value: object) -> str:
    if value is None:
        return ""
    return f"{value:.2f}".removesuffix(".00") if isinstance(value, float) else str(value).removesuffix(".00")
