"""Deals, orders, targets, accounts: rows at fault, repeats, unknown names, one currency, broken files."""

import csv
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from django.db import connection

from drumbeat.core.refusal import Refused
from drumbeat.customers.models import Account, Product
from drumbeat.exchange.imports import bring_in
from drumbeat.exchange.models import CompanyFact, Import
from drumbeat.exchange.tests.make import DEALS, PEOPLE, bring, counts, dump, file, months, months_anew
from drumbeat.files.mapping import parse_mapping
from drumbeat.journal.models import Entry
from drumbeat.journal.record import SYSTEM
from drumbeat.people.models import Person
from drumbeat.plan.models import Booking, Opportunity, OwnerMonth, Target

pytestmark = pytest.mark.django_db


@pytest.fixture
def people(tmp_path):
    bring("people", tmp_path, PEOPLE)


def reasons(result):
    with open(result.rejects_file, encoding="utf-8", newline="") as rows:
        return {int(row["line"]): row["reason"] for row in csv.DictReader(rows)}


def test_it_works(tmp_path, people):
    result = bring("crm", tmp_path, DEALS)
    assert counts(result, "opportunities") == (4, 4, 0, 0, 0)
    assert counts(result, "accounts") == (0, 2, 0, 0, 0)
    assert result.warnings == [
        "2 unknown accounts were made: “Acme”, “Bolt AG”.",
        "3 unknown products were made: “Pump”, “Ring”, “Valve”.",
    ]
    deal = Opportunity.objects.get(key="D2")
    assert (deal.owner.name, deal.account.name, deal.product.name) == ("Mira Lund", "Acme", "Valve")
    assert (deal.amount, deal.close_on, deal.first_seen_on) == (
        Decimal("2500.50"),
        date(2026, 3, 15),
        date(2026, 11, 23),
    )
    month = OwnerMonth.objects.get(owner=deal.owner, month=date(2026, 3, 1))
    assert (month.won_count, month.won_amount, month.lost_count) == (1, Decimal("2500.50"), 0)
    line = Entry.objects.filter(object_kind="import").latest("pk")
    assert line.details["tables"]["opportunities"]["created"] == 4


def test_a_bad_row_never_stops_the_good_ones_and_can_be_mended(tmp_path, people):
    bad = DEALS + (
        "D5,Oil,nobody,,,open,,,5\n"
        "D6,Oil,E4,,,maybe,,,5\n"
        "D7,Oil,E4,,,open,31.02.2026,,5\n"
        "D8,Oil,E4,,,open,,,lots\n"
        "D9,Oil,,,,open,,,5\n"
    )
    Person.objects.create(name="Mira Lund")
    result = bring("crm", tmp_path, bad + "D10,Oil,Mira Lund,,,open,,,5\n")
    assert counts(result, "opportunities") == (10, 4, 0, 0, 6)
    found = reasons(result)
    assert list(found) == [6, 7, 8, 9, 10, 11]
    assert "“nobody” is nobody here" in found[6]
    assert "Several people are called “Mira Lund”" in found[11]
    text = Path(result.rejects_file).read_text(encoding="utf-8")
    text = text.replace("nobody,", "E6,").replace("maybe", "open")
    mended = bring("crm", tmp_path, text)
    assert counts(mended, "opportunities") == (6, 2, 0, 0, 4)


def test_ids_repeated_in_a_file(tmp_path, people):
    repeated = DEALS + DEALS.splitlines()[1] + "\n" + DEALS.splitlines()[2].replace("2500.50", "1") + "\n"
    result = bring("crm", tmp_path, repeated)
    assert counts(result, "opportunities") == (5, 4, 0, 0, 1)
    assert reasons(result) == {7: "The id stands in line 3 already with other values."}
    assert "1 row stands in opportunities more than once and counted once." in result.warnings
    assert Opportunity.objects.get(key="D2").amount == Decimal("2500.50")
    again = bring("crm", tmp_path, repeated, day=date(2026, 12, 1))
    assert counts(again, "opportunities") == (5, 0, 0, 4, 1)


def test_columns_that_a_file_lacks_stay_as_they_are(tmp_path, people):
    bring("crm", tmp_path, DEALS)
    result = bring("crm", tmp_path, "external_id,owner,stage,amount\nD1,E6,won,\nD4,E6,won,700\n")
    assert counts(result, "opportunities") == (2, 0, 1, 1, 0)
    deal = Opportunity.objects.get(key="D1")
    assert (deal.name, deal.close_on, deal.amount, deal.owner.external_id) == (
        "Pumps",
        date(2026, 6, 30),
        None,
        "E6",
    )
    assert months() == months_anew()


