"""Which version of an agenda a meeting has, and who writes the next one."""

from datetime import UTC, datetime, timedelta

import pytest

from drumbeat.core.content import meeting_templates
from drumbeat.meetings.models import Agenda
from drumbeat.meetings.queries.agendas import agenda_of, agenda_of_rhythm, agenda_of_template, library_body
from drumbeat.meetings.rules.agenda import RHYTHM_TEMPLATES, read
from drumbeat.meetings.tests.make import meeting, rhythm

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)


def version(number, at, name, **values):
    body = {**library_body("one_to_one").as_json(), "name": name}
    return Agenda.objects.create(template="one_to_one", number=number, body=body, made_at=at, **values)


def test_the_library_is_the_first_version():
    assert agenda_of_template("one_to_one", NOW) == library_body("one_to_one")
    assert set(RHYTHM_TEMPLATES) <= set(meeting_templates())


@pytest.mark.parametrize("template", list(meeting_templates()))
def test_a_version_is_read_as_it_was_kept(template):
    assert read(library_body(template).as_json()) == library_body(template)


def test_a_meeting_has_what_was_newest_when_it_began(cast, django_assert_num_queries):
    own = rhythm(cast.elena, [cast.ana])
    first, second = meeting(own), meeting(own, NOW.date() + timedelta(days=7))
    version(1, NOW - timedelta(days=1), "Company")
    version(2, NOW + timedelta(days=3), "Company later")
    with django_assert_num_queries(2):
        assert (agenda_of(first).name, agenda_of(second).name) == ("Company", "Company later")
    version(1, NOW + timedelta(days=1), "Own", rhythm=own)
    assert (agenda_of(first).name, agenda_of(second).name) == ("Company", "Own")
    assert agenda_of_rhythm(own, NOW).name == "Company"
    assert agenda_of_template("one_to_one", NOW + timedelta(days=9)).name == "Company later"
