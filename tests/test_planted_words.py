"""Words planted in every confidential place are in no file: not in the database, a backup, a log or a job."""

import os
import shutil
import sqlite3
import zipfile
from contextlib import closing

import psycopg
import pytest

from tests.conftest import maker

WORD = "quagga"  # in every planted text, with where it was planted


def planted_in(raw: bytes) -> list[bytes]:
    """The planted words that the bytes hold, with what stands around them."""
    found, at = [], raw.lower().find(WORD.encode())
    while at >= 0 and len(found) < 5:
        found.append(raw[max(0, at - 60) : at + 60])
        at = raw.lower().find(WORD.encode(), at + 1)
    return found


@pytest.fixture(scope="module")
def planted(tmp_path_factory):
    """An instance with a word in every confidential place there is, and the log of making it."""
    with maker(tmp_path_factory.mktemp("planted")) as make:
        made = make()
        made.run("init")
        made.log = tmp_path_factory.mktemp("log") / "requests.log"
        told = made.django(f"from tests.planted import plant; print(*plant({str(made.log)!r}))")
        made.places = told.split()
        yield made


def test_planted_words_are_nowhere(planted, tmp_path):
    assert {
        "PreWork.sealed",
        "Promise.reason",
        "TellAlone.answer",
        "PrivateNote.text",
        "Minutes.sealed",
    } <= set(planted.places)
    # The database: its file and its log as they lie there, and once more when the log is brought in.
    if planted.database:
        rows = dumped(planted)
        assert "people_person" in rows
        for table, text in rows.items():
            assert not planted_in(text), table
    else:
        file = planted.folder / "drumbeat.sqlite3"
        # Held open, so that the write-ahead log is not folded away under us.
        with closing(sqlite3.connect(file)) as held:
            held.execute("SELECT count(*) FROM people_person").fetchone()
            scan(planted.folder)
            held.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        scan(planted.folder)
        assert b"Ana Ribeiro" in file.read_bytes(), "the scan reads what is there"
    assert not planted_in(planted.log.read_bytes())
    assert "meetings/<int:pk>/pre-work/" in planted.log.read_text(), "pages were logged"
    planted.run("backup", tmp_path / "without.zip")
    with zipfile.ZipFile(tmp_path / "without.zip") as archive:
        assert not any(name.startswith("files/keys/") for name in archive.namelist())
        assert b"Ana Ribeiro" in archive.read("tables/people_person.jsonl")
        for name in archive.namelist():
            assert not planted_in(archive.read(name)), name


def test_a_backup_brings_the_keys_only_where_asked_and_restore_names_what_is_missing(
    planted, make_instance, tmp_path
):
    ask = "from drumbeat.meetings.models import PreWork; print(PreWork.objects.first().text)"
    planted.run("backup", tmp_path / "without.zip")
    planted.run("backup", tmp_path / "with.zip", "--with-keys")
    whole = make_instance("whole")
    assert whole.json("restore", tmp_path / "with.zip")["missing_keys"] == []
    assert "quagga" in whole.django(ask)
    bare = make_instance("bare")
    (key,) = bare.json("restore", tmp_path / "without.zip")["missing_keys"]
    again = bare.run("restore", tmp_path / "without.zip", "--replace")
    assert key in again.stdout + again.stderr
    said = bare.django(
        f"from drumbeat.core.refusal import Refused\ntry:\n    {ask.replace('; ', chr(10) + '    ')}\n"
        "except Refused as refusal:\n    print(refusal)"
    )
    assert f"{key}.key" in said
    assert "quagga" not in said
    shutil.copytree(planted.folder / "keys", bare.folder / "keys", dirs_exist_ok=True)
    assert "quagga" in bare.django(ask)


def scan(folder) -> None:
    """No file below the folder holds a planted word; backups and their like aside, which are packed."""
    for path in folder.rglob("*"):
        if path.is_file():
            assert not planted_in(path.read_bytes()), path


def dumped(instance) -> dict[str, bytes]:
    """Every table of a PostgreSQL database as text, by its name."""
    server = os.environ["DATABASE_URL"].rpartition("/")[0]
    with psycopg.connect(f"{server}/{instance.database}") as connection:
        tables = connection.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        rows = {name: connection.execute(f'SELECT t::text FROM "{name}" t').fetchall() for (name,) in tables}
    return {name: "\n".join(text for (text,) in found).encode() for name, found in rows.items()}