def test_two_files_of_one_table_with_different_columns(tmp_path, people):
    bring("crm", tmp_path, DEALS)
    result = bring(
        "crm", tmp_path,
        "external_id,owner,stage,close_on\nD1,mira@co.example,open,2026-08-01\n",
        "external_id,owner,stage,amount\nD4,piotr@co.example,won,800\nD5,E4,open,1\n",
    )  # fmt: skip
    assert counts(result, "opportunities") == (3, 1, 2, 0, 0)
    assert Opportunity.objects.get(key="D1").amount == 1000
    assert Opportunity.objects.get(key="D4").close_on == date(2026, 4, 2)
    assert months() == months_anew()


def test_accounts_with_parents_ids_and_new_names(tmp_path, people):
    bring("crm", tmp_path, "name,external_id,parent,domain\nAcme,A1,Holding,Info@ACME.example\nBolt,A2,A1,\n")
    assert Account.objects.get(name="Acme").parent.name == "Holding"
    assert Account.objects.get(name="Bolt").parent.name == "Acme"
    assert Account.objects.get(name="Acme").domain == "acme.example"
    result = bring("crm", tmp_path, "name,external_id,domain\nAcme Group,A1,\nBOLT,A3,\nHolding,A1,\n")
    assert counts(result, "accounts") == (3, 0, 2, 0, 1)
    assert Account.objects.get(external_id="A1").name == "Acme Group"
    deals = bring("crm", tmp_path, "external_id,owner,stage,account\nX,E4,open,a3\nY,E4,open,A3\n")
    assert counts(deals, "accounts") == (0, 1, 0, 0, 0)  # an id is taken exactly, a name as people write it
    assert Opportunity.objects.get(key="Y").account.name == "BOLT"


def test_products(tmp_path, people):
    bring("crm", tmp_path, "product,series,sales_price\nGTX Basic,GTX,550\n", mapping=parse_mapping(PRODUCTS))
    product = Product.objects.get()
    assert (product.line, product.list_price) == ("GTX", 550)


PRODUCTS = '[products]\nname = "product"\nline = "series"\nlist_price = "sales_price"\n'


def test_bookings_with_margin_and_credits(tmp_path, people):
    text = (
        "external_id,owner,account,booked_on,amount,margin\nB1,E4,Acme,2026-01-05,120.10,30.05\n"
        "B2,E4,Acme,2026-01-06,-20,\nB3,E6,,2026-02-05,,4\n"
    )
    result = bring("crm", tmp_path, text)
    assert counts(result, "bookings") == (3, 2, 0, 0, 1)
    month = OwnerMonth.objects.get()
    assert (month.booked_count, month.booked_amount, month.booked_margin, month.margin_count) == (
        2,
        Decimal("100.10"),
        Decimal("30.05"),
        1,
    )
    bring("crm", tmp_path, text.replace("120.10,30.05", "99.99,"))
    assert Booking.objects.get(external_id="B1").margin is None
    assert months() == months_anew()


def test_targets_by_period(tmp_path, people):
    text = (
        "owner,period,value\nE4,2026-Q1,50000\nana@co.example,2026-07,900.50\nE6,2026,1000000\nE6,2026-Q9,1\n"
    )
    result = bring("targets", tmp_path, text)
    assert counts(result, "targets") == (4, 3, 0, 0, 1)
    found = {(t.owner.external_id, t.metric, t.starts_on, t.ends_on, t.value) for t in Target.objects.all()}
    assert found == {
        ("E4", "won_amount", date(2026, 1, 1), date(2026, 3, 31), Decimal(50000)),
        ("E2", "won_amount", date(2026, 7, 1), date(2026, 7, 31), Decimal("900.50")),
        ("E6", "won_amount", date(2026, 1, 1), date(2026, 12, 31), Decimal(1000000)),
    }
    changed = bring("targets", tmp_path, text.replace("50000", "60000").replace("2026-Q9", "2026-Q4"))
    assert counts(changed, "targets") == (4, 1, 1, 2, 0)


