"""Imports of people: who is meant, reporting lines with and without dates, cycles."""

from datetime import date

import pytest

from drumbeat.exchange.tests.make import bring, counts
from drumbeat.files.mapping import parse_mapping
from drumbeat.people.models import FOR_EVER, SINCE_EVER, Person, Reach, ReportingLine

JAN, MAY = date(2026, 1, 1), date(2026, 5, 1)
pytestmark = pytest.mark.django_db


def lines(name):
    found = ReportingLine.objects.filter(member__name=name).order_by("starts_on")
    return [(line.leader.name, line.starts_on, line.ends_on) for line in found]


def reasons(result):
    import csv

    with open(result.rejects_file, encoding="utf-8") as file:
        return {int(row["line"]): row["reason"] for row in csv.DictReader(file)}


def test_leaders_without_a_row_are_made_and_counted(tmp_path):
    result = bring("people", tmp_path, "name,manager\nMira,Ana\nJoao,Ana\nPiotr,tom@co.example\n")
    assert counts(result, "people") == (3, 5, 0, 0, 0)
    assert Person.objects.get(email="tom@co.example").name == "tom@co.example"
    assert result.warnings == ["2 leaders without a row were made: “Ana”, “tom@co.example”."]
    again = bring("people", tmp_path, "name,manager\nMira,Ana\nJoao,Ana\nPiotr,tom@co.example\n")
    assert counts(again, "people") == (3, 0, 0, 3, 0)


def test_a_later_row_of_a_made_leader_tells_more_of_the_same_person(tmp_path):
    bring("people", tmp_path, "name,manager\nMira,Ana\n")
    result = bring("people", tmp_path, "name,email,title\nana,ana@co.example,Manager\n")
    assert counts(result, "people") == (1, 0, 1, 0, 0)
    assert Person.objects.get(email="ana@co.example").title == "Manager"
    assert lines("Mira") == [("ana", SINCE_EVER, FOR_EVER)]


def test_a_line_without_a_date_holds_since_ever_and_ends_the_day_before_another(tmp_path):
    bring("people", tmp_path, "name,manager\nMira,Ana\n", day=JAN)
    result = bring("people", tmp_path, "name,manager\nMira,Tom\n", day=MAY)
    assert counts(result, "people") == (1, 1, 1, 0, 0)
    assert lines("Mira") == [("Ana", SINCE_EVER, MAY), ("Tom", MAY, FOR_EVER)]
    reached = Reach.objects.on(date(2026, 4, 30)).get(member__name="Mira")
    assert reached.leader.name == "Ana"


def test_dated_lines_of_one_person_may_stand_in_several_rows(tmp_path):
    text = "name,manager,line_from\nMira,Ana,2025-01-01\nMira,Tom,2026-02-01\n"
    assert counts(bring("people", tmp_path, text, day=MAY), "people")[1] == 3
    expected = [("Ana", date(2025, 1, 1), date(2026, 2, 1)), ("Tom", date(2026, 2, 1), FOR_EVER)]
    assert lines("Mira") == expected
    assert not bring("people", tmp_path, text, day=date(2026, 6, 1)).changes_something
    assert lines("Mira") == expected


def test_an_empty_leader_leaves_the_line(tmp_path):
    bring("people", tmp_path, "name,manager\nMira,Ana\n", day=JAN)
    assert not bring("people", tmp_path, "name,manager\nMira,\n", day=MAY).changes_something


def test_two_people_change_places_in_one_file(tmp_path):
    bring("people", tmp_path, "name,manager\nMira,Ana\nAna,Elena\n", day=JAN)
    result = bring("people", tmp_path, "name,manager\nMira,Elena\nAna,Mira\n", day=MAY)
    assert counts(result, "people") == (2, 0, 2, 0, 0)
    assert lines("Ana")[-1] == ("Mira", MAY, FOR_EVER)


def test_a_cycle_rejects_its_row_with_a_sentence_and_keeps_the_others(tmp_path):
    text = "name,manager\nMira,Ana\nAna,Tom\nTom,Mira\nPiotr,Tom\nSelf,Self\n"
    result = bring("people", tmp_path, text)
    assert reasons(result) == {
        4: "Tom cannot report to Mira, who is or will be below Tom.",
        6: "Self cannot report to themselves.",
    }
    assert counts(result, "people") == (5, 4, 0, 0, 2)  # Tom stays as the leader whom others name
    assert not Person.objects.filter(name="Self").exists()
    assert lines("Tom") == []


def test_a_cycle_with_lines_that_are_kept(tmp_path):
    bring("people", tmp_path, "name,manager\nMira,Ana\nAna,Tom\n", day=JAN)
    result = bring("people", tmp_path, "name,manager\nTom,Mira\nAna,Tom\n", day=MAY)
    assert list(reasons(result)) == [2]
    assert lines("Tom") == []


def test_who_is_meant(tmp_path):
    text = "name,email,external_id\nMira Lund,mira@co.example,E1\nMira Lund,mira2@co.example,E2\n"
    bring("people", tmp_path, text)
    assert Person.objects.filter(name="Mira Lund").count() == 2
    result = bring("people", tmp_path, "name,manager\nmira LUND,Ana\nNew,Mira Lund\n")
    assert "Several people are called “mira LUND”" in reasons(result)[2]
    assert "Several people are called “Mira Lund”" in reasons(result)[3]
    assert counts(bring("people", tmp_path, "name,external_id\nMira Lund-Berg,E1\n"), "people")[2] == 1
    crossed = bring("people", tmp_path, "name,email,external_id\nMira,mira2@co.example,E1\n")
    assert "are of two people" in reasons(crossed)[2]


def test_repeats_and_empty_cells(tmp_path):
    text = "name,email,country\nMira,mira@co.example,DE\nMira,mira@co.example,DE\nMira,mira@co.example,FR\n"
    result = bring("people", tmp_path, text)
    assert counts(result, "people") == (2, 1, 0, 0, 1)
    assert "stands in line 2 already" in reasons(result)[4]
    assert not bring("people", tmp_path, "name,email,country\nMira,,\n").changes_something
    assert Person.objects.get().country == "DE"


def test_unknown_places_and_zones_are_left_out_with_a_warning(tmp_path):
    result = bring(
        "people", tmp_path, "name,country,region,time_zone\nMira,Germany,Bavaria,CEST\nTom,DE,XX,UTC\n"
    )
    assert counts(result, "people") == (2, 2, 0, 0, 0)
    assert len(result.warnings) == 4
    assert Person.objects.get(name="Tom").country == "DE"


def test_whoever_signs_in_keeps_the_address(cast, tmp_path):
    cast.mira.external_id = "E4"
    cast.mira.save()
    result = bring("people", tmp_path, "name,email,external_id\nMira Lund,other@co.example,E4\n")
    cast.mira.refresh_from_db()
    assert cast.mira.email == cast.mira.user.email
    assert "signs in with another address" in result.warnings[0]


def test_maven_counts(tmp_path):
    from tests.real_data import real_data

    folder = real_data("maven")
    mapping = parse_mapping('[people]\nname = "sales_agent"\nmanager = "manager"\nteam = "regional_office"\n')
    result = bring("people", tmp_path, (folder / "sales_teams.csv").read_text(), mapping=mapping)
    assert counts(result, "people") == (35, 41, 0, 0, 0)
