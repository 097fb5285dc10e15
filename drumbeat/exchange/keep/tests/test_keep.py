"""Two dropped files, one form, and the instance is the company's own."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from drumbeat.calendars.intake import bring_in as bring_calendar_in
from drumbeat.calendars.models import Calendar, Event, MailDomain
from drumbeat.desk.lookback.store import open_folder
from drumbeat.desk.lookback.views import SESSION_KEY
from drumbeat.exchange.imports import bring_in
from drumbeat.exchange.models import Import, SavedMapping
from drumbeat.people.models import Beat, Person, ReportingLine, RoleGrant, User
from drumbeat.people.tests.cast import TODAY
from drumbeat.plan.models import Opportunity

pytestmark = pytest.mark.django_db

PEOPLE = b"name,email,manager\nMira Lund,mira@n.example,Ana Ribeiro\nPiotr Z,piotr@n.example,Tom Okafor\n"
DEALS = b"""opportunity id,owner,account,stage,created date,close date,amount
1,Mira Lund,Brandt,Won,2026-08-01,2026-10-20,1000
2,Piotr Z,Halden,Open,2026-09-01,,50
"""
CALENDAR = b"""BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//x//EN
BEGIN:VEVENT
UID:1
DTSTART:20261118T090000Z
DTEND:20261118T094500Z
SUMMARY:Secret plans
ORGANIZER:mailto:elena.hartmann@n.example
ATTENDEE;CN=Mira Lund:mailto:mira@n.example
ATTENDEE:mailto:elena.hartmann@n.example
END:VEVENT
END:VCALENDAR
"""
ANSWERS = {
    "name": "Elena Hartmann",
    "email": "Elena.Hartmann@n.example",
    "password": "quiet-drum-beats",
    "time_zone": "Europe/Berlin",
    "country": "DE",
    "one_to_one_days": "14",
    "huddle_weekday": "0",
}


@pytest.fixture
def client():
    """Somebody at this very machine, as at the first run."""
    return Client(HTTP_HOST="localhost")


@pytest.fixture
def dropped(client, on_monday):
    files = [("people.csv", PEOPLE), ("deals.csv", DEALS), ("me.ics", CALENDAR)]
    client.post(
        reverse("desk:look_back"),
        {
            "files": [SimpleUploadedFile(name, text) for name, text in files],
            "day": "2026-11-23",
            "weeks": "13",
        },
    )
    assert open_folder(client.session[SESSION_KEY]).files
    return client


def keep(client, **changes):
    return client.post(reverse("exchange:keep"), ANSWERS | changes)


def test_it_works(dropped):
    folder = open_folder(dropped.session[SESSION_KEY])
    assert keep(dropped).status_code == 302
    elena = User.objects.get().person
    assert (elena.name, elena.time_zone, elena.country) == ("Elena Hartmann", "Europe/Berlin", "DE")
    assert RoleGrant.objects.get().person == elena
    managers = ReportingLine.objects.filter(leader=elena).values_list("member__name", flat=True)
    assert sorted(managers) == ["Ana Ribeiro", "Tom Okafor"]
    assert Opportunity.objects.count() == 2
    assert [each.source for each in Import.objects.all()] == ["look back"] * 2
    assert SavedMapping.objects.count() == 2
    assert Beat.objects.get().one_to_one_days == 14
    assert not folder.path.exists(), "nothing is kept twice"
    assert dropped.get(reverse("desk:week")).status_code == 200, "signed in"


def test_titles_are_kept_only_after_a_yes(dropped):
    keep(dropped)
    assert not Calendar.objects.get().keep_titles
    assert Event.objects.get().title == ""


def test_titles_are_kept_after_a_yes(dropped):
    keep(dropped, titles="on")
    assert Event.objects.get().title == "Secret plans"


def test_sorted_domains_come_along(dropped):
    folder = open_folder(dropped.session[SESSION_KEY])
    asked = folder.asked(date(2026, 11, 23))
    asked.domains = {"brandt.example": "customer", "lieferant.example": "supplier"}
    folder.ask(asked)
    keep(dropped)
    assert dict(MailDomain.objects.values_list("domain", "kind")) == asked.domains


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"password": "1234567890"}, "password"),
        ({"email": "nobody"}, "address"),
        ({"name": " "}, "required"),
        ({"time_zone": "Mars/Base"}, "time zone"),
        ({"country": "ZZ"}, "country"),
    ],
)
def test_what_is_refused_is_said_beside_its_field_and_makes_no_account(dropped, change, sentence):
    answer = keep(dropped, **change)
    assert answer.status_code == 422
    assert sentence in answer.content.decode().lower()
    assert not User.objects.exists()
    assert keep(dropped).status_code == 302, "the files are still there"
    assert Opportunity.objects.count() == 2


def test_without_files_it_leads_back(client, on_monday):
    assert client.post(reverse("exchange:keep")).url == reverse("desk:look_back")


def test_once_an_account_exists_nobody_keeps_anything(client, cast):
    assert keep(client).status_code == 302
    client.force_login(cast.elena.user)
    assert keep(client).status_code == 403
    assert not Opportunity.objects.exists()


def test_the_first_look_at_the_form_makes_nothing(dropped):
    answer = dropped.post(reverse("exchange:keep"))
    assert "elena.hartmann@n.example" in answer.content.decode()
    assert not Person.objects.exists()


def test_accounts_that_come_later_make_customers_of_their_domains(tmp_path, cast):
    """The calendar came first; the accounts tell afterwards whose domain that was."""
    path = tmp_path / "me.ics"
    path.write_bytes(
        CALENDAR.replace(b"Mira Lund:mailto:mira@n.example", b"Kim:mailto:kim@brandt.example").replace(
            b"elena.hartmann@n.example", b"elena@nordhaus.example"
        )
    )
    bring_calendar_in(actor=cast.elena, today=TODAY, at=timezone.now(), owner=cast.elena, source=path)
    assert Event.objects.get().category == ""
    accounts = tmp_path / "accounts.csv"
    accounts.write_text("name,domain\nBrandt,brandt.example\n")
    bring_in("crm", [accounts], actor=cast.elena, today=TODAY)
    assert Event.objects.get().category == "customers_joint"
