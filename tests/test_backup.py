"""``backup`` and ``restore`` of real instances, on SQLite, on PostgreSQL, and from one to the other."""

import json
import shutil
import threading
import zipfile

import pytest

from tests.conftest import maker, on_postgres

SECRET = "She is tired of the northern route"
FILL = f"""
import datetime as d
from drumbeat.people.tests.cast import make_cast
from drumbeat.calendars.models import Calendar, Event
from drumbeat.exchange.models import Import
from drumbeat.plan.models import *
from django.utils import timezone
cast = make_cast()
now = d.datetime(2026, 11, 23, 6, 0, 0, 123456, tzinfo=d.UTC)
calendar = Calendar.objects.create(owner=cast.elena, address="https://secret.example/{SECRET}")
Event.objects.create(calendar=calendar, uid="1", starts_at=now, ends_at=now, day=now.date(),
    title="{SECRET}", outside_domains=["a.example", "ü.example"])
Import.objects.create(kind="crm", day=now.date(), made_at=now, file_names=["a.csv"], tables={{"x": 1}},
    seconds=1.25)
"""
ASK = """
import json
from django.apps import apps
from django.core import serializers
out = {}
for model in apps.get_models(include_auto_created=True):
    if model.__module__.startswith("drumbeat"):
        rows = json.loads(serializers.serialize("json", model._base_manager.order_by("pk")))
        out[model.__name__] = rows
print(json.dumps(out, sort_keys=True))
"""


@pytest.fixture(scope="module")
def full(tmp_path_factory):
    with maker(tmp_path_factory.mktemp("full")) as make:
        made = make()
        made.run("init")
        yield fill(made)


@pytest.fixture
def filled(make_instance, full):
    return make_instance("filled", like=full)


def fill(instance):
    instance.django(FILL)
    (instance.folder / "uploads").mkdir()
    (instance.folder / "uploads" / "rejects.csv").write_text("line,reason\n")
    return instance


def test_it_comes_back_whole(filled, make_instance, tmp_path):
    before = filled.django(ASK)
    saved = filled.json("backup", tmp_path / "b.zip", "--with-keys")
    assert saved["rows"] > 20
    other = make_instance("other")
    back = other.json("restore", tmp_path / "b.zip")
    assert back["missing_keys"] == []
    assert other.django(ASK) == before
    assert (other.folder / "uploads" / "rejects.csv").read_text() == "line,reason\n"
    assert other.json("init")["made"] == [f"the inbox for exports, {other.folder / 'inbox'}"]
    # New rows get new numbers.
    other.django("from drumbeat.people.models import Person; Person.objects.create(name='Nora Neu')")


def test_across_databases(make_instance, tmp_path):
    if not on_postgres():
        pytest.skip("needs both databases; the run on PostgreSQL does it")
    here, there = make_instance("here", sqlite=True), make_instance("there")
    here.run("init")
    fill(here)
    here.run("backup", tmp_path / "b.zip", "--with-keys")
    there.run("restore", tmp_path / "b.zip")
    assert there.django(ASK) == here.django(ASK)
    there.run("backup", tmp_path / "c.zip", "--with-keys")
    back = make_instance("back", sqlite=True)
    back.run("restore", tmp_path / "c.zip")
    assert back.django(ASK) == here.django(ASK)


def test_confidential_words_are_in_no_file(filled, tmp_path):
    filled.run("backup", tmp_path / "b.zip")
    words = SECRET.encode()
    for path in filled.folder.rglob("*"):
        assert not path.is_file() or words not in path.read_bytes(), path
    with zipfile.ZipFile(tmp_path / "b.zip") as archive:
        assert not any(name.startswith("files/keys/") for name in archive.namelist())
        for name in archive.namelist():
            assert words not in archive.read(name), name


def test_restore_names_the_key_that_is_missing(filled, make_instance, tmp_path):
    filled.run("backup", tmp_path / "b.zip")
    other = make_instance("other")
    back = other.json("restore", tmp_path / "b.zip")
    (name,) = back["missing_keys"]
    shutil.copytree(filled.folder / "keys", other.folder / "keys", dirs_exist_ok=True)
    assert (other.folder / "keys" / f"{name}.key").is_file()
    assert SECRET in other.django(
        "from drumbeat.calendars.models import Event; print(Event.objects.get().title)"
    )


