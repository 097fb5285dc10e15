import pytest

from drumbeat.core.refusal import Refused
from drumbeat.files.assign import NoTable, TwoColumns, TwoTables, assign
from drumbeat.files.fields import FIELDS
from drumbeat.files.mapping import parse_mapping
from drumbeat.files.sheets import open_sheets
from drumbeat.files.tests.make import csv_file, sheet_xml, workbook
from drumbeat.files.tests.test_mapping import MAVEN
from tests.real_data import real_data


def given(folder, header, mapping=None, tables=tuple(FIELDS)):
    path = csv_file(folder, header + "\n")
    return assign(open_sheets(path), parse_mapping(mapping) if mapping else None, tables)


def test_it_works(tmp_path):
    [found] = given(tmp_path, "opportunity_id,sales_agent,deal_stage,Close_Date ", MAVEN)
    assert found.table == "opportunities"
    assert found.mapping.columns == {
        "external_id": "opportunity_id",
        "owner": "sales_agent",
        "stage": "deal_stage",
        "close_on": "Close_Date",
    }
    assert found.mapping.stages["Won"] == "won"


def test_most_of_the_mapped_columns_win(tmp_path):
    [found] = given(tmp_path, "sales_agent,manager,regional_office", MAVEN)
    assert found.table == "people"


def test_only_what_is_allowed_counts(tmp_path):
    with pytest.raises(NoTable, match="no column “sales_agent” and “deal_stage”"):
        given(tmp_path, "name,account,close_value", MAVEN, ["opportunities"])


def test_one_known_column_among_many_is_asked_about(tmp_path):
    with pytest.raises(NoTable, match=r"Of the 4 columns of deals\.csv only “Kunde” is known by itself"):
        given(tmp_path, "Vorgang,Wer,Kunde,Stand")
    [found] = given(tmp_path, "Vorgang,Wer,Kunde", tables=["accounts"])
    assert found.table == "accounts"


def test_a_tie_is_refused(tmp_path):
    with pytest.raises(TwoTables, match="accounts or products"):
        given(
            tmp_path,
            "what,kind",
            '[accounts]\nname="what"\nsector="kind"\n[products]\nname="what"\nline="kind"',
        )


def test_two_columns_for_one_field_are_refused(tmp_path):
    with pytest.raises(TwoColumns, match="“Value” and “Total”"):
        given(tmp_path, "Owner,Stage,Value,Total")
    with pytest.raises(TwoColumns, match="“amount” twice"):
        given(
            tmp_path,
            "owner,stage,amount,amount",
            '[opportunities]\nowner="owner"\nstage="stage"\namount="amount"',
        )
    with pytest.raises(TwoColumns, match="two columns"):
        given(tmp_path, "Owner,Stage,Amount,amount")


def test_a_column_twice_that_nobody_needs_is_let_be(tmp_path):
    [found] = given(tmp_path, "name,note,note", tables=["people"])
    assert found.mapping.columns == {"name": "name"}


@pytest.mark.parametrize(
    ("header", "mapping", "says"),
    [
        ("foo,bar", None, "its columns are not known (foo, bar)"),
        ("foo,bar", MAVEN, "the mapping names none of its columns"),
        ("Opportunity Name,Amount,Stage", None, "looks like opportunities but no owner was found"),
        ("opportunity_id,sales_agent,close_date,account", '[opportunities]\nexternal_id="opportunity_id"\n'
         'owner="sales_agent"\nstage="deal_stage"', "no column “deal_stage”"),
    ],
)  # fmt: skip
def test_refusals_name_what_is_missing(tmp_path, header, mapping, says):
    with pytest.raises(NoTable) as caught:
        given(tmp_path, header, mapping)
    assert says in str(caught.value)
    assert str(caught.value).startswith("deals.csv")
    assert str(caught.value).endswith(".")


def test_a_fixed_word_yields_to_a_column_of_that_name(tmp_path):
    mapping = '[targets]\nowner="seller"\nperiod="2017-Q3"\nmetric="bookings"\nvalue="quota"'
    [found] = given(tmp_path, "seller,quota", mapping)
    assert found.mapping.fixed == {"period": "2017-Q3", "metric": "bookings"}
    [found] = given(tmp_path, "seller,quota,bookings", mapping)
    assert found.mapping.columns["metric"] == "bookings"
    assert "metric" not in found.mapping.fixed


def test_a_workbooks_notes_are_left_out_with_a_warning(tmp_path):
    sheets = {
        "Read me": sheet_xml([["About this file"]]),
        "Deals": sheet_xml([["Owner", "Stage"], ["Ann", "Won"]]),
    }
    [found] = assign(open_sheets(workbook(tmp_path / "a.xlsx", sheets)), None, FIELDS)
    assert found.table == "opportunities"
    [warning] = found.warnings
    assert "The sheet “Read me” of a.xlsx" in warning
    with pytest.raises(Refused):
        assign(open_sheets(workbook(tmp_path / "b.xlsx", {"Read me": sheets["Read me"]})), None, FIELDS)


@pytest.mark.parametrize(
    "tables", [tuple(FIELDS), ("accounts", "products", "opportunities", "bookings", "people")]
)
def test_mavens_files(tables):
    folder = real_data("maven")
    found = {}
    for path in folder.glob("*.csv"):
        [one] = assign(open_sheets(path), None, tables)
        found[path.name] = one.table
    assert found == {
        "accounts.csv": "accounts",
        "products.csv": "products",
        "sales_pipeline.csv": "opportunities",
        "sales_teams.csv": "people",
    }
