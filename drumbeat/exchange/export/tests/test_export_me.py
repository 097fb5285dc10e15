"""Everything kept about one person, for that person, and nothing of anybody else."""

import io
import json
import zipfile
from argparse import Namespace

import pytest
from django.apps import apps

from drumbeat.exchange.export import beat, command, company
from drumbeat.exchange.export.actions import export_me
from drumbeat.exchange.export.command import CannotWrite
from drumbeat.exchange.export.files import UnknownEnding, written
from drumbeat.exchange.export.sources import EXPORTED, LEFT_OUT
from drumbeat.exchange.export.tests.make import everything_about_ana, promise
from drumbeat.journal.models import Entry, Opening
from drumbeat.journal.record import SYSTEM
from drumbeat.people.models import Person
from drumbeat.people.tests.cast import TODAY
from tests.queries import count_of

pytestmark = pytest.mark.django_db
URL = "/my-record/data/"


def exported(cast, **values):
    made = export_me(actor=cast.ana, today=TODAY, person=cast.ana, **values)
    return made, json.dumps(made.as_json(), ensure_ascii=False)


def test_it_works(cast):
    everything_about_ana(cast)
    exported(cast)  # so that the journal has a line about Ana
    made, text = exported(cast)
    for word in (
        *("SECRET list for Brandt", "SECRET note of Elena", "SECRET minutes", "my numbers"),
        *("I think of leaving", "let us talk", "thank you for saying so", "own private note", "parked"),
        *("Halden frame contract", "Dentist", "Out to the customers", "pre-work of 19 November 2026"),
    ):
        assert word in text, word
    empty = [one.key for one in made.parts if not one.rows]
    assert empty == []


def test_nothing_of_others_and_no_key_to_anything(cast):
    everything_about_ana(cast)
    _, text = exported(cast)
    for word in (
        *("MIRAS OWN WORDS", "NOT FOR ANA", "ELENAS PREPARATION"),
        *("hidden-hash", "private-address", cast.ana.user.password),
    ):
        assert word not in text, word
    other = json.dumps(export_me(actor=cast.tom, today=TODAY, person=cast.tom).as_json())
    assert "SECRET" not in other


def test_an_access_request_adds_what_leaders_prepared_and_they_see_it(cast):
    everything_about_ana(cast)
    _, text = exported(cast, access_request=True)
    assert "ELENAS PREPARATION" in text
    assert Opening.objects.get(object_kind="privatenote").author_id == cast.elena.pk
    assert Entry.objects.filter(verb="export.me", details__access_request=True).count() == 1


def test_reading_others_words_is_kept_once_a_day(cast):
    everything_about_ana(cast)
    for _ in range(2):
        exported(cast)
    read = Opening.objects.filter(viewer_id=cast.ana.pk)
    kinds = sorted(read.values_list("object_kind", flat=True))
    assert kinds == ["minutes", "note", "promise", "tellalone", "thanks"]


def test_every_table_that_names_a_person_is_exported_or_left_out_with_a_reason(cast):
    named = {
        f"{model._meta.app_label}.{model.__name__}.{field.name}"
        for model in apps.get_models()
        if model.__module__.startswith("drumbeat.")
        for field in (*model._meta.fields, *model._meta.many_to_many)
        if field.related_model is Person and not field.auto_created
    }
    told = {name for name in {*EXPORTED, *LEFT_OUT} if name.count(".") == 2}
    assert named - told == set(), "say in sources.py where these go, or why not"
    assert told - named == set(), "sources.py names what is not there"
    assert not EXPORTED.keys() & LEFT_OUT.keys()
    assert all(len(reason) > 20 for reason in LEFT_OUT.values())


def test_every_part_that_is_promised_is_there(cast):
    keys = {one.key for one in [*company.parts(cast.ana), *beat.parts(cast.ana)]}
    assert set(EXPORTED.values()) == keys


def test_as_many_queries_for_thirty_rows(cast):
    everything_about_ana(cast)
    once = count_of(lambda: exported(cast))
    for n in range(30):
        promise(cast.ana, cast.elena, f"number {n}")
    assert count_of(lambda: exported(cast)) <= once


def test_from_my_record_both_forms_in_one_file(cast, sign_in):
    everything_about_ana(cast)
    Person.objects.filter(pk=cast.ana.pk).update(title="<script>alert(1)</script>")
    client = sign_in(cast.ana)
    assert URL in client.get("/my-record/").text
    answer = client.post(URL)
    assert answer["Content-Disposition"] == 'attachment; filename="about-me-2026-11-23.zip"'
    file = zipfile.ZipFile(io.BytesIO(answer.content))
    assert json.loads(file.read("about-me.json"))["parts"]["promises"][0]["text"] == "SECRET list for Brandt"
    page = file.read("about-me.html").decode()
    assert "SECRET list for Brandt" in page
    assert "<script" not in page
    assert "made a file of everything kept about a person" in client.get("/my-record/").text


def test_reading_the_address_makes_nothing(cast, sign_in):
    assert sign_in(cast.ana).get(URL).status_code == 405
    assert not Entry.objects.filter(verb="export.me").exists()


@pytest.mark.parametrize("ending", [".json", ".html", ".zip"])
def test_the_command(cast, tmp_path, ending):
    everything_about_ana(cast)
    file = tmp_path / f"ana{ending}"
    args = Namespace(person="ana@nordhaus.example", file=str(file), access_request=False, as_of=TODAY)
    result = command.run(args)
    assert result["rows"]["promises"] == 1
    assert str(file) in command.render(result)
    assert file.stat().st_mode & 0o077 == 0
    assert file.read_bytes()
    line = Entry.objects.get(verb="export.me")
    assert (line.actor_id, line.object_id) == (None, cast.ana.pk)


def test_the_command_refuses_what_it_cannot_write(cast, tmp_path):
    args = {"person": "ana@nordhaus.example", "access_request": False, "as_of": TODAY}
    with pytest.raises(UnknownEnding, match="ends in"):
        command.run(Namespace(file=str(tmp_path / "ana.doc"), **args))
    with pytest.raises(CannotWrite, match="no folder"):
        command.run(Namespace(file=str(tmp_path / "x" / "ana.json"), **args))
    assert not Entry.objects.filter(verb="export.me").exists()


def test_who_has_nothing_gets_an_honest_page(cast):
    made = export_me(actor=SYSTEM, today=TODAY, person=cast.stella)
    assert "Nothing is kept." in written(made, ".html").decode()
