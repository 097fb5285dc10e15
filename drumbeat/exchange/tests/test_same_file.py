"""The same file again changes nothing at all."""

from datetime import date

import pytest

from drumbeat.exchange.imports import undo
from drumbeat.exchange.tests.make import DEALS, PEOPLE, bring, counts, dump
from drumbeat.journal.record import SYSTEM
from drumbeat.people.models import Person
from drumbeat.plan.models import Opportunity

TARGETS = "owner,period,value,metric\nana@co.example,2026-Q1,50000,won_amount\nE4,2026-01,900.50,margin\n"
BOOKINGS = (
    "external_id,owner,account,booked_on,amount,margin\n"
    "B1,E4,Acme,2026-01-05,120.10,30\nB2,E6,,2026-02-05,-20,\n"
)
ACCOUNTS = (
    "name,external_id,domain,sector,parent\nAcme,A1,www.acme.example,tools,Acme Holding\nBolt AG,A2,,,\n"
)
MONDAY = date(2026, 11, 23)


def shuffled(text):
    head, *rows = text.strip().split("\n")
    return "\n".join([head, *reversed(rows)]) + "\n"


@pytest.mark.django_db
def test_same_file_writes_nothing(tmp_path):
    people = bring("people", tmp_path, PEOPLE)
    crm = bring("crm", tmp_path, ACCOUNTS, DEALS, BOOKINGS)
    targets = bring("targets", tmp_path, TARGETS)
    assert counts(people, "people") == (6, 6, 0, 0, 0)
    assert counts(crm, "accounts") == (2, 3, 0, 0, 0)  # the parent was made too
    assert counts(crm, "opportunities") == (4, 4, 0, 0, 0)
    assert counts(crm, "bookings") == (2, 2, 0, 0, 0)
    assert counts(targets, "targets") == (2, 2, 0, 0, 0)
    before = dump()

    for day in (MONDAY, date(2026, 12, 24)):
        again = [
            bring("targets", tmp_path, TARGETS, day=day),
            bring("people", tmp_path, PEOPLE, day=day),
            bring("crm", tmp_path, ACCOUNTS, DEALS, BOOKINGS, day=day),
            bring("crm", tmp_path, shuffled(BOOKINGS), shuffled(DEALS), shuffled(ACCOUNTS), day=day),
            bring("targets", tmp_path, shuffled(TARGETS), day=day),
            bring("people", tmp_path, shuffled(PEOPLE), day=day),
        ]
        for result in again:
            assert result.import_id is None
            for table in result.tables:
                read, created, updated, unchanged, rejected = counts(result, table)
                assert (read, created, updated, rejected) == (unchanged, 0, 0, 0)
    assert dump() == before


@pytest.mark.django_db
def test_the_very_same_bytes_are_known_without_reading(tmp_path, monkeypatch):
    bring("people", tmp_path, PEOPLE)
    bad = DEALS + "D9,Oil,nobody@else.example,,,open,,,5\n"
    first = bring("crm", tmp_path, bad)
    monkeypatch.setattr("drumbeat.exchange.imports.run._work", None)  # would fail if it were read
    again = bring("crm", tmp_path, bad)
    assert counts(again, "opportunities") == (5, 0, 0, 4, 1)
    assert again.rejects_file == first.rejects_file


@pytest.mark.django_db
def test_the_same_bytes_are_read_again_when_the_people_are_others(tmp_path):
    bring("people", tmp_path, PEOPLE)
    bad = DEALS + "D9,Oil,nina@co.example,,,open,,,5\n"
    assert counts(bring("crm", tmp_path, bad), "opportunities") == (5, 4, 0, 0, 1)
    Person.objects.create(name="Nina", email="nina@co.example")
    assert counts(bring("crm", tmp_path, bad), "opportunities") == (5, 1, 0, 4, 0)


@pytest.mark.django_db
def test_the_same_bytes_are_read_again_after_another_import(tmp_path):
    bring("people", tmp_path, PEOPLE)
    bring("crm", tmp_path, DEALS)
    changed = DEALS.replace("2026-06-30,1000", "2026-06-30,1")
    bring("crm", tmp_path, changed)
    assert counts(bring("crm", tmp_path, DEALS), "opportunities") == (4, 0, 1, 3, 0)


