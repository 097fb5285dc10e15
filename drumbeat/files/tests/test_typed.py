from datetime import date
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drumbeat.files.assign import assign
from drumbeat.files.currency import MoreThanOneCurrency, one_currency
from drumbeat.files.fields import FIELDS
from drumbeat.files.sheets import open_sheets
from drumbeat.files.tests.make import assigned, csv_file, rows_of, sheet_xml, typed, workbook
from drumbeat.files.typed import AmbiguousDates, typed_chunks
from tests.real_data import real_data

DEALS = "external_id,owner,stage,created_on,close_on,amount\n"


def deals(folder, body, mapping=None, header=DEALS):
    return typed(csv_file(folder, header + body), mapping)


def reasons(chunk):
    return [(line, reason) for line, reason, _ in chunk.rejects]


def test_it_works(tmp_path):
    chunk = deals(tmp_path, "1,Ann, Won ,2017-01-02,2017-03-04,1054\n2,Bob,Engaging,2017-01-02,,\n")
    assert chunk.table == "opportunities"
    assert chunk.lines == [2, 3]
    assert chunk.columns == {
        "external_id": ["1", "2"],
        "owner": ["Ann", "Bob"],
        "stage": ["Won", "Engaging"],
        "created_on": [date(2017, 1, 2), date(2017, 1, 2)],
        "close_on": [date(2017, 3, 4), None],
        "amount": [Decimal(1054), None],
        "state": ["won", "open"],
        "forecast_category": ["closed", "best_case"],
    }
    assert chunk.rejects == []


def test_a_bad_row_never_stops_the_good_ones(tmp_path):
    body = (
        "1,Ann,Won,2017-01-02,2017-02-30,5\n"  # no such day
        "2,,Won,2017-01-02,2017-03-04,5\n"  # no owner
        "3,Ann,Somewhere,2017-01-02,2017-03-04,5\n"  # unknown stage
        "4,Ann,Won,2017-01-02,2017-03-04,five\n"  # no amount
        "5,Ann\n"  # cut short
        "6,,,1823-01-01,x,y\n"  # all at once
        "7,Ann,Won,2017-01-02,2017-03-04,5\n"
    )
    chunk = deals(tmp_path, body)
    assert chunk.columns["external_id"] == ["7"]
    assert chunk.lines == [8]
    assert reasons(chunk)[:5] == [
        (2, "close_on: “2017-02-30” is not a day of the calendar."),
        (3, "The owner is missing."),
        (4, "stage: The stage “Somewhere” is not known; say in the mapping whether it is open, won or lost."),
        (5, "amount: “five” is not an amount."),
        (6, "The row has 2 cells, the header 6."),
    ]
    assert chunk.rejects[5][1].count(".") == 5
    assert chunk.rejects[1][2] == ["2", "", "Won", "2017-01-02", "2017-03-04", "5"]


def test_stages_by_the_mappings_table(tmp_path):
    mapping = """
    [opportunities]
    owner = "owner"
    stage = "stage"
    [opportunities.stages]
    "In the bag" = "won"
    Nursing = "open/commit"
    """
    chunk = deals(
        tmp_path, "1,Ann,in the  BAG,,,\n2,Ann,Nursing,,,\n3,Ann,closed won ,,,\n4,Ann,Mystery,,,\n", mapping
    )
    assert rows_of(chunk, "state", "forecast_category") == [
        ("won", "closed"),
        ("open", "commit"),
        ("won", "closed"),
    ]
    assert [line for line, _ in reasons(chunk)] == [5]


def test_open_stages_of_a_known_system_need_no_table(tmp_path):
    header = "Deal Name,Deal Stage,Deal owner\n"
    mapping = '[opportunities]\nowner="Deal owner"\nstage="Deal Stage"\nname="Deal Name"'
    chunk = deals(tmp_path, "x,Our stage,Ann\n", mapping, header)
    assert chunk.columns["state"] == ["open"]
    chunk = deals(tmp_path, "x,Our stage,Ann\n", mapping + "\n[opportunities.stages]\nWon='won'", header)
    assert reasons(chunk)[0][0] == 2