def test_a_second_currency_is_refused_before_anything_is_written(tmp_path, people):
    euros = "external_id,owner,stage,amount,currency\nD1,E4,open,5,EUR\n"
    bring("crm", tmp_path, euros)
    assert CompanyFact.objects.get().value == "EUR"
    before = dump()
    with pytest.raises(Refused, match="amounts in USD, but the company's amounts are kept in EUR"):
        bring("crm", tmp_path, euros.replace("D1", "D2").replace("EUR", "USD"))
    with pytest.raises(Refused, match="more than one currency"):
        bring("crm", tmp_path, euros + "D3,E4,open,5,CHF\n")
    assert dump() == before


def garbage(path):
    path.write_bytes(b"\x00\xff\x13garbage" * 200_000)
    return path


def bomb(path):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", b" " * 300_000_000)
    return path


BROKEN = {
    "empty": lambda folder: file(folder, "", "empty.csv"),
    "header only of something else": lambda folder: file(folder, "a,b\n", "other.csv"),
    "a folder": lambda folder: folder,
    "missing": lambda folder: folder / "nowhere.csv",
    "garbage": lambda folder: garbage(folder / "garbage.csv"),
    "a bomb": lambda folder: bomb(folder / "bomb.xlsx"),
    "a zip that is none": lambda folder: file(folder, "PK\x03\x04 no zip", "broken.xlsx"),
    "two columns for one": lambda folder: file(folder, "owner,owner,stage\nE4,E4,open\n", "twice.csv"),
    "no stage": lambda folder: file(folder, "external_id,owner,amount\nD1,E4,5\n", "nostage.csv"),
    "dates both ways": lambda folder: file(
        folder, "external_id,owner,stage,close_on\nD1,E4,open,01/02/2026\n", "dates.csv"
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_files_are_refused_with_one_sentence(tmp_path, people, name):
    path = BROKEN[name](tmp_path)
    before = dump()
    with pytest.raises(Refused) as refusal:
        bring_in("crm", [path], actor=SYSTEM, today=date(2026, 1, 1), data_dir=tmp_path)
    sentence = str(refusal.value)
    assert sentence.endswith((".", ".”"))
    assert "\n" not in sentence
    assert "Traceback" not in sentence
    assert dump() == before


def test_no_file_at_all(tmp_path):
    with pytest.raises(Refused, match="No file"):
        bring_in("crm", [], actor=SYSTEM, today=date(2026, 1, 1), data_dir=tmp_path)


def test_a_full_disk_changes_nothing(tmp_path, people, monkeypatch):
    from drumbeat.exchange.imports.rejects import NoRoom, Rejects

    def no_room(self, path):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Rejects, "write", no_room)
    before = dump()
    with pytest.raises(NoRoom, match="no space left"):
        bring("crm", tmp_path, DEALS + "D9,Oil,nobody,,,open,,,5\n")
    assert dump() == before


def test_odd_text_arrives_as_it_is(tmp_path, people):
    odd = 'external_id,name,owner,stage\n"D\t1","Tab\tand \\ back \'quote\' \\N",E4,open\n'
    odd += '"D2","two\nlines\r\nthree",E4,open\n'
    bring("crm", tmp_path, odd)
    assert Opportunity.objects.get(key="D\t1").name == "Tab\tand \\ back 'quote' \\N"
    assert "two\nlines" in Opportunity.objects.get(key="D2").name


def test_many_rows_come_over_several_chunks(tmp_path, people):
    rows = "".join(f"D{n},E{4 + n % 3},won,2026-0{1 + n % 9}-01,{n}.25\n" for n in range(25_000))
    text = "external_id,owner,stage,close_on,amount\n" + rows
    assert counts(bring("crm", tmp_path, text), "opportunities") == (25_000, 25_000, 0, 0, 0)
    text = text.replace("D24999,E4,won", "D24999,E6,lost").replace("D3,E4", "D3,nobody") + "D7,E5,open,,1\n"
    result = bring("crm", tmp_path, text)
    assert counts(result, "opportunities") == (25_001, 0, 1, 24_998, 2)
    assert sorted(reasons(result)) == [5, 25_002]
    assert months() == months_anew()


def test_staging_leaves_nothing_behind(tmp_path, people):
    bring("crm", tmp_path, DEALS)
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT COUNT(*) FROM temp.sqlite_master WHERE type = 'table'")
        else:
            cursor.execute("SELECT COUNT(*) FROM pg_class WHERE relpersistence = 't' AND relkind = 'r'")
        assert cursor.fetchone()[0] == 0
    assert Import.objects.count() == 2
