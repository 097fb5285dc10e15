"""person.add, person.change, person.leave_company, person.come_back."""

from dataclasses import replace
from datetime import date

import pytest
from allauth.account.models import EmailAddress

from drumbeat.journal.models import Entry
from drumbeat.people.actions.persons import (
    AccountNeedsAddress,
    AddressTaken,
    IdTaken,
    LeftBeforeStart,
    add_person,
    change_person,
    mark_back,
    mark_left,
)
from drumbeat.people.administrators import LastAdministrator
from drumbeat.people.facts import Facts, NoName, NotAnAddress, TooLong, UnknownPlace, UnknownTimeZone, checked
from drumbeat.people.models import Person, RoleGrant
from drumbeat.people.tests.cast import TODAY
from drumbeat.people.tests.make import TOMORROW, YESTERDAY, last_entry
from drumbeat.people.viewer import viewer_of


def add(cast, **facts):
    return add_person(actor=cast.adam, today=TODAY, facts=Facts(**facts))


def change(cast, person, **facts):
    return change_person(
        actor=cast.adam, today=TODAY, person=person, facts=replace(Facts.of(person), **facts)
    )


class TestAdd:
    def test_it_works(self, cast):
        made = add(
            cast,
            name="  Nia   Obi ",
            email="Nia@Nordhaus.Example",
            title="Sales manager",
            time_zone="Europe/Berlin",
            country="de",
            region="by",
            started_on=date(2026, 3, 2),
        )
        kept = Person.objects.get(pk=made.pk)
        assert (kept.name, kept.email, kept.country, kept.region) == (
            "Nia Obi",
            "nia@nordhaus.example",
            "DE",
            "BY",
        )
        entry = last_entry()
        assert (entry.verb, entry.actor_name, entry.object_name) == ("person.add", "Adam Roth", "Nia Obi")

    def test_a_name_is_enough(self, cast):
        assert add(cast, name="Nia").email is None

    @pytest.mark.parametrize(
        ("refusal", "facts"),
        [
            (NoName, {"name": " \t\0 "}),
            (TooLong, {"name": "x" * 201}),
            (TooLong, {"name": "ﷺ" * 50}),  # its comparable form is 18 times as long
            (NotAnAddress, {"name": "Nia", "email": "nia"}),
            (NotAnAddress, {"name": "Nia", "email": "a@b.example, c@d.example"}),
            (AddressTaken, {"name": "Nia", "email": "ELENA@nordhaus.example"}),
            (UnknownTimeZone, {"name": "Nia", "time_zone": "Mars/Phobos"}),
            (UnknownTimeZone, {"name": "Nia", "time_zone": "../etc/passwd"}),
            (UnknownPlace, {"name": "Nia", "country": "XX"}),
            (UnknownPlace, {"name": "Nia", "country": "DE", "region": "XX"}),
            (UnknownPlace, {"name": "Nia", "region": "BY"}),
        ],
    )
    def test_refusals(self, cast, refusal, facts):
        before = Entry.objects.count(), Person.objects.count()
        with pytest.raises(refusal):
            add(cast, **facts)
        assert (Entry.objects.count(), Person.objects.count()) == before

    def test_an_id_belongs_to_one(self, cast):
        add(cast, name="Nia", external_id="17")
        with pytest.raises(IdTaken, match="already belongs to Nia"):
            add(cast, name="Bo", external_id="17")

    def test_a_nul_in_a_name_is_no_fault_of_the_database(self, cast):
        assert add(cast, name="Ni\0a").name == "Ni a"


def test_checked_facts_stay_as_they_are():
    facts = checked(Facts(name="Nia", email="N@b.example", country="us", region="ca"))
    assert checked(facts) == facts


