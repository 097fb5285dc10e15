"""The files that the look back is measured over."""

from datetime import date
from pathlib import Path
from typing import Any

from drumbeat.core.refusal import Refused
from drumbeat.desk.lookback.measure import measure as measure_files
from drumbeat.run import instance
from drumbeat.run.bench.places import TODAY
from drumbeat.run.generate.company import company, write_tables

TABLES = ("people", "accounts", "products", "opportunities")


class NoFiles(Refused):
    """A folder without any table."""


def measure(folder: Path | None, as_of: date) -> dict[str, Any]:
    """Seconds and ratio over the CSV files of a folder as of a day; without one, over the demonstration
    company's as of its own. Raises NoFiles.
    """
    if folder is None:
        made = company(today=TODAY)
        files = list(write_tables(made, instance.data_dir().parent / "tables", TABLES))
        return {"files": "the demonstration company", **measure_files(files, as_of=TODAY)}
    files = sorted(path for path in folder.glob("*.csv") if "dictionary" not in path.name)
    if not files:
        raise NoFiles(f"There is no CSV file in {folder}.")
    return {"files": folder.name, **measure_files(files, as_of=as_of)}
