"""Which column of a file feeds which field: read from and written to TOML. Pure."""

import codecs
import json
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from drumbeat.core.refusal import Refused
from drumbeat.files.fields import FIELDS, FORECAST_CATEGORIES, METRICS, STATES

LENGTHS = ("month", "quarter", "year")
DATE_ORDERS = ("dmy", "mdy", "ymd")
DECIMALS = ("point", "comma")

# A word instead of a column, where no column of the file bears that name.
FIXED_WORDS = {
    "metric": re.compile("|".join(METRICS)),
    "currency": re.compile(r"[A-Z]{3}"),
    "period": re.compile(r"\d{4}(-Q[1-4]|-\d\d)?"),
}


class BadMapping(Refused):
    """A mapping that cannot be read, or that names something unknown."""


@dataclass
class TableMapping:
    """How one table is fed.

    ``columns``: field to column name. ``stages``: value of the stage column to ``open``, ``won`` or ``lost``,
    where ``/category`` may follow. ``date_order``: ``dmy``, ``mdy``, ``ymd`` or None (inferred). ``fixed``:
    field to a word that holds for every row. ``length``: what a target's start date begins. ``decimal``:
    ``point``, ``comma`` or None (inferred). ``other_stages``: ``open`` where every stage not known as won or
    lost counts as open, as in the exports of systems whose open stages every company names itself.
    ``unsure``: field to the columns that could all be it, set by ``recognise`` alone.
    """

    columns: dict[str, str] = field(default_factory=dict)
    stages: dict[str, str] = field(default_factory=dict)
    date_order: str | None = None
    fixed: dict[str, str] = field(default_factory=dict)
    length: str | None = None
    decimal: str | None = None
    other_stages: str | None = None
    unsure: dict[str, list[str]] = field(default_factory=dict)


@dataclass
class Mapping:
    """The mappings of all tables, and the encoding of the files where it is not one that shows by itself."""

    tables: dict[str, TableMapping] = field(default_factory=dict)
    encoding: str | None = None

    def to_toml(self) -> str:
        """The mapping as the text that ``parse_mapping`` reads back to an equal one."""
        lines = [f"encoding = {_quoted(self.encoding)}", ""] if self.encoding else []
        for name, table in self.tables.items():
            lines += [f"[{name}]", *_section_lines(table), ""]
            if table.stages:
                lines += [f"[{name}.stages]", *_pairs(table.stages), ""]
        return "\n".join(lines)


def load_mapping(path: Path | str) -> Mapping:
    """Read a mapping file. Raises BadMapping with a sentence that names the file and the fault."""
    path = Path(path)
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadMapping(f"{path.name} is not a mapping: it is not text in UTF-8.") from None
    except OSError as error:
        reason = (error.strerror or "it cannot be read").lower()
        raise BadMapping(f"The mapping {path.name} cannot be read: {reason}.") from None
    return parse_mapping(text, path.name)


def parse_mapping(text: str, name: str = "the mapping") -> Mapping:
    """Read the text of a mapping; ``name`` stands in the sentence of a refusal."""
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        twice = "overwrite" in str(error)
        hint = (
            "a field or section is given twice; each field takes one column"
            if twice
            else "it is not valid TOML"
        )
        raise BadMapping(f"{name} cannot be read: {hint} ({_place(str(error))}).") from None
    except RecursionError:
        raise BadMapping(f"{name} cannot be read: it is nested too deeply.") from None
    return mapping_from(document, name)


def mapping_from(document: dict[str, Any], name: str = "the mapping") -> Mapping:
    """Build a mapping from the nested dictionary that a mapping file holds."""
    mapping = Mapping()
    shared: dict[str, str] = {}
    for key, value in document.items():
        if key in FIELDS:
            continue
        if key == "encoding":
            mapping.encoding = _encoding(value, name)
        elif key in ("date_order", "decimal"):
            shared[key] = _choice(key, value, DATE_ORDERS if key == "date_order" else DECIMALS, name)
        elif isinstance(value, dict):
            raise BadMapping(f"{name} has an unknown section [{key}]; the sections are {_list(FIELDS)}.")
        else:
            known = _list(["encoding", "date_order", "decimal"])
            raise BadMapping(f"{name} has an unknown setting “{key}” at its top; known there are {known}.")
    for table in FIELDS:
        if table in document:
            _add_section(mapping, table, document[table], name)
            section = mapping.tables[table]
            section.date_order = section.date_order or shared.get("date_order")
            section.decimal = section.decimal or shared.get("decimal")
    if not mapping.tables:
        raise BadMapping(f"{name} maps nothing; begin with a section such as [opportunities].")
    return mapping