def test_a_status_column_decides_and_may_not_be_empty(tmp_path):
    header = "owner,stage,status\n"
    chunk = deals(tmp_path, "Ann,Talks,Won\nAnn,Talks,\nAnn,Talks,Open\n", header=header)
    assert rows_of(chunk, "stage", "state") == [("Talks", "won"), ("Talks", "open")]
    assert reasons(chunk) == [(3, "The status is missing.")]


@pytest.mark.parametrize(
    ("stage", "state"),
    [
        ("Closed Won (Sales Pipeline)", "won"),
        ("closedwon", "won"),
        ("CLOSED - LOST", "lost"),
        ("closed won ", "won"),
        ("Gewonnen", "won"),
        ("Perdu", "lost"),
        ("Negotiation/Review", "open"),
        ("appointmentscheduled", "open"),
    ],
)
def test_stages_in_the_usual_words(tmp_path, stage, state):
    assert deals(tmp_path, f"1,Ann,{stage},,,\n").columns["state"] == [state]


def test_ambiguous_dates_refuse_the_file_until_the_mapping_tells(tmp_path):
    body = "1,Ann,Won,2017-01-02,03/04/2017,5\n2,Ann,Won,2017-01-02,05/06/2017,5\n"
    with pytest.raises(AmbiguousDates) as caught:
        deals(tmp_path, body)
    assert str(caught.value) == (
        "The column “close_on” of deals.csv can be read day first or month first (“03/04/2017” in line 2);"
        ' write date_order = "dmy" or date_order = "mdy" into the mapping.'
    )
    mapping = 'date_order="dmy"\n[opportunities]\nowner="owner"\nstage="stage"\nclose_on="close_on"'
    assert deals(tmp_path, body, mapping).columns["close_on"] == [date(2017, 4, 3), date(2017, 6, 5)]


def test_the_last_row_of_a_long_column_tells_its_order(tmp_path):
    body = "1,Ann,Won,,03/04/2017,1.234\n" * 30_000 + '2,Ann,Won,,20/10/2017,"12,50"\n'
    path = csv_file(tmp_path, DEALS + body)
    chunks = list(typed_chunks(assigned(path), size=7_000))
    assert [len(chunk.lines) for chunk in chunks] == [7_000, 7_000, 7_000, 7_000, 2_001]
    assert {day for chunk in chunks for day in chunk.columns["close_on"]} == {
        date(2017, 4, 3),
        date(2017, 10, 20),
    }
    assert {amount for chunk in chunks for amount in chunk.columns["amount"]} == {
        Decimal(1234),
        Decimal("12.50"),
    }


def test_one_currency(tmp_path):
    header = "owner,stage,amount,currency\n"
    chunk = deals(tmp_path, "Ann,Won,5,EUR\nAnn,Won,5 €,\nAnn,Won,5,eur\n", header=header)
    assert chunk.currencies == {"EUR"}
    assert chunk.columns["currency"] == ["EUR", None, "EUR"]
    for body in ("Ann,Won,5,EUR\nAnn,Won,5,USD\n", "Ann,Won,5 €,\nAnn,Won,$5,\n", "Ann,Won,£5,EUR\n"):
        with pytest.raises(
            MoreThanOneCurrency, match=r"^deals\.csv has amounts in more than one currency \("
        ):
            deals(tmp_path, body, header=header)


def test_a_shared_sign_agrees_with_the_codes_that_use_it():
    assert one_currency({"$", "CAD"}, "x") == "CAD"
    assert one_currency({"$"}, "x") == "$"
    assert one_currency(set(), "x") is None
    for two in ({"$", "EUR"}, {"CAD", "USD", "$"}, {"kr", "$"}):
        with pytest.raises(MoreThanOneCurrency):
            one_currency(two, "The imports so far")


def test_a_header_alone_is_one_empty_chunk(tmp_path):
    chunk = deals(tmp_path, "")
    assert chunk.lines == []
    assert chunk.columns["state"] == chunk.columns["amount"] == []


def test_empty_rows_and_footers_are_neither_read_nor_rejected(tmp_path):
    chunk = deals(tmp_path, "1,Ann,Won,,,\n,,,,,\n\nGrand Totals (1 records),,,,,\n")
    assert (chunk.lines, chunk.rejects) == ([2], [])


