"""The foundation stands: cast, reach, sign-in, health."""

import pytest

from drumbeat.people.models import Person
from drumbeat.people.tests.cast import TODAY

pytestmark = pytest.mark.django_db


def test_elena_reaches_everyone_below_and_nobody_else(cast):
    below = set(Person.objects.below(cast.elena.pk, TODAY))
    assert below == {cast.ana, cast.tom, cast.mira, cast.joao, cast.piotr, cast.lou}


def test_health_answers_a_visitor(client, db):
    assert client.get("/healthz").json() == {"status": "ok"}


def test_a_visitor_is_sent_to_sign_in(client, cast):
    assert client.get("/find/").status_code == 302
