"""The hand-written exports, each with what is read, typed, unknown and rejected (see exports/README.md)."""

from datetime import date
from decimal import Decimal

import pytest

from drumbeat.files.tests.make import EXPORTS, rows_of, sheet_xml, typed, workbook

# file: encoding, lines typed, states, lines rejected
SHAPES = {
    "report1767225600000.csv": (None, [2, 4, 5, 6], "open won lost open", [7, 8]),
    "salesforce_ids.csv": (None, [2, 3, 4], "open won lost", []),
    "hubspot_deals.csv": (None, [2, 3, 4, 5], "open won open lost", [6, 7, 8]),
    "hubspot_utf16.csv": (None, [2, 3, 4, 5], "open won open lost", [6, 7, 8]),
    "pipedrive_excel.csv": ("cp1250", [2, 3, 4, 5], "open won lost open", [6]),
    "dynamics.csv": (None, [2, 3, 4], "open won lost", [5]),
}


@pytest.mark.parametrize("name", SHAPES)
def test_each_shape_is_read_without_a_mapping(name):
    encoding, lines, states, rejected = SHAPES[name]
    chunk = typed(EXPORTS / name, encoding=encoding)
    assert chunk.table == "opportunities"
    assert chunk.lines == lines
    assert chunk.columns["state"] == states.split()
    assert [line for line, _, _ in chunk.rejects] == rejected
    assert all(reason.endswith(".") for _, reason, _ in chunk.rejects)


def test_every_file_has_its_row():
    readme = (EXPORTS / "README.md").read_text()
    for path in EXPORTS.glob("*.csv"):
        assert path.name in SHAPES
        assert f"`{path.name}`" in readme


def test_a_salesforce_report():
    chunk = typed(EXPORTS / "report1767225600000.csv")
    assert "external_id" not in chunk.columns
    assert rows_of(chunk, "account", "forecast_category", "amount", "close_on") == [
        ('Acme "Tools" GmbH', "commit", Decimal("21000.00"), date(2026, 3, 31)),
        ("Beta AG", "closed", Decimal("1250.50"), date(2026, 1, 18)),
        ("Gamma SA", "omitted", Decimal("0.00"), date(2025, 12, 2)),
        (None, "pipeline", None, date(2026, 4, 5)),
    ]
    assert chunk.currencies == {"EUR"}
    assert [reason for _, reason, _ in chunk.rejects] == [
        "The owner is missing.",
        "Close Date: “2/30/2026” is not a day of the calendar.",
    ]


@pytest.mark.parametrize("name", ["hubspot_deals.csv", "hubspot_utf16.csv"])
def test_hubspots_messy_values(name):
    chunk = typed(EXPORTS / name)
    assert chunk.columns["amount"] == [Decimal(21000), Decimal(58800), None, Decimal("1250.50")]
    assert chunk.columns["created_on"] == [
        date(2025, 1, 6),
        date(2025, 1, 18),
        date(2025, 2, 1),
        date(2025, 2, 3),
    ]
    assert chunk.columns["close_on"][2:] == [date(2031, 3, 1), date(2025, 3, 4)]
    assert chunk.rejects[2][1] == "The row has 4 cells, the header 11."


def test_pipedrive_after_excel():
    chunk = typed(EXPORTS / "pipedrive_excel.csv", encoding="cp1250")
    assert rows_of(chunk, "account", "amount", "created_on", "close_on") == [
        ("Škoda díly", Decimal("21000.00"), date(2024, 12, 5), date(2025, 4, 3)),
        ("Łódzkie Maszyny", Decimal(1234), date(2024, 11, 4), date(2025, 1, 23)),
        ("Ostrava kov", Decimal("58.5"), date(2024, 11, 5), date(2025, 2, 2)),
        (None, None, date(2024, 12, 14), None),
    ]
    assert not {"status", "won_on", "lost_on"} & chunk.columns.keys()


def test_dynamics_takes_what_really_happened():
    chunk = typed(EXPORTS / "dynamics.csv")
    assert rows_of(chunk, "amount", "close_on", "forecast_category") == [
        (Decimal("12500.00"), date(2026, 3, 31), None),
        (Decimal("3800.00"), date(2025, 12, 10), "closed"),
        (Decimal("9000.00"), date(2025, 12, 12), "omitted"),
    ]


def test_dynamics_as_a_workbook(tmp_path):
    header = ["(Do Not Modify) Opportunity", "Topic", "Potential Customer", "Owner", "Status", "Est. Revenue"]
    rows = [[*header, "Est. Close Date"], ["7f1c", "Line 4", "Acme", "Ann Archer", "Open", 12500.5, 46112]]
    chunk = typed(workbook(tmp_path / "view.xlsx", {"Open Opportunities": sheet_xml(rows)}))
    assert rows_of(chunk, "external_id", "amount", "close_on", "state") == [
        ("7f1c", Decimal("12500.5"), date(2026, 3, 31), "open")
    ]
