from base64 import b64encode
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from drumbeat.calendars.models import Calendar, Event
from drumbeat.calendars.tests.make import ics
from drumbeat.calendars.tests.test_bring_in import one_to_one, take
from drumbeat.exchange.calendars import views
from drumbeat.exchange.calendars.tests.server import Misbehaves, serving

pytestmark = pytest.mark.django_db


def upload(client, data: bytes, **more):
    return client.post("/calendar/file/", {"file": SimpleUploadedFile("me.ics", data), **more}, follow=True)


def left_over() -> list[Path]:
    return list((Path(settings.DATA_DIR) / "uploads").glob("calendar-*"))


@pytest.fixture
def serve_calendar(monkeypatch):
    monkeypatch.setattr(Misbehaves, "body", ics(one_to_one()))
    with serving() as server:
        yield server


def test_it_works(cast, sign_in):
    client = sign_in(cast.elena)
    assert "Drop your calendar here" in client.get("/calendar/").content.decode()
    answer = upload(client, ics(one_to_one()), titles="on")
    assert answer.redirect_chain == [("/hours/", 302)]
    assert "Read: 12 new, 0 changed." in answer.content.decode()
    assert Event.objects.first().title == "Secret plan for Ana"
    text = client.get("/calendar/").content.decode()
    assert "12 entries" in text
    assert "encrypted, for you alone" in text


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"name,email\nAna,a@x.example\n", "not a calendar file"),
        (b"", "is empty"),
        (ics(one_to_one())[:200], "ends in the middle"),
    ],
)
def test_a_wrong_file_is_refused_beside_the_field_and_nothing_is_kept(cast, sign_in, data, sentence):
    answer = upload(sign_in(cast.elena), data)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert not Calendar.objects.exists()


def test_a_large_file_is_read_by_the_worker_and_deleted(cast, sign_in, monkeypatch):
    monkeypatch.setattr(views, "READ_AT_ONCE", 100)
    client = sign_in(cast.elena)
    upload(client, ics(one_to_one()), titles="on")
    assert Event.objects.count() == 12
    assert Calendar.objects.get().keep_titles
    assert left_over() == []


def test_a_large_wrong_file_leaves_its_reason_and_nothing_else(cast, sign_in, monkeypatch):
    monkeypatch.setattr(views, "READ_AT_ONCE", 100)
    client = sign_in(cast.elena)
    upload(client, b"nothing like a calendar" * 100)
    assert "not a calendar file" in client.get("/calendar/").content.decode()
    assert left_over() == []


def test_an_address_is_read_and_never_shown_again(cast, sign_in, settings, serve_calendar):
    settings.DRUMBEAT_PRIVATE_CALENDARS = True
    client = sign_in(cast.elena)
    address = f"http://127.0.0.1:{serve_calendar.port}/ok?key=s3cret"
    answer = client.post("/calendar/address/", {"address": address}, follow=True)
    assert Event.objects.count() == 12
    assert "s3cret" not in answer.content.decode()
    client.post("/calendar/reading/")
    assert len(serve_calendar.asked) == 2
    client.post("/calendar/address/removal/")
    assert Calendar.objects.get().address == ""
    assert Event.objects.count() == 12


def test_an_address_inwards_leaves_its_reason(cast, sign_in, serve_calendar):
    client = sign_in(cast.elena)
    client.post("/calendar/address/", {"address": f"http://127.0.0.1:{serve_calendar.port}/ok"})
    assert serve_calendar.asked == []
    assert "own network" in client.get("/calendar/").content.decode()


def test_an_address_of_a_web_page_leaves_its_reason(cast, sign_in, settings, serve_calendar):
    settings.DRUMBEAT_PRIVATE_CALENDARS = True
    client = sign_in(cast.elena)
    client.post("/calendar/address/", {"address": f"http://127.0.0.1:{serve_calendar.port}/page"})
    assert "not a calendar file" in client.get("/calendar/").content.decode()


def test_what_is_no_address_is_said_beside_the_field(cast, sign_in):
    answer = sign_in(cast.elena).post("/calendar/address/", {"address": "file:///etc/passwd"})
    assert answer.status_code == 422
    assert "no address of a calendar" in answer.content.decode()
    assert "file:///etc/passwd" in answer.content.decode()  # the typed text is kept


def test_titles_are_given_up_and_the_calendar_taken_away(cast, sign_in):
    take(cast, one_to_one(), titles=True)
    client = sign_in(cast.elena)
    client.post("/calendar/titles/", {"keep": "no"})
    assert set(Event.objects.values_list("title", flat=True)) == {""}
    client.post("/calendar/removal/")
    assert not Calendar.objects.exists()


@pytest.mark.parametrize("path", ["address/removal", "reading", "titles", "removal"])
def test_without_a_calendar_there_is_nothing_to_change(cast, sign_in, path):
    take(cast, one_to_one())
    assert sign_in(cast.ana).post(f"/calendar/{path}/").status_code == 302
    assert Event.objects.count() == 12


def test_a_lost_key_is_said_and_the_calendar_can_still_be_taken_away(cast, sign_in, tmp_path, settings):
    settings.DRUMBEAT_PRIVATE_CALENDARS = True
    client = sign_in(cast.elena)
    take(cast, one_to_one(), titles=True)
    client.post("/calendar/address/", {"address": "http://127.0.0.1:9/me.ics", "titles": "on"})
    settings.DATA_DIR = tmp_path
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "other.key").write_bytes(b64encode(b"x" * 32))
    client.post("/calendar/reading/")
    assert "that opens this text is missing" in client.get("/calendar/").content.decode()
    assert "is missing" in upload(client, ics(one_to_one())).content.decode()
    again = client.post("/calendar/address/", {"address": "http://127.0.0.1:9/new.ics"})
    assert "is missing" in again.content.decode()
    client.post("/calendar/address/removal/")
    assert "Read it again now" not in client.get("/calendar/").content.decode()
    client.post("/calendar/removal/")
    assert not Calendar.objects.exists()
