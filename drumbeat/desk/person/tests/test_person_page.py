"""The page of one person, looked at by everyone who may, and by who may not."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from drumbeat.core.periods import parse
from drumbeat.people.models import Leave, Person, ReportingLine
from drumbeat.people.reach import refresh
from drumbeat.people.tests.cast import TODAY
from drumbeat.plan.models import WON
from drumbeat.plan.tests.make import booking, deal, target

pytestmark = pytest.mark.django_db
Q4 = parse("2026-Q4")
D = date(2026, 11, 10)


def look(client, person):
    return client.get(reverse("desk:person", args=[person.pk]))


def text(client, person):
    answer = look(client, person)
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.fixture
def deals(cast):
    deal(cast.mira, state=WON, amount="20000", closed=D, name="Halden frame contract")
    deal(cast.joao, amount="4000", created=D)
    deal(cast.piotr, state=WON, amount="7000", closed=D, name="Not of this team")
    booking(cast.mira, day=D, amount="12000", margin=Decimal(3000))
    target(cast.ana, Q4, 100_000)


def test_the_executive_sees_a_managers_figures_opened_to_their_rows(cast, deals, sign_in):
    seen = text(sign_in(cast.elena), cast.ana)
    assert "Ana Ribeiro" in seen
    assert "Sales manager" in seen
    for what in ("won", "booked", "open"):
        assert f"/plan/{cast.ana.pk}/{what}/?period=2026-Q4" in seen
    assert "Plan to date" in seen
    assert "Halden frame contract" in seen
    assert "Not of this team" not in seen


def test_whom_a_manager_leads_stands_there_by_name(cast, sign_in):
    seen = text(sign_in(cast.elena), cast.ana)
    assert seen.index("João Ávila") < seen.index("Mira Lund")
    assert reverse("desk:person", args=[cast.mira.pk]) in seen
    assert "Lou Berger" not in seen.partition("Leads")[2]


def test_a_rep_sees_the_own_figures_and_no_way_to_the_leaders_page(cast, deals, sign_in):
    seen = text(sign_in(cast.mira), cast.mira)
    assert f"/plan/{cast.mira.pk}/won/?period=2026-Q4" in seen
    assert "Ana Ribeiro" in seen
    assert reverse("desk:person", args=[cast.ana.pk]) not in seen
    assert "Bring in your calendar" not in seen


def test_a_rep_opens_the_rows_of_the_own_figures(cast, deals, sign_in):
    answer = sign_in(cast.mira).get(f"/plan/{cast.mira.pk}/won/?period=2026-Q4")
    assert "Halden frame contract" in answer.content.decode()


@pytest.mark.parametrize("name", ["tom", "piotr", "stella"])
def test_colleagues_see_the_name_only_and_who_can_change_that(cast, deals, sign_in, name):
    answer = look(sign_in(getattr(cast, name)), cast.ana)
    seen = answer.content.decode()
    assert answer.status_code == 403
    assert "You see Ana Ribeiro by name only" in seen
    assert "administrator" in seen
    assert "100" not in seen.partition("<main")[2].partition("</main")[0]


@pytest.mark.parametrize("name", ["hanna", "adam"])
def test_who_keeps_people_sees_no_figures(cast, deals, sign_in, name):
    seen = text(sign_in(getattr(cast, name)), cast.ana)
    assert "Figures are not part of what you see here" in seen
    assert "Plan to date" not in seen
    assert "Halden" not in seen
    assert "Bring in your calendar" not in seen


def test_a_delegate_sees_figures_and_no_calendar(cast, deals, sign_in):
    seen = text(sign_in(cast.dora), cast.ana)
    assert "Plan to date" in seen
    assert "The beat with" not in seen


def test_a_leader_without_a_calendar_is_told_what_would_stand_there(cast, sign_in):
    seen = text(sign_in(cast.elena), cast.ana)
    assert "The beat with Ana" in seen
    assert "Bring in your calendar" in seen


def test_a_person_without_anything_shows_how_it_begins(cast, sign_in):
    seen = text(sign_in(cast.ana), cast.joao)
    assert "No deal, order or target yet" in seen
    assert "Nothing yet" in seen
    assert "Title not known" in seen


def test_a_leaver_keeps_the_record(cast, sign_in):
    deal(cast.lou, state=WON, amount="1", closed=date(2026, 10, 2), name="Late papers")
    seen = text(sign_in(cast.adam), cast.lou)
    assert "The record stays" in seen
    assert "Left on" in seen


def test_days_away_the_next_first(cast, sign_in):
    Leave.objects.create(person=cast.ana, starts_on=date(2026, 12, 21), ends_on=date(2027, 1, 3))
    Leave.objects.create(person=cast.ana, starts_on=date(2026, 11, 30), ends_on=date(2026, 12, 1))
    Leave.objects.create(person=cast.ana, starts_on=date(2026, 8, 3), ends_on=date(2026, 8, 14))
    seen = text(sign_in(cast.elena), cast.ana)
    assert "30 November to 1 December 2026; 21 December 2026 to 3 January 2027" in seen


def test_moves_stand_in_the_timeline_coming_ones_ahead(cast, sign_in):
    line = ReportingLine.objects.get(member=cast.mira)
    line.ends_on = date(2026, 12, 1)
    line.save()
    ReportingLine.objects.create(member=cast.mira, leader=cast.tom, starts_on=date(2026, 12, 1))
    ReportingLine.objects.filter(member=cast.joao).update(starts_on=date(2026, 9, 7))
    refresh([cast.mira.pk, cast.joao.pk])
    ana, mira = text(sign_in(cast.elena), cast.ana), text(sign_in(cast.elena), cast.mira)
    assert "João Ávila joined the team" in ana.partition("What happened")[2]
    assert "Mira Lund left the team" in ana.partition("What happened")[0]
    assert "Reports to Tom Okafor" in mira.partition("What happened")[0]
    assert 'id="d2026-12-01"' in mira
    assert "no longer" not in mira


def test_the_newest_stands_first_and_each_day_has_one_anchor(cast, sign_in):
    for day in (date(2026, 11, 3), D, D):
        deal(cast.mira, state=WON, amount="20", closed=day, name=f"Deal of {day}")
    seen = text(sign_in(cast.elena), cast.ana)
    assert seen.index("Deal of 2026-11-10") < seen.index("Deal of 2026-11-03")
    assert seen.count('id="d2026-11-10"') == 1


def test_an_unknown_person_is_not_there(cast, sign_in):
    assert sign_in(cast.elena).get("/people/987654321/").status_code == 404


def queries(client, person):
    with CaptureQueriesContext(
        connection,
    ) as counted:
        text(client, person)
    return len(counted)


def test_the_same_number_of_queries_for_one_row_and_for_thirty(cast, deals, sign_in):
    client = sign_in(cast.elena)
    once = queries(client, cast.ana)
    for n in range(30):
        rep = Person.objects.create(name=f"Rep {n:02}")
        ReportingLine.objects.create(member=rep, leader=cast.ana, starts_on=D - timedelta(days=n))
        refresh([rep.pk])
        deal(rep, state=WON, amount="10", closed=D - timedelta(days=n))
        booking(rep, day=D, amount="10")
        Leave.objects.create(
            person=cast.ana, starts_on=TODAY + timedelta(days=n), ends_on=TODAY + timedelta(days=n)
        )
    assert (
        queries(client, cast.ana) == once <= 15
    )  # the last three: my meetings with Ana, their seats, promises both ways
