import pytest

from drumbeat.files.fields import FIELDS, required_fields
from drumbeat.files.recognise import recognise, system_of


def best(header, sample=()):
    [table, *_] = recognise(header, sample).tables
    return table, recognise(header, sample).tables[table]


@pytest.mark.parametrize("table", FIELDS)
def test_a_tables_own_field_names_are_recognised(table):
    header = [name for name, spec in FIELDS[table].items() if not spec.helper]
    found, mapping = best(header)
    assert found == table
    assert mapping.columns == {name: name for name in header}
    assert mapping.unsure == {}


MAVEN = {
    "people": ("sales_agent,manager,regional_office", "name manager team"),
    "opportunities": (
        "opportunity_id,sales_agent,product,account,deal_stage,engage_date,close_date,close_value",
        "owner stage external_id account product created_on close_on amount",
    ),
    "accounts": (
        "account,sector,year_established,revenue,employees,office_location,subsidiary_of",
        "name sector parent",
    ),
    "products": ("product,series,sales_price", "name line list_price"),
}


@pytest.mark.parametrize("table", MAVEN)
def test_mavens_files_by_header_alone(table):
    header, fields = MAVEN[table]
    found, mapping = best(header.split(","))
    assert found == table
    assert list(mapping.columns) == fields.split()


@pytest.mark.parametrize(
    ("header", "table", "columns"),
    [
        (
            "Verkäufer,Firma,Phase,Betrag,Abschlussdatum,Erstellt am",
            "opportunities",
            {"owner": "Verkäufer", "account": "Firma", "stage": "Phase", "amount": "Betrag"},
        ),
        (
            "Vendeur,Entreprise,Étape,Montant,Date de clôture",
            "opportunities",
            {"owner": "Vendeur", "stage": "Étape"},
        ),
        (
            "Vendedor,Empresa,Etapa,Importe,Fecha de cierre",
            "opportunities",
            {"owner": "Vendedor", "stage": "Etapa"},
        ),
        (
            "SalesOrderID,SalesPersonID,CustomerID,OrderDate,SubTotal,GrossProfit",
            "bookings",
            {"external_id": "SalesOrderID", "booked_on": "OrderDate", "margin": "GrossProfit"},
        ),
        ("seller,quarter,quota", "targets", {"owner": "seller", "period": "quarter", "value": "quota"}),
        (
            "Name,E-Mail,Reports To,Job Title,Start Date",
            "people",
            {"email": "E-Mail", "manager": "Reports To"},
        ),
    ],
)
def test_plain_names_in_several_languages(header, table, columns):
    found, mapping = best(header.split(","))
    assert found == table
    assert columns.items() <= mapping.columns.items()


def test_targets_without_a_measure_are_amounts_won():
    assert best(["seller", "quarter", "quota"])[1].fixed == {"metric": "won_amount"}


@pytest.mark.parametrize(
    ("header", "system"),
    [
        (["Opportunity Owner", "Stage"], "Salesforce"),
        (["Record ID", "Deal Name", "Deal Stage"], "HubSpot"),
        (["Deal - Title", "Deal - Status"], "Pipedrive"),
        (["Topic", "Est. Revenue"], "Dynamics 365"),
        (["opportunity_id", "sales_agent"], None),
    ],
)
def test_systems(header, system):
    assert system_of(header) == system


def test_two_columns_for_one_field_leave_it_open():
    mapping = best(["Owner", "Stage", "Value", "Total"])[1]
    assert "amount" not in mapping.columns
    assert mapping.unsure == {"amount": ["Value", "Total"]}


def test_a_status_column_that_says_something_else_is_left_alone():
    header = ["Owner", "Stage", "Status"]
    assert best(header, [["Ann", "New", "Open"], ["Ann", "Done", "Won"]])[1].columns["status"] == "Status"
    assert "status" not in best(header, [["Ann", "New", "Approved"], ["Ann", "Done", "Draft"]])[1].columns


def test_a_file_of_changes_is_no_file_of_deals():
    header = ["Opportunity Name", "Opportunity Owner", "Stage", "From Stage", "To Stage", "Amount"]
    assert "opportunities" not in recognise(header).tables


def test_what_is_known_in_part_is_the_one_nearest_table():
    mapping = recognise(["Opportunity Name", "Amount", "Close Date"])
    assert list(mapping.tables) == ["opportunities"]
    assert "owner" in required_fields("opportunities")
    assert "owner" not in mapping.tables["opportunities"].columns


def test_nothing_known_is_nothing():
    assert recognise(["foo", "bar"]).tables == {}
    assert recognise([]).tables == {}
