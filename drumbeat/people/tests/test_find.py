"""Finding people."""

from datetime import timedelta

import pytest

from drumbeat.people.actions.lines import end_line, move
from drumbeat.people.models import Person
from drumbeat.people.queries import (
    NoSuchPerson,
    SeveralPeople,
    find_person,
    leaders_of,
    managers_of,
    reps_below,
)
from drumbeat.people.tests.cast import TODAY


def test_by_address_id_and_name(cast):
    cast.tom.external_id = "T-1"
    cast.tom.save()
    assert find_person(" Ana@Nordhaus.example ") == cast.ana
    assert find_person("T-1") == cast.tom
    assert find_person("joão  ávila") == cast.joao


def test_an_address_comes_before_a_name(cast):
    Person.objects.create(name="ana@nordhaus.example")
    assert find_person("ana@nordhaus.example") == cast.ana


def test_nobody_is_a_sentence(cast):
    for text in ("Ana", "", "x\0y", "ana@nordhaus", "x" * 5000):
        with pytest.raises(NoSuchPerson, match="exact name"):
            find_person(text)


def test_two_of_one_name_are_a_sentence(cast):
    Person.objects.create(name="ANA RIBEIRO")
    with pytest.raises(SeveralPeople, match="Several people are called “Ana Ribeiro”"):
        find_person("Ana Ribeiro")


def test_managers_are_direct_reports_who_lead(cast):
    move(actor=cast.adam, today=TODAY, person=cast.stella, leader=cast.elena, day=TODAY)
    assert list(managers_of(cast.elena, TODAY)) == [cast.ana, cast.tom]
    assert list(managers_of(cast.ana, TODAY)) == []


def test_managers_on_a_past_day(cast):
    end_line(actor=cast.adam, today=TODAY, person=cast.piotr, day=TODAY)
    assert list(managers_of(cast.elena, TODAY)) == [cast.ana]
    assert list(managers_of(cast.elena, TODAY - timedelta(days=1))) == [cast.ana, cast.tom]


def test_reps_lead_nobody_and_have_not_left(cast):
    assert set(reps_below(cast.elena, TODAY)) == {cast.joao, cast.mira, cast.piotr}
    assert cast.lou in reps_below(cast.elena, cast.lou.left_on)


def test_leaders_the_nearest_first(cast):
    assert leaders_of(cast.mira, TODAY) == [cast.ana, cast.elena]
    assert leaders_of(cast.elena, TODAY) == []
