"""Plants a word in every confidential place of a real instance, by the product's own actions."""

import datetime as d
import os
from contextlib import contextmanager

from django.apps import apps
from django.conf import settings
from django.test import Client, override_settings
from django.utils import timezone

from drumbeat.calendars.models import Calendar, Event, LearnedCategory
from drumbeat.core.encrypted import EncryptedText
from drumbeat.meetings.actions.alone import answer_alone, see_alone, tell_alone
from drumbeat.meetings.actions.closing import close_meeting, leave_with_nothing
from drumbeat.meetings.actions.moves import leave_out, move_meeting
from drumbeat.meetings.actions.notes import save_note
from drumbeat.meetings.actions.prework import excuse, send_in
from drumbeat.meetings.actions.private_notes import keep_private_note
from drumbeat.meetings.actions.thanking import thank_in_room
from drumbeat.meetings.actions.topics import put_topic
from drumbeat.meetings.tests import make
from drumbeat.people.models import Person
from drumbeat.people.tests.cast import TODAY, make_cast
from drumbeat.promises.actions.making import make_promise, promise_by_line
from drumbeat.promises.actions.moving import drop, give_new_date

PLAIN_FILES = "django.contrib.staticfiles.storage.StaticFilesStorage"


@contextmanager
def logged(path):
    """What is written to standard error meanwhile goes to the file."""
    before = os.dup(2)
    log = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    os.dup2(log, 2)
    try:
        yield
    finally:
        os.dup2(before, 2)
        os.close(before)
        os.close(log)


def plant(log):
    """Plant, open every page that shows it with the log written to a file, and give back where words lie."""
    plain = {**settings.STORAGES, "staticfiles": {"BACKEND": PLAIN_FILES}}
    with logged(log), override_settings(STORAGES=plain):
        _act_and_look()
    return _plant_the_rest()


def _act_and_look():
    cast = make_cast()
    ana, mira = cast.ana, cast.mira
    before = d.datetime(2026, 11, 23, 6, tzinfo=d.UTC)
    within = d.datetime(2026, 11, 23, 8, 10, tzinfo=d.UTC)
    rhythm = make.rhythm(
        ana, [mira], join_link="https://teams.example/quagga-link", dial_in="quagga-code 1234"
    )
    talk, moved, out = (make.meeting(rhythm, TODAY + d.timedelta(days=n)) for n in (0, 8, 16))
    said = {"today": TODAY, "now": before, "meeting": talk}

    send_in(actor=mira, text="quagga-prework", **said)
    send_in(actor=mira, text="quagga-prework-changed", **said)
    told = tell_alone(actor=mira, today=TODAY, meeting=talk, text="quagga-alone")
    see_alone(actor=ana, today=TODAY, told=[told])
    answer_alone(actor=ana, today=TODAY, told=told, answer="quagga-answer")
    for person in (ana, mira):
        keep_private_note(actor=person, text=f"quagga-private-{person.pk}", **said)
    excuse(actor=ana, today=TODAY, meeting=moved, person=mira, word="quagga-excuse")
    said["now"] = within
    for client in ("one", "two"):
        typed = {"item": "b", "number": 0, "client": client, "sequence": 1}
        save_note(actor=ana, text=f"quagga-note-{client}", **typed, **said)
    put_topic(actor=mira, text="quagga-topic", **said)
    put_topic(actor=mira, text="quagga-parked", park=True, **said)
    thank_in_room(actor=ana, today=TODAY, meeting=talk, receiver=mira.pk, text="quagga-thanks", item="b")
    due = TODAY + d.timedelta(days=3)
    promises = [
        make_promise(
            actor=ana,
            today=TODAY,
            owner=ana,
            asked_by=mira,
            text=f"quagga-promise-{n}",
            due=due,
            confidential=True,
        )
        for n in range(2)
    ]
    promise_by_line(
        actor=ana, today=TODAY, line="@Mira Fri quagga-line", people=[ana, mira], confidential=True
    )
    drop(actor=ana, today=TODAY, promise=promises[0], reason="quagga-dropped")
    give_new_date(
        actor=ana, today=TODAY, promise=promises[1], due=due + d.timedelta(days=7), reason="quagga-new-date"
    )
    move_meeting(
        actor=ana,
        today=TODAY,
        now=before,
        meeting=moved,
        day=moved.day + d.timedelta(days=1),
        at=d.time(10),
        word="quagga-moved",
    )
    leave_out(actor=ana, today=TODAY, now=before, meeting=out, word="quagga-left-out")
    for person in (ana, mira):
        leave_with_nothing(actor=ana, today=TODAY, meeting=talk, person=person)

    # Every page that shows them, and some that refuse; then a search for them.
    for person in (ana, mira, cast.adam):
        client = Client(headers={"host": "localhost"}, raise_request_exception=False)
        client.force_login(person.user)
        for path in ("", "pre-work/", "alone/", "my-notes/", "minutes/"):
            client.get(f"/meetings/{talk.pk}/{path}")
            client.post(f"/meetings/{talk.pk}/{path}", {"text": "quagga-posted"})
        for path in (
            "/told-alone/",
            "/promises/",
            "/week/",
            "/find/?q=quagga-prework",
            f"/people/{mira.pk}/",
        ):
            client.get(path)
    seen = Client(headers={"host": "localhost"})
    seen.force_login(ana.user)
    assert "quagga-topic" in seen.get(f"/meetings/{talk.pk}/").content.decode()
    close_meeting(actor=ana, **said)
    assert "quagga" in seen.get(f"/meetings/{talk.pk}/minutes/").content.decode()


def _plant_the_rest():
    """What no action wrote: calendars, which are read from files, and any field that is newer than this."""
    ana, within = Person.objects.get(name="Ana Ribeiro"), timezone.now()
    calendar = Calendar.objects.create(owner=ana)
    Event.objects.create(calendar=calendar, uid="1", starts_at=within, ends_at=within, day=TODAY)
    LearnedCategory.objects.create(owner=ana, kind="word", value="x", category="fires")
    places = []
    for model in apps.get_models():
        for field in model._meta.local_concrete_fields:
            if isinstance(field, EncryptedText):
                where = f"{model.__name__}.{field.name}"
                kept = [row for row in model._base_manager.all() if getattr(row, field.name)]
                if not kept:
                    row = model._base_manager.first()
                    assert row is not None, f"{where}: make a row of it above"
                    model._base_manager.filter(pk=row.pk).update(**{field.name: f"quagga-{where}"})
                    kept = [row]
                places.append(where)
    return places
