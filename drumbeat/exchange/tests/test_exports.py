"""The usual systems' exports brought in: what is read, made and rejected, and twice changes nothing."""

import csv
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from drumbeat.customers.models import Account
from drumbeat.exchange.imports import bring_in
from drumbeat.exchange.tests.make import bring, counts, dump
from drumbeat.files.mapping import parse_mapping
from drumbeat.journal.record import SYSTEM
from drumbeat.plan.models import Opportunity

FILES = Path(__file__).resolve().parents[2] / "files" / "tests" / "exports"
DAY = date(2026, 11, 23)
PEOPLE = (
    "name,external_id\nAnn Archer,0055g000001xyzAAA\nBob Baker,0055g000002xyzAAA\n"
    "Jiří Novák,J1\nEva Dvořáková,E1\n"
)
# file: read, made, rejected lines, accounts made
EXPORTS = {
    "report1767225600000.csv": (6, 4, [7, 8], 3),
    "salesforce_ids.csv": (3, 3, [], 2),
    "hubspot_deals.csv": (7, 4, [6, 7, 8], 3),
    "hubspot_utf16.csv": (7, 4, [6, 7, 8], 3),
    "pipedrive_excel.csv": (5, 4, [6], 3),
    "dynamics.csv": (4, 3, [5], 3),
}
ENCODED = {"pipedrive_excel.csv"}


def mapping_for(name):
    """Windows-1250 does not show by itself; all else of the mapping is what would be recognised."""
    if name not in ENCODED:
        return None
    from drumbeat.files.recognise import recognise
    from drumbeat.files.sheets import open_sheets

    sheet = open_sheets(FILES / name, encoding="cp1250")[0]
    mapping = recognise(sheet.header, [list(row) for _, row in sheet.rows()])
    mapping.encoding = "cp1250"
    return parse_mapping(mapping.to_toml())


@pytest.mark.django_db
@pytest.mark.parametrize("name", EXPORTS)
def test_exports_are_read_as_written_beside_them(tmp_path, name):
    read, made, lines, accounts = EXPORTS[name]
    bring("people", tmp_path, PEOPLE)

    def brought(day):
        return bring_in(
            "crm", [FILES / name], mapping=mapping_for(name), actor=SYSTEM, today=day, source="command",
            data_dir=tmp_path,
        )  # fmt: skip

    result = brought(DAY)
    assert counts(result, "opportunities") == (read, made, 0, 0, len(lines))
    assert Account.objects.count() == accounts
    if lines:
        with open(result.rejects_file, encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        assert [int(row["line"]) for row in rows] == lines
        assert all(row["reason"] for row in rows)
    before = dump()
    again = brought(date(2026, 12, 1))
    assert counts(again, "opportunities") == (read, 0, 0, made, len(lines))
    assert dump() == before


@pytest.mark.django_db
def test_the_values_of_an_export_arrive(tmp_path):
    bring("people", tmp_path, PEOPLE)
    bring_in(
        "crm", [FILES / "hubspot_deals.csv"], actor=SYSTEM, today=DAY, source="command", data_dir=tmp_path
    )
    deal = Opportunity.objects.get(key="9002")
    assert (deal.state, deal.amount, deal.close_on) == ("won", Decimal(58800), date(2025, 2, 14))
    unknown = Opportunity.objects.get(key="9003")
    assert (unknown.amount, unknown.account) == (None, None)


@pytest.mark.django_db
def test_a_report_without_ids_is_told_apart_by_account_and_name(tmp_path):
    bring("people", tmp_path, PEOPLE)
    result = bring_in(
        "crm",
        [FILES / "report1767225600000.csv"],
        actor=SYSTEM,
        today=DAY,
        source="command",
        data_dir=tmp_path,
    )
    assert any("have no id" in warning for warning in result.warnings)
    assert not Opportunity.objects.exclude(external_id=None).exists()
    two = (
        "Opportunity Owner,Account Name,Opportunity Name,Stage,Amount\n"
        + 2 * "Ann Archer,Beta,Pilot,Closed Won,5\n"
    )
    assert counts(bring("crm", tmp_path, two), "opportunities") == (2, 2, 0, 0, 0)
    assert (
        counts(bring("crm", tmp_path, two + "Ann Archer,Beta,Pilot,Closed Won,6\n"), "opportunities")[1] == 1
    )


@pytest.mark.django_db
def test_maven_by_command_as_of_the_end_of_its_year(tmp_path):
    from tests.real_data import real_data

    folder = real_data("maven")
    texts = [(folder / name).read_text() for name in ("accounts.csv", "products.csv", "sales_pipeline.csv")]
    mapping = parse_mapping(MAVEN)
    people = bring("people", tmp_path, (folder / "sales_teams.csv").read_text(), mapping=mapping)
    result = bring("crm", tmp_path, *texts, mapping=mapping, day=date(2017, 12, 31))
    assert counts(people, "people") == (35, 41, 0, 0, 0)
    assert counts(result, "accounts") == (85, 85, 0, 0, 0)
    assert counts(result, "products") == (7, 8, 0, 0, 0)  # GTXPro is made
    assert counts(result, "opportunities") == (8800, 8800, 0, 0, 0)
    before = dump()
    again = bring("crm", tmp_path, *reversed(texts), mapping=mapping, day=date(2018, 1, 5))
    assert counts(again, "opportunities") == (8800, 0, 0, 8800, 0)
    assert dump() == before


MAVEN = """
[people]
name = "sales_agent"
manager = "manager"
team = "regional_office"
[opportunities]
external_id = "opportunity_id"
owner = "sales_agent"
account = "account"
product = "product"
stage = "deal_stage"
created_on = "engage_date"
close_on = "close_date"
amount = "close_value"
[opportunities.stages]
Prospecting = "open/pipeline"
Engaging = "open/best_case"
Won = "won"
Lost = "lost"
[accounts]
name = "account"
sector = "sector"
parent = "subsidiary_of"
[products]
name = "product"
line = "series"
list_price = "sales_price"
"""
