"""Files laid into a folder: what is being written waits, what fails stays, nothing is tried in a loop."""

import os
import time
from datetime import date

import pytest

from drumbeat.exchange import inbox
from drumbeat.exchange.models import FileAtWork, Import, SavedMapping
from drumbeat.exchange.tests.make import DEALS, PEOPLE
from drumbeat.plan.models import Opportunity

pytestmark = pytest.mark.django_db
DAY = date(2026, 11, 23)


@pytest.fixture
def folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path
    inbox._inboxes.clear()
    return inbox.inbox_folder()


def lay(folder, name, text, age=60):
    path = folder / name
    path.write_text(text)
    then = time.time() - age
    os.utime(path, (then, then))
    return path


def looks(times=2):
    for _ in range(times):
        inbox.look()


def test_files_are_brought_in_by_what_they_are_and_moved_away(folder):
    lay(folder, "deals.csv", DEALS)
    lay(folder, "people.csv", PEOPLE)
    inbox.look()
    assert not Import.objects.exists()  # one look says nothing about standing still
    inbox.look()
    assert [each.kind for each in Import.objects.order_by("pk")] == ["people", "crm"]
    assert Opportunity.objects.count() == 4
    inbox.look()
    assert sorted(path.name[16:] for path in (folder / "done").iterdir()) == ["deals.csv", "people.csv"]
    assert [path.name for path in folder.iterdir()] == ["done"]
    before = FileAtWork.objects.count()
    looks(3)
    assert FileAtWork.objects.count() == before


def test_a_file_that_is_still_being_written_waits(folder):
    path = lay(folder, "people.csv", PEOPLE[:60])
    inbox.look()
    lay(folder, "people.csv", PEOPLE, age=30)
    inbox.look()
    assert not Import.objects.exists()
    inbox.look()
    assert Import.objects.count() == 1
    lay(folder, "more.csv", "name\nNina\n", age=0)  # written to a moment ago
    looks(2)
    assert Import.objects.count() == 1
    lay(folder, "half.csv.part", "name\nNina\n")
    looks(2)
    assert Import.objects.count() == 1
    assert not path.exists()


def test_a_file_that_fails_stays_with_its_reason_and_is_not_tried_again_until_it_changes(folder, monkeypatch):
    lay(folder, "report.csv", "x,y\n1,2\n")
    lay(folder, "picture.csv", "%PDF-1.4")
    looks(2)
    rows = {row.names[0]: row for row in FileAtWork.objects.all()}
    assert rows["report.csv"].state == FileAtWork.ASKING
    assert "name them in a mapping" in rows["report.csv"].problem
    assert rows["picture.csv"].state == FileAtWork.FAILED
    tried = []
    monkeypatch.setattr(inbox, "look_task", type("Task", (), {"enqueue": lambda *args: tried.append(args)}))
    looks(4)
    assert not tried
    assert (folder / "report.csv").exists()
    lay(folder, "picture.csv", PEOPLE, age=10)
    looks(2)
    assert len(tried) == 1
    assert not FileAtWork.objects.filter(pk=rows["picture.csv"].pk).exists()


def test_a_saved_mapping_reads_what_would_not_be_recognised(folder):
    SavedMapping.objects.create(name="Roster", text='[people]\nname = "who is it"\n')
    lay(folder, "odd.csv", "who is it,x\nNina,1\n")
    looks(2)
    assert Import.objects.get().tables["people"]["created"] == 1


def test_watch_tells_each_file_in_a_line(folder, tmp_path, monkeypatch):
    monkeypatch.setattr(inbox, "LOOK_EVERY", 0)
    own = tmp_path / "own"
    own.mkdir()
    lay(own, "people.csv", PEOPLE)
    told = []
    inbox.watch(own, lambda: DAY, told.append, looks=3)
    assert told == ["people.csv: people: 6 created, 0 updated"]
    assert [path.name for path in own.iterdir()] == ["done"]
    with pytest.raises(inbox.NoSuchFolder):
        inbox.watch(tmp_path / "nowhere", lambda: DAY, told.append, looks=1)