@pytest.mark.django_db
def test_undo_gives_everything_back(tmp_path):
    def state():
        kept = dump(without=("exchange_import", "exchange_undo", "journal_entry"))
        for name in ("people_reach", "people_reportingline", "plan_ownermonth"):  # their own ids mean nothing
            kept[name] = sorted((row[1:] for row in kept[name]), key=repr)
        return {name: rows for name, rows in kept.items() if name != "sqlite_sequence"}

    def brought_and_taken_back(kind, *texts):
        before = state()
        assert bring(kind, tmp_path, *texts, day=MONDAY).changes_something
        done = undo(actor=SYSTEM, today=MONDAY, data_dir=tmp_path / "data")
        assert state() == before
        return done.tables

    empty = state()
    assert brought_and_taken_back("people", PEOPLE) == {"people": {"removed": 6, "restored": 0}}
    assert state() == empty
    bring("people", tmp_path, PEOPLE, day=date(2026, 1, 1))
    moved = PEOPLE.replace("E4,ana@co.example", "E4,tom@co.example").replace("E5,Ana Ribeiro", "E5,Berta")
    assert brought_and_taken_back("people", moved) == {"people": {"removed": 1, "restored": 2}}
    assert brought_and_taken_back("crm", ACCOUNTS, DEALS, BOOKINGS)["opportunities"]["removed"] == 4
    bring("crm", tmp_path, ACCOUNTS, DEALS, BOOKINGS, day=date(2026, 1, 2))
    later = DEALS.replace("D1,Pumps,mira@co.example,Acme,Pump,open", "D1,Pumps,tom@co.example,New Co,,won")
    later += "D8,Nuts,tom@co.example,,,lost,,2026-05-05,10\n"
    orders = BOOKINGS.replace("120.10,30", "130.10,").replace("Acme,2026-01", ",2026-03")
    accounts = ACCOUNTS.replace("tools", "pumps").replace("Acme Holding", "Bolt AG")
    assert brought_and_taken_back("crm", accounts, later, orders) == {
        "accounts": {"removed": 1, "restored": 1},
        "opportunities": {"removed": 1, "restored": 1},
        "bookings": {"removed": 0, "restored": 1},
    }
    assert brought_and_taken_back("targets", TARGETS) == {"targets": {"removed": 2, "restored": 0}}


@pytest.mark.django_db
def test_undo_is_refused_once_something_rests_upon_it(tmp_path, cast):
    from drumbeat.core.refusal import Refused
    from drumbeat.people.models import User

    bring("people", tmp_path, "name,email\nNew One,new@co.example\n")
    person = Person.objects.get(email="new@co.example")
    User.objects.create_user("new@co.example", "x", person=person)
    with pytest.raises(Refused, match="New One is in use already"):
        undo(actor=SYSTEM, today=MONDAY, data_dir=tmp_path)
    assert Person.objects.filter(pk=person.pk).exists()


@pytest.mark.django_db
def test_only_the_latest_import_is_taken_back_and_only_once(tmp_path):
    bring("people", tmp_path, PEOPLE)
    bring("crm", tmp_path, DEALS)
    undo(actor=SYSTEM, today=MONDAY, data_dir=tmp_path)
    assert not Opportunity.objects.exists()
    with pytest.raises(Exception, match="taken back already"):
        undo(actor=SYSTEM, today=MONDAY, data_dir=tmp_path)
    assert Person.objects.count() == 6


@pytest.mark.django_db
def test_the_same_lines_in_another_order_are_known_without_reading(tmp_path, monkeypatch):
    bring("people", tmp_path, PEOPLE)
    bring("crm", tmp_path, ACCOUNTS, DEALS)
    before = dump()
    monkeypatch.setattr("drumbeat.exchange.imports.run._work", None)
    again = bring("crm", tmp_path, shuffled(DEALS), shuffled(ACCOUNTS))
    assert counts(again, "opportunities") == (4, 0, 0, 4, 0)
    assert dump() == before
    with pytest.raises(TypeError):  # one line more is read
        bring("crm", tmp_path, ACCOUNTS, DEALS + "D5,Oil,mira@co.example,,,open,,,5\n")


NO_ID = "name,owner,account,stage,amount\nPumps,E4,Acme,open,1\nPumps,E4,Acme,open,2\n"
TWO_LINES = 'external_id,name,owner,stage\nD1,"a\nb",E4,open\nD2,"c\nd",E4,open\n'


@pytest.mark.django_db
@pytest.mark.parametrize("text", [NO_ID, TWO_LINES, DEALS + "D9,Oil,nobody,,,open,,,5\n"])
def test_where_the_order_tells_something_the_file_is_read(tmp_path, monkeypatch, text):
    bring("people", tmp_path, PEOPLE)
    bring("crm", tmp_path, text)
    monkeypatch.setattr("drumbeat.exchange.imports.run._work", None)
    with pytest.raises(TypeError):
        bring("crm", tmp_path, shuffled(text))
