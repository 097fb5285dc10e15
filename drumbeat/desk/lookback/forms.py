"""What is asked in the browser: files, the day, whose calendar, which column is what, which domain is
whose.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from itertools import islice
from typing import Any

from django import forms
from django.conf import settings

from drumbeat.core.refusal import Refused
from drumbeat.desk.lookback.steps import SeenDomain
from drumbeat.desk.lookback.store import Asked
from drumbeat.files.assign import assign
from drumbeat.files.fields import FIELDS
from drumbeat.files.mapping import Mapping, TableMapping, parse_mapping
from drumbeat.files.recognise import recognise
from drumbeat.files.sheet import Sheet

TABLES = [
    ("opportunities", "Deals"),
    ("people", "People and their managers"),
    ("accounts", "Accounts"),
    ("products", "Products"),
    ("bookings", "Orders or invoices"),
    ("targets", "Targets"),
]
FIELD_WORDS = {
    "owner": "Rep",
    "stage": "Stage",
    "external_id": "Its id",
    "name": "Name",
    "forecast_category": "Forecast category",
    "created_on": "Created on",
    "close_on": "Close date",
    "booked_on": "Booked on",
    "started_on": "Started on",
    "line_from": "Under this manager since",
    "left_on": "Left on",
    "time_zone": "Time zone",
    "list_price": "List price",
    "line": "Product line",
    "parent": "Parent account",
}
STATES = [("", "choose"), ("open", "open"), ("won", "won"), ("lost", "lost")]
DATE_ORDERS = [
    ("", "as read by itself"),
    ("dmy", "day, month, year"),
    ("mdy", "month, day, year"),
    ("ymd", "year, month, day"),
]
KINDS = [("customer", "Customer"), ("supplier", "Supplier"), ("other", "Other"), ("", "Not known")]
MOST_STAGES = 40
PREVIEW_ROWS = 5
MOST_COLUMNS = 12


class QuestionForm(forms.Form):
    """The last day to look at, and whose calendar it is."""

    day = forms.DateField(
        required=False,
        label="The last day to look at",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    me = forms.CharField(required=False, max_length=254, label="Whose calendar it is (e-mail address)")

    def clean_day(self) -> date | None:
        """A day that a calendar has and that leaves room for the weeks before it."""
        day: date | None = self.cleaned_data["day"]
        if day is not None and not 1990 <= day.year <= 2200:
            raise forms.ValidationError("Choose a day between 1990 and 2200.")
        return day

    def asked(self, asked: Asked) -> Asked:
        """What was asked before with what was typed now."""
        day, me = self.cleaned_data["day"], self.cleaned_data["me"].strip().lower()
        return replace(asked, day=day.isoformat() if day else asked.day, me=me)


def too_large(files: Iterable[Any]) -> list[str]:
    """A sentence for each file that is larger than may be brought."""
    limit = settings.DRUMBEAT_MAX_UPLOAD_MB
    return [
        f"{file.name} is larger than {limit:,} MB; bring a smaller export."
        for file in files
        if file.size > limit * 1024 * 1024
    ]


class DomainsForm(forms.Form):
    """Each outside domain sorted with one tap; the guess from the accounts stands already."""

    def __init__(self, seen: Sequence[SeenDomain], asked: Asked, data: Any = None) -> None:
        super().__init__(data)
        self.names = {f"domain_{place}": each.name for place, each in enumerate(seen)}
        for (field, name), each in zip(self.names.items(), seen, strict=True):
            entries = "one entry" if each.entries == 1 else f"{each.entries:,} entries"
            self.fields[field] = forms.ChoiceField(
                label=f"{name}, in {entries}",
                choices=KINDS,
                widget=forms.RadioSelect,
                required=False,
                initial=asked.domains.get(name, each.guess),
            )

    def asked(self, asked: Asked) -> Asked:
        """What was asked before with the domains as sorted."""
        chosen = {self.names[field]: kind for field, kind in self.cleaned_data.items()}
        return replace(
            asked, domains=asked.domains | {n: k for n, k in chosen.items() if k}, domains_sorted=True
        )


class ColumnsForm(forms.Form):
    """Which table a sheet is and which column feeds which field; stages and the order of dates where they
    matter.
    """

    table = forms.ChoiceField(label="This file holds", choices=TABLES)
    date_order = forms.ChoiceField(label="Dates are written as", choices=DATE_ORDERS, required=False)
    # The browser must not stop who only wants to see the rows, or to leave the file out.
    use_required_attribute = False

    def __init__(self, sheet: Sheet, data: Any = None) -> None:
        self.sheet = sheet
        self.sample = [list(row) for _, row in islice(sheet.rows(), 200)]
        guess = recognise(sheet.header, self.sample)
        self.name = (data or {}).get("table") or next(iter(guess.tables), "opportunities")
        self.name = self.name if self.name in FIELDS else "opportunities"
        self.guess = guess.tables.get(self.name, TableMapping())
        super().__init__(data)
        self.fields["table"].initial = self.name
        self.fields["date_order"].initial = self.guess.date_order or ""
        header = [name for name in sheet.header if name]
        choices = [("", "no column"), *((name, name) for name in dict.fromkeys(header))]
        for field, spec in FIELDS[self.name].items():
            if not spec.helper:
                self.fields[f"column_{field}"] = forms.ChoiceField(
                    label=FIELD_WORDS.get(field, field.replace("_", " ").capitalize()),
                    choices=choices,
                    required=spec.required and field not in self.guess.fixed,
                    initial=self.guess.columns.get(field, ""),
                    error_messages={"required": "Choose the column; nothing can be read without it."},
                )
        self._add_stages()
        order = ["table", *(n for n in self.fields if n.startswith(("column_", "stage_"))), "date_order"]
        self.order_fields(order)

    def _add_stages(self) -> None:
        self.stages: dict[str, str] = {}
        column = self.chosen("stage")
        if self.name != "opportunities" or column not in self.sheet.header or "status" in self.guess.columns:
            return
        place = self.sheet.header.index(column)
        seen: dict[str, None] = {}
        for _, row in self.sheet.rows():
            value = str(row[place]).strip() if place < len(row) and row[place] is not None else ""
            if value:
                seen.setdefault(value)
            if len(seen) >= MOST_STAGES:
                break
        for number, value in enumerate(seen):
            self.stages[f"stage_{number}"] = value
            known = self.guess.stages.get(value, "").partition("/")[0] or _state_of(value)
            self.fields[f"stage_{number}"] = forms.ChoiceField(
                label=f"“{value}” means", choices=STATES, required=False, initial=known
            )

    def chosen(self, field: str) -> str:
        """The column chosen for a field, or guessed while nothing was sent."""
        if self.is_bound:
            return str(self.data.get(f"column_{field}", ""))
        return self.guess.columns.get(field, "")

    def clean(self) -> dict[str, Any]:
        """The mapping must fit the sheet: a table's required fields, each stage, no column twice."""
        cleaned: dict[str, Any] = super().clean() or {}
        for field, value in self.stages.items():
            if not cleaned.get(field):
                self.add_error(field, f"Say whether “{value}” is open, won or lost.")
        if not self.errors:
            try:
                assign([self.sheet], parse_mapping(self.toml(cleaned)), [self.name])
            except Refused as refusal:
                raise forms.ValidationError(str(refusal)) from None
        return cleaned

    def toml(self, cleaned: dict[str, Any]) -> str:
        """The mapping as it is kept."""
        helpers = {f: c for f, c in self.guess.columns.items() if FIELDS[self.name][f].helper}
        columns = {
            name.removeprefix("column_"): column
            for name, column in cleaned.items()
            if name.startswith("column_") and column
        }
        table = replace(
            self.guess,
            columns=columns | helpers,
            stages={value: cleaned[field] for field, value in self.stages.items()} or self.guess.stages,
            date_order=cleaned.get("date_order") or None,
            unsure={},
        )
        return Mapping({self.name: table}).to_toml()

    def preview(self) -> dict[str, Any]:
        """The first rows: a heading for each chosen field, and its cells; as they stand in the file before
        that.
        """
        fields = [
            (name, column) for name in FIELDS[self.name] if (column := self.chosen(name)) in self.sheet.header
        ]
        if not fields:
            return {
                "header": self.sheet.header[:MOST_COLUMNS],
                "rows": [_cells(row) for row in self.sample[:PREVIEW_ROWS]],
            }
        places = [self.sheet.header.index(column) for _, column in fields]
        rows = [[_cell(row, place) for place in places] for row in self.sample[:PREVIEW_ROWS]]
        return {
            "header": [FIELD_WORDS.get(n, n.replace("_", " ").capitalize()) for n, _ in fields],
            "rows": rows,
        }


def _cells(row: Sequence[Any]) -> list[str]:
    return [_cell(row, place) for place in range(min(len(row), MOST_COLUMNS))]


def _cell(row: Sequence[Any], place: int) -> str:
    return "" if place >= len(row) or row[place] is None else str(row[place])[:80]


def _state_of(value: str) -> str:
    words = value.lower()
    return "won" if "won" in words else "lost" if "lost" in words else ""
