import argparse

import pytest

from drumbeat.calendars.models import Calendar, Event
from drumbeat.calendars.rules.lines import NotACalendar
from drumbeat.calendars.tests.make import ics
from drumbeat.calendars.tests.test_bring_in import one_to_one
from drumbeat.exchange.calendars import command, tasks
from drumbeat.exchange.calendars.fetching import InsideNetwork
from drumbeat.exchange.calendars.tests.server import Misbehaves, serving
from drumbeat.people.queries import NoSuchPerson
from drumbeat.people.tests.cast import TODAY

pytestmark = pytest.mark.django_db


def run(*words: str):
    parser = argparse.ArgumentParser()
    command.add_parser(parser.add_subparsers())
    return command.run(parser.parse_args([*words], namespace=argparse.Namespace(as_of=TODAY)))


@pytest.fixture
def path(tmp_path):
    file = tmp_path / "me.ics"
    file.write_bytes(ics(one_to_one()))
    return str(file)


def test_it_works(cast, path, on_monday):
    result = run("import", "calendar", path, "--person", "elena@nordhaus.example")
    assert result == {
        "person": "Elena Hartmann",
        "events": {"created": 12, "updated": 0, "unchanged": 0, "removed": 0, "unreadable": 0},
        "warnings": [],
    }
    again = run("import", "calendar", path, "--person", "Elena Hartmann")
    assert again["events"]["unchanged"] == 12
    assert command.render(again).startswith("Calendar of Elena Hartmann: 0 created,")


def test_refusals(cast, path, tmp_path, on_monday):
    with pytest.raises(NoSuchPerson):
        run("import", "calendar", path, "--person", "Nobody")
    with pytest.raises(NotACalendar, match="cannot be read"):
        run("import", "calendar", str(tmp_path / "none.ics"), "--person", "Elena Hartmann")
    with pytest.raises(InsideNetwork):
        run("import", "calendar", "http://127.0.0.1:9/x.ics", "--person", "Elena Hartmann")
    assert not Calendar.objects.exists()


def test_an_address_is_kept_and_read_again(cast, settings, monkeypatch, on_monday):
    settings.DRUMBEAT_PRIVATE_CALENDARS = True
    monkeypatch.setattr(Misbehaves, "body", ics(one_to_one()))
    with serving() as server:
        run("import", "calendar", f"http://127.0.0.1:{server.port}/ok", "--person", "Elena Hartmann")
        assert Event.objects.count() == 12
        monkeypatch.setattr(Misbehaves, "body", ics(one_to_one().replace("COUNT=12", "COUNT=13")))
        tasks.read_all()
        assert Event.objects.count() == 13
        monkeypatch.setattr(Misbehaves, "body", b"<html>")
        tasks.read_all()
    assert Event.objects.count() == 13
    assert "not a calendar" in Calendar.objects.get().problem
