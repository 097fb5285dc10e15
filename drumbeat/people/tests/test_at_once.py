"""Two people at once: what each may do alone must not make nonsense together."""

import threading

import pytest
from django.db import connection

from drumbeat.core.refusal import Refused
from drumbeat.people.actions.accounts import accept_invitation, first_account
from drumbeat.people.actions.lines import move
from drumbeat.people.actions.links import invite
from drumbeat.people.actions.persons import add_person
from drumbeat.people.actions.roles import grant_role, revoke_role
from drumbeat.people.facts import Facts
from drumbeat.people.links import open_link
from drumbeat.people.models import Person, RoleGrant, User
from drumbeat.people.reach import Cycle
from drumbeat.people.tests.cast import TODAY, make_cast
from drumbeat.people.tests.make import GOOD, NOW, leaders

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _needs_a_server():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite lets one write at a time; this is about PostgreSQL")


def at_once(*deeds):
    """Run the deeds in threads that start together; gives what each refused, or None."""
    gate = threading.Barrier(len(deeds))
    outcome: list[Exception | None] = [None] * len(deeds)

    def run(number, deed):
        try:
            gate.wait(timeout=10)
            deed()
        except Exception as fault:
            outcome[number] = fault
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=pair) for pair in enumerate(deeds)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=30)
    return outcome


def refused(outcome) -> list[type]:
    """The kinds of refusals; anything else that went wrong is raised."""
    for fault in outcome:
        if fault is not None and not isinstance(fault, Refused):
            raise fault
    return [type(fault) for fault in outcome if fault is not None]


def test_two_moves_never_close_a_cycle():
    cast = make_cast()

    def go(person, leader):
        return lambda: move(actor=cast.adam, today=TODAY, person=person, leader=leader, day=TODAY)

    for first, second in [(cast.ana, cast.tom), (cast.stella, cast.adam), (cast.mira, cast.piotr)]:
        assert refused(at_once(go(first, second), go(second, first))) == [Cycle]
        assert (second.pk in leaders(first)) != (first.pk in leaders(second))


def test_an_invitation_is_accepted_once():
    cast = make_cast()
    cast.joao.email = "joao@nordhaus.example"
    cast.joao.save()
    token = invite(actor=cast.adam, today=TODAY, now=NOW, person=cast.joao)

    def accept():
        link = open_link(kind="invitation", token=token, now=NOW, today=TODAY)
        accept_invitation(actor=cast.joao, today=TODAY, now=NOW, link=link, password=GOOD)

    assert len(refused(at_once(accept, accept, accept))) == 2
    assert User.objects.filter(person=cast.joao).count() == 1


def test_one_address_goes_to_one_person():
    cast = make_cast()

    def add():
        add_person(actor=cast.adam, today=TODAY, facts=Facts(name="Nia Obi", email="nia@nordhaus.example"))

    assert len(refused(at_once(add, add, add))) == 2
    assert Person.objects.filter(email="nia@nordhaus.example").count() == 1


def test_there_is_one_first_account():
    def begin(number):
        def deed():
            facts = Facts(name=f"Somebody {number}", email=f"s{number}@nordhaus.example")
            first_account(actor=Person(name="x"), today=TODAY, facts=facts, password=GOOD)

        return deed

    assert len(refused(at_once(begin(1), begin(2), begin(3)))) == 2
    assert User.objects.count() == 1


def test_the_last_two_administrators_do_not_both_go():
    cast = make_cast()
    second = grant_role(actor=cast.adam, today=TODAY, person=cast.stella, role="administrator")
    first = RoleGrant.objects.get(person=cast.adam)

    def go(grant):
        return lambda: revoke_role(actor=cast.adam, today=TODAY, grant=grant)

    assert len(refused(at_once(go(first), go(second)))) == 1