def test_the_first_use_of_a_restored_instance_takes_no_place_of_the_missing_key(
    filled, make_instance, tmp_path
):
    filled.run("backup", tmp_path / "b.zip")
    other = make_instance("other")
    (name,) = other.json("restore", tmp_path / "b.zip")["missing_keys"]
    other.run("init")
    assert not (other.folder / "keys" / f"{name}.key").exists()
    assert other.json("restore", tmp_path / "b.zip", "--replace")["missing_keys"] == [name]


def test_nothing_is_overwritten_without_replace(filled, tmp_path):
    filled.run("backup", tmp_path / "b.zip", "--with-keys")
    filled.django("from drumbeat.people.models import Person; Person.objects.create(name='Nora Neu')")
    before = filled.django(ASK)
    said = filled.run("restore", tmp_path / "b.zip", code=1).stderr
    assert "--replace" in said
    assert filled.django(ASK) == before
    filled.run("restore", tmp_path / "b.zip", "--replace")
    assert "Nora Neu" not in filled.django(ASK)


def test_what_is_no_whole_backup_is_a_sentence_and_changes_nothing(filled, tmp_path):
    good = tmp_path / "b.zip"
    filled.run("backup", good)
    bytes_ = bytearray(good.read_bytes())
    (tmp_path / "cut.zip").write_bytes(bytes_[: len(bytes_) // 2])
    # In the packed bytes themselves: a bent time stamp in a header would harm nothing.
    with zipfile.ZipFile(good) as whole:
        cells = max((m for m in whole.infolist() if m.filename.startswith("tables/")), key=_packed)
        told = whole.getinfo("manifest.json")
    for name, member in (("bent", cells), ("bent-manifest", told)):
        bent = bytearray(bytes_)
        bent[member.header_offset + 30 + len(member.filename) + member.compress_size // 2] ^= 0xFF
        (tmp_path / f"{name}.zip").write_bytes(bent)
    (tmp_path / "text.zip").write_text("name;value\n")
    with zipfile.ZipFile(tmp_path / "other.zip", "w") as other:
        other.writestr("a.txt", "hello")
    with zipfile.ZipFile(good) as whole, zipfile.ZipFile(tmp_path / "newer.zip", "w") as newer:
        newer.writestr("manifest.json", json.dumps({**json.loads(whole.read("manifest.json")), "format": 99}))
    before = filled.django(ASK)
    for name in ("cut", "bent", "bent-manifest", "text", "other", "newer", "none"):
        said = filled.run("restore", tmp_path / f"{name}.zip", "--replace", code=1).stderr
        assert len(said.strip().splitlines()) == 1, said
    assert filled.django(ASK) == before


def _packed(member):
    return member.compress_size


def test_a_backup_made_while_others_write_is_one_moment(filled, make_instance, tmp_path):
    """Two rows are always written together; no backup holds one of them."""
    writing = threading.Thread(
        target=filled.django,
        args=(
            "from django.db import transaction\nfrom drumbeat.people.models import Person\n"
            "for n in range(400):\n"
            "    with transaction.atomic():\n"
            "        Person.objects.create(name=f'left {n}'); Person.objects.create(name=f'right {n}')",
        ),
    )
    writing.start()
    try:
        for n in range(3):
            filled.run("backup", tmp_path / f"{n}.zip")
    finally:
        writing.join()
    for n in range(3):
        with zipfile.ZipFile(tmp_path / f"{n}.zip") as archive:
            rows = archive.read("tables/people_person.jsonl").decode()
        assert rows.count('"left ') == 2 * rows.count('"left ') / 2 == rows.count('"right ')


def test_restore_waits_for_nobody_and_refuses_while_drumbeat_runs(filled, tmp_path):
    filled.run("backup", tmp_path / "b.zip")
    with filled.up():
        said = filled.run("restore", tmp_path / "b.zip", "--replace", code=1).stderr
        assert "stop it" in said
    filled.run("restore", tmp_path / "b.zip", "--replace")