class TestChange:
    def test_it_works(self, cast):
        change(cast, cast.mira, title="Key account rep", region="BY")
        cast.mira.refresh_from_db()
        assert (cast.mira.title, cast.mira.region, cast.mira.name) == ("Key account rep", "BY", "Mira Lund")
        assert last_entry().details == {"fields": {"title": ["", "Key account rep"], "region": ["", "BY"]}}

    def test_a_new_name_is_found_under_it(self, cast):
        change(cast, cast.mira, name="Mira Berg")
        assert Person.objects.get(name_key="mira berg") == cast.mira

    def test_nothing_changed_writes_nothing(self, cast):
        before = Entry.objects.count()
        change(cast, cast.mira)
        assert Entry.objects.count() == before

    def test_the_old_address_opens_no_door(self, cast):
        EmailAddress.objects.create(user=cast.mira.user, email="mira@nordhaus.example", verified=True)
        change(cast, cast.mira, email="mira.lund@nordhaus.example")
        cast.mira.user.refresh_from_db()
        assert cast.mira.user.email == "mira.lund@nordhaus.example"
        assert not EmailAddress.objects.filter(email="mira@nordhaus.example").exists()

    def test_who_signs_in_keeps_an_address(self, cast):
        with pytest.raises(AccountNeedsAddress):
            change(cast, cast.mira, email="")
        cast.mira.refresh_from_db()
        assert cast.mira.email

    def test_a_taken_address_is_refused(self, cast):
        with pytest.raises(AddressTaken, match="Ana Ribeiro"):
            change(cast, cast.joao, email="ana@nordhaus.example")


class TestLeaving:
    def leave(self, cast, person, day):
        mark_left(actor=cast.adam, today=TODAY, person=person, left_on=day)

    def test_it_works(self, cast):
        self.leave(cast, cast.mira, YESTERDAY)
        cast.mira.refresh_from_db()
        assert cast.mira.left_on == YESTERDAY
        assert not viewer_of(cast.mira, TODAY).signed_in
        assert last_entry().verb == "person.leave_company"

    def test_the_last_day_is_still_a_working_day(self, cast):
        self.leave(cast, cast.mira, TODAY)
        assert viewer_of(cast.mira, TODAY).signed_in
        assert not viewer_of(cast.mira, TOMORROW).signed_in

    def test_the_record_and_the_lines_stay(self, cast):
        self.leave(cast, cast.ana, YESTERDAY)
        assert cast.mira in Person.objects.below(cast.elena.pk, TODAY)
        assert cast.ana in Person.objects.below(cast.elena.pk, TODAY)

    def test_roles_end_with_the_last_day(self, cast):
        self.leave(cast, cast.hanna, TODAY)
        assert viewer_of(cast.hanna, TODAY).serves(RoleGrant.HR)
        assert RoleGrant.objects.get(person=cast.hanna).ends_on == TOMORROW

    def test_an_open_session_ends(self, cast, sign_in):
        client = sign_in(cast.mira)
        assert client.get("/my-record/").status_code == 200
        self.leave(cast, cast.mira, YESTERDAY)
        assert client.get("/my-record/").status_code == 302
        assert "_auth_user_id" not in client.session

    def test_before_the_start_is_refused(self, cast):
        cast.mira.started_on = TODAY
        cast.mira.save()
        with pytest.raises(LeftBeforeStart):
            self.leave(cast, cast.mira, YESTERDAY)

    def test_the_only_administrator_stays(self, cast):
        with pytest.raises(LastAdministrator):
            self.leave(cast, cast.adam, TOMORROW)

    def test_said_twice_writes_once(self, cast):
        self.leave(cast, cast.mira, TODAY)
        before = Entry.objects.count()
        self.leave(cast, cast.mira, TODAY)
        assert Entry.objects.count() == before


class TestComingBack:
    def test_it_works(self, cast):
        mark_back(actor=cast.adam, today=TODAY, person=cast.lou)
        assert viewer_of(Person.objects.get(pk=cast.lou.pk), TODAY).signed_in
        assert last_entry().details == {"fields": {"left_on": ["2026-06-30", None]}}

    def test_who_never_left_is_left_alone(self, cast):
        before = Entry.objects.count()
        mark_back(actor=cast.adam, today=TODAY, person=cast.mira)
        assert Entry.objects.count() == before