def test_people(tmp_path):
    text = "name,email,started_on,manager\nAnn Archer,Ann@Example.ORG ,2020-01-02,Max\n"
    text += "Bob,bob at home,,\n,x@y.org,,\n"
    chunk = typed(csv_file(tmp_path, text))
    assert rows_of(chunk, "name", "email", "manager") == [("Ann Archer", "ann@example.org", "Max")]
    assert reasons(chunk) == [
        (3, "email: “bob at home” is not an e-mail address."),
        (4, "The name is missing."),
    ]


def test_targets(tmp_path):
    text = "seller,quarter,quota\n" + "".join(
        f"Ann,{period},5\n"
        for period in ("2017-Q3", "Q3 2017", "2017Q3", "2017 Q3", "2017-07", "07/2017", "2017", "x")
    )
    chunk = typed(csv_file(tmp_path, text))
    assert chunk.columns["period"] == ["2017-Q3"] * 4 + ["2017-07"] * 2 + ["2017"]
    assert chunk.columns["metric"] == ["won_amount"] * 7
    assert [line for line, _ in reasons(chunk)] == [9]
    mapping = '[targets]\nowner="seller"\nperiod="quarter"\nvalue="quota"\nmetric="margin"\nlength="quarter"'
    chunk = typed(csv_file(tmp_path, "seller,quarter,quota\nAnn,2017-07-01,5\nAnn,2017-08-01,5\n"), mapping)
    assert rows_of(chunk, "period", "metric") == [("2017-Q3", "margin")]
    assert reasons(chunk) == [(3, "quarter: “2017-08-01” is not the first day of a quarter.")]


def test_a_text_that_no_table_can_hold(tmp_path):
    chunk = typed(
        csv_file(tmp_path, f"name,team\nAnn,{'x' * 300}\nBob,{'x' * 255}\n"),
        '[people]\nname="name"\nteam="team"',
    )
    assert chunk.columns["name"] == ["Bob"]
    assert reasons(chunk) == [(2, "team: the text is longer than 255 characters.")]


def test_a_workbook_is_read_like_a_csv_file(tmp_path):
    rows = [["external_id", "owner", "stage", "created_on", "amount"], [4711.0, "Ann", "Won", 42663, 1.234]]
    rows += [[4712, "Ann", "Won", "2016-10-20", "1,234.50"], [None, None, "Won", None, True]]
    chunk = typed(workbook(tmp_path / "a.xlsx", {"S": sheet_xml(rows)}))
    assert rows_of(chunk, "external_id", "created_on", "amount") == [
        ("4711", date(2016, 10, 20), Decimal("1.234")),
        ("4712", date(2016, 10, 20), Decimal("1234.50")),
    ]
    assert [line for line, _ in reasons(chunk)] == [4]


def test_maven():
    folder = real_data("maven")
    [found] = assign(open_sheets(folder / "sales_pipeline.csv"), None, FIELDS)
    chunks = list(typed_chunks(found))
    states = [state for chunk in chunks for state in chunk.columns["state"]]
    assert len(states) == 8800
    assert states.count("open") == 2089
    assert not any(chunk.rejects for chunk in chunks)
    assert sum(account is None for chunk in chunks for account in chunk.columns["account"]) == 1425


@given(
    st.lists(
        st.tuples(st.sampled_from(["Ann", ""]), st.sampled_from(["Won", "x"]), st.sampled_from(["5", "y"]))
    ),
    st.integers(1, 7),
)
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_every_row_is_typed_or_rejected_whatever_the_size_of_chunks(tmp_path, rows, size):
    text = "external_id,owner,stage,amount\n" + "".join(f"id,{','.join(row)}\n" for row in rows)
    chunks = list(typed_chunks(assigned(csv_file(tmp_path, text)), size=size))
    good = [line for chunk in chunks for line in chunk.lines]
    bad = [line for chunk in chunks for line, _, _ in chunk.rejects]
    assert sorted(good + bad) == list(range(2, len(rows) + 2))
    assert good == [line for line, row in enumerate(rows, start=2) if row == ("Ann", "Won", "5")]
    assert all(len(chunk.lines) <= size for chunk in chunks)
    assert all(len(column) == len(chunk.lines) for chunk in chunks for column in chunk.columns.values())
