"""My record, and the journal of events."""

from dataclasses import replace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from drumbeat.journal.record import ACTIONS, SYSTEM
from drumbeat.people.actions.lines import move
from drumbeat.people.actions.persons import change_person
from drumbeat.people.facts import Facts
from drumbeat.people.tests.cast import TODAY
from drumbeat.people.words import OTHERS, OWN, VERBS, changes, deed


@pytest.fixture
def changed(cast):
    change_person(
        actor=cast.adam,
        today=TODAY,
        person=cast.mira,
        facts=replace(Facts.of(cast.mira), title="Key accounts"),
    )
    move(actor=cast.adam, today=TODAY, person=cast.piotr, leader=cast.ana, day=TODAY)
    return cast


def test_my_record_says_what_was_done_about_me(changed, sign_in):
    page = sign_in(changed.mira).get("/my-record/").text
    assert "Adam Roth changed Mira Lund" in page
    assert "title: not known → Key accounts" in page
    assert "Piotr" not in page


def test_and_by_me(changed, sign_in):
    page = sign_in(changed.adam).get("/my-record/").text
    assert "Adam Roth moved Piotr Zieliński to another leader" in page


def test_an_empty_record_says_what_will_stand_there(cast, sign_in):
    assert "Nothing is kept yet" in sign_in(cast.stella).get("/my-record/").text


def test_the_journal_tells_events_and_no_content(changed, sign_in):
    page = sign_in(changed.adam).get("/journal/").text
    assert "Adam Roth changed Mira Lund" in page
    assert "Key accounts" not in page


def test_the_journal_is_the_administrators(changed, sign_in):
    assert sign_in(changed.elena).get("/journal/").status_code == 403


@pytest.mark.parametrize("url", ["/my-record/", "/journal/"])
def test_the_same_queries_at_one_line_and_at_sixty(cast, sign_in, url):
    client = sign_in(cast.adam)
    seen = []
    for times in (1, 60):
        for n in range(times):
            person = (cast.mira, cast.tom)[n % 2]
            facts = replace(Facts.of(person), title=f"{times} {n}")
            change_person(actor=cast.adam, today=TODAY, person=person, facts=facts)
        with CaptureQueriesContext(connection) as found:
            assert client.get(url).status_code == 200
        seen.append(len(found))
    assert seen[0] == seen[1] <= 9  # session, user, person, viewer x2; count, lines; openings: count, rows
    assert client.get(url + "?page=2").status_code == 200


def test_every_verb_of_people_has_its_words():
    own = {run.verb for name, run in ACTIONS.items() if name.startswith("drumbeat.people.")}
    assert own == set(VERBS)


def test_every_verb_of_any_part_has_its_words():
    assert {run.verb for name, run in ACTIONS.items() if ".tests." not in f".{name}"} == set(VERBS) | set(
        OTHERS
    )
    assert set(OWN) < set(VERBS)


def test_what_one_does_to_oneself_names_one_once():
    assert deed("invitation.accept", "Mira Lund", "Mira Lund") == "accepted the invitation"
    assert deed("invitation.accept", "Mira Lund", "Ana Ribeiro") == "accepted the invitation of Mira Lund"


def test_an_import_names_its_files_where_they_may_be_seen():
    assert deed("import.land", "import of deals.csv") == "brought in files: deals.csv"
    assert deed("import.land", "") == "brought in files"


def test_days_and_moments_are_written_as_a_person_would():
    assert changes({"until": "2026-12-02T03:17+00:00", "ends_on": "2026-12-02", "role": "not-a-day"}) == [
        "works until: 2 December 2026, 03:17",
        "last day: 2 December 2026",
        "role: not-a-day",
    ]


def test_a_verb_without_words_is_said_plainly():
    assert deed("import.take_back", "") == "import: take back"


def test_changes_in_words():
    assert changes({"fields": {"title": ["", "Rep"]}, "role": "hr", "leader": [1, 2]}) == [
        "title: not known → Rep",
        "role: hr",
    ]


def test_the_system_is_called_by_its_name(cast, sign_in):
    move(actor=SYSTEM, today=TODAY, person=cast.piotr, leader=cast.ana, day=TODAY)
    assert "Drumbeat moved Piotr" in sign_in(cast.adam).get("/journal/").text