def _add_section(mapping: Mapping, table: str, section: Any, name: str) -> None:
    if not isinstance(section, dict):
        raise BadMapping(f"{name}: “{table}” must be a section, written [{table}].")
    result = mapping.tables[table] = TableMapping()
    for key, value in section.items():
        if key == "encoding":
            encoding = _encoding(value, name)
            if mapping.encoding not in (None, encoding):
                raise BadMapping(f"{name} names two encodings, {mapping.encoding} and {encoding}; keep one.")
            mapping.encoding = encoding
        elif key == "date_order":
            result.date_order = _choice(key, value, DATE_ORDERS, name)
        elif key == "decimal":
            result.decimal = _choice(key, value, DECIMALS, name)
        elif key == "length" and table == "targets":
            result.length = _choice(key, value, LENGTHS, name)
        elif key == "other_stages" and table == "opportunities":
            result.other_stages = _choice(key, value, ("open",), name)
        elif key == "stages" and table == "opportunities":
            result.stages = _stages(value, name)
        elif key in FIELDS[table]:
            _add_column(result, table, key, value, name)
        else:
            raise BadMapping(
                f"{name}: [{table}] has no field “{key}”; its fields are {_list(FIELDS[table])}."
            )


def _add_column(result: TableMapping, table: str, key: str, value: Any, name: str) -> None:
    if isinstance(value, list):
        raise BadMapping(f"{name}: “{key}” in [{table}] is given several columns; a field takes one column.")
    if not isinstance(value, str) or not value.strip():
        raise BadMapping(f"{name}: “{key}” in [{table}] must be the name of a column, in quotes.")
    if key in FIXED_WORDS and FIXED_WORDS[key].fullmatch(value):
        result.fixed[key] = value
    else:
        result.columns[key] = value


def _stages(value: Any, name: str) -> dict[str, str]:
    if not isinstance(value, dict):
        raise BadMapping(f"{name}: the stages must be a section, written [opportunities.stages].")
    for stage, meaning in value.items():
        state, _, category = meaning.partition("/") if isinstance(meaning, str) else ("", "", "")
        if state not in STATES or (category and category not in FORECAST_CATEGORIES):
            raise BadMapping(
                f"{name}: the stage “{stage}” must be open, won or lost, where a forecast category may follow"
                f" as in open/best_case; the categories are {_list(FORECAST_CATEGORIES)}."
            )
    return dict(value)


def _encoding(value: Any, name: str) -> str:
    try:
        codec = codecs.lookup(value)
    except (LookupError, TypeError, ValueError):
        raise BadMapping(
            f"{name}: “{value}” is not an encoding; write one such as cp1250 or utf-8."
        ) from None
    if not getattr(codec, "_is_text_encoding", True):
        raise BadMapping(f"{name}: “{value}” is not an encoding of text; write one such as cp1250 or utf-8.")
    return str(value)


def _choice(key: str, value: Any, choices: Iterable[str], name: str) -> str:
    if value not in tuple(choices):
        raise BadMapping(f"{name}: {key} must be {_list(choices, 'or')}, not “{value}”.")
    return str(value)


def _section_lines(table: TableMapping) -> list[str]:
    settings = {
        key: value
        for key in ("date_order", "decimal", "length", "other_stages")
        if (value := getattr(table, key)) is not None
    }
    return _pairs(table.columns | table.fixed | settings)


def _pairs(values: dict[str, str]) -> list[str]:
    return [
        f"{key if re.fullmatch('[A-Za-z0-9_-]+', key) else _quoted(key)} = {_quoted(value)}"
        for key, value in values.items()
    ]


def _quoted(text: str | None) -> str:
    """A basic TOML string: JSON's escapes are TOML's too, but for the delete sign, which JSON leaves bare."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _place(error: str) -> str:
    match = re.search(r"line \d+", error)
    return match[0] if match else "at its end"


def _list(words: Iterable[str], last: str = "and") -> str:
    *most, end = words
    return f"{', '.join(most)} {last} {end}" if most else end
