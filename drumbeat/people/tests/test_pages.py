"""The pages of keeping people: what they show to whom, what they do, and how many queries they cost."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from drumbeat.journal.models import Entry
from drumbeat.people.actions.leaves import add_leave
from drumbeat.people.actions.lines import move
from drumbeat.people.actions.roles import grant_role
from drumbeat.people.models import Leave, Person, ReportingLine, RoleGrant, User
from drumbeat.people.reach import refresh
from drumbeat.people.tests.cast import TODAY
from drumbeat.people.tests.make import TOMORROW, leaders

DECEMBER = date(2026, 12, 1)


def queries(client, url) -> int:
    with CaptureQueriesContext(
        connection,
    ) as found:
        assert client.get(url).status_code == 200
    return len(found)


@pytest.fixture
def admin(cast, sign_in):
    return sign_in(cast.adam)


class TestList:
    def names(self, client, query=""):
        return [row.name for row in client.get(f"/people/{query}").context["list"].rows]

    def test_it_works(self, cast, admin):
        names = self.names(admin)
        assert names == sorted(names)
        assert "Mira Lund" in names
        assert "Lou Berger" not in names
        page = admin.get("/people/").text
        assert f"/people/{cast.mira.pk}/change/" in page
        assert "cannot sign in" in page  # João

    def test_everybody_sees_names_and_their_own_reach_more(self, cast, sign_in):
        rows = {row.name: row for row in sign_in(cast.tom).get("/people/").context["list"].rows}
        assert rows["Piotr Zieliński"].team == "West"
        assert rows["Piotr Zieliński"].leader == "Tom Okafor"
        assert rows["Mira Lund"].team is rows["Mira Lund"].leader is rows["Mira Lund"].title is None
        assert "/change/" not in sign_in(cast.tom).get("/people/").text

    def test_who_has_left_is_shown_on_request_within_reach(self, cast, sign_in):
        assert "Lou Berger" in self.names(sign_in(cast.ana), "?left=1")
        assert "Lou Berger" in self.names(sign_in(cast.adam), "?left=1")
        assert "Lou Berger" not in self.names(sign_in(cast.tom), "?left=1")

    def test_search_by_name(self, cast, admin):
        assert self.names(admin, "?q=LUND mira") == ["Mira Lund"]
        assert self.names(admin, "?q=joão") == ["João Ávila"]
        assert "Nobody is found" in admin.get("/people/?q=xyz").text

    def test_search_finds_nothing_by_what_the_page_does_not_show(self, cast, sign_in):
        """Tom may name Mira, but not read her team, her address, or who leads her."""
        tom = sign_in(cast.tom)
        for query in ("?q=north", "?team=North", "?q=mira@", f"?leader={cast.ana.pk}"):
            assert "Mira Lund" not in self.names(tom, query), query
        ana = sign_in(cast.ana)
        for query in ("?q=north", "?team=North", "?q=mira@", f"?leader={cast.ana.pk}"):
            assert "Mira Lund" in self.names(ana, query), query

    def test_choices_are_those_within_reach(self, cast, sign_in):
        found = sign_in(cast.tom).get("/people/").context["list"]
        assert found.teams == ["West"]
        assert found.leaders == [cast.tom]

    def test_by_team_and_leader(self, cast, admin):
        assert self.names(admin, "?team=North") == ["Ana Ribeiro", "João Ávila", "Mira Lund"]
        assert self.names(admin, f"?leader={cast.elena.pk}") == ["Ana Ribeiro", "Tom Okafor"]

    def test_nonsense_in_the_address_is_survived(self, cast, admin):
        for query in (
            "?page=x",
            "?page=99999",
            "?leader=x",
            "?q=%00",
            "?leader=999999999999999999999",
            "?q=%25_",
        ):
            assert admin.get(f"/people/{query}").status_code == 200

    def test_a_fragment_for_htmx(self, cast, admin):
        headers = {"HX-Request": "true", "HX-Target": "people"}
        assert "<html" not in admin.get("/people/", headers=headers).text

    def test_the_same_few_queries_at_ten_and_at_ten_thousand(self, cast, admin):
        few = queries(admin, "/people/")
        Person.objects.bulk_create(
            [
                Person(name=f"Person {n:05}", name_key=f"person {n:05}", team=f"Team {n % 40}")
                for n in range(10_000)
            ],
            batch_size=2000,
        )
        made = list(Person.objects.filter(name__startswith="Person ").order_by("name"))
        ReportingLine.objects.bulk_create(
            [
                ReportingLine(member=one, leader=made[n // 9] if n > 8 else cast.elena)
                for n, one in enumerate(made)
            ],
            batch_size=2000,
        )
        refresh([one.pk for one in made])
        # session, user, person, two for the viewer; count, people, which may be read, teams, leaders
        assert few == queries(admin, "/people/") == queries(admin, "/people/?q=person&page=40") <= 10
        assert len(admin.get("/people/?q=person&page=3").context["list"].rows) == 50


class TestAdd:
    def test_it_works(self, cast, admin):
        answer = admin.post(
            "/people/add/", {"name": "Nia Obi", "time_zone": "Europe/Berlin", "country": "de"}
        )
        nia = Person.objects.get(name="Nia Obi")
        assert answer.url == f"/people/{nia.pk}/line/"
        assert nia.country == "DE"

    @pytest.mark.parametrize(
        ("field", "values"),
        [
            ("email", {"email": "nia"}),
            ("email", {"email": "ana@nordhaus.example"}),
            ("time_zone", {"time_zone": "Berlin"}),
            ("country", {"country": "XX"}),
            ("region", {"country": "DE", "region": "XX"}),
            ("started_on", {"started_on": "yesterday"}),
            ("name", {"name": ""}),
        ],
    )
    def test_refusals_stand_beside_their_field_and_keep_what_was_typed(self, admin, field, values):
        before = Person.objects.count()
        answer = admin.post(
            "/people/add/", {"name": "Nia Obi", "time_zone": "UTC", "title": "kept", **values}
        )
        assert answer.status_code == 200
        assert field in answer.context["form"].errors
        assert 'value="kept"' in answer.text
        assert Person.objects.count() == before


def facts_of(person, **changed):
    values = {
        name: getattr(person, name) or ""
        for name in ("name", "email", "title", "team", "time_zone", "country", "region", "external_id")
    }
    return {**values, **changed}


class TestChange:
    def test_it_works(self, cast, admin):
        url = f"/people/{cast.mira.pk}/change/"
        assert "Mira Lund" in admin.get(url).text
        assert admin.post(url, facts_of(cast.mira, title="Key account rep")).url == url
        cast.mira.refresh_from_db()
        assert cast.mira.title == "Key account rep"

    def test_a_refusal_keeps_the_record(self, cast, admin):
        url = f"/people/{cast.mira.pk}/change/"
        answer = admin.post(url, facts_of(cast.mira, email=""))
        assert "signs in with this address" in answer.text
        cast.mira.refresh_from_db()
        assert cast.mira.email


@pytest.mark.parametrize("what", ["change", "departure", "leave", "roles"])
def test_the_same_queries_at_one_row_and_at_thirty(cast, admin, what):
    url = f"/people/{cast.mira.pk}/{what}/"
    before = queries(admin, url)
    for n in range(30):
        day = TODAY + timedelta(days=3 * n)
        add_leave(actor=cast.adam, today=TODAY, person=cast.mira, starts_on=day, ends_on=day)
        leader = (cast.tom, cast.ana)[n % 2]
        move(actor=cast.adam, today=TODAY, person=cast.mira, leader=leader, day=day)
    for one in (cast.elena, cast.tom, cast.ana):
        grant_role(actor=cast.adam, today=TODAY, person=cast.mira, role="delegate", for_person=one)
    # session, user with person, viewer x2; the person, lines, leaves, roles, account, reports (or leaders)
    assert before == queries(admin, url) <= 11


class TestMove:
    def post(self, admin, person, **values):
        return admin.post(f"/people/{person.pk}/line/", values)

    def test_first_what_would_change_then_the_change(self, cast, admin):
        values = {"leader": "Tom Okafor", "day": "2026-12-01"}
        before = Entry.objects.count()
        seen = self.post(admin, cast.mira, **values)
        assert "From 1 December 2026 Mira Lund reports to Tom Okafor." in seen.text
        assert "Until 30 November 2026 Mira Lund reports to Ana Ribeiro." in seen.text
        assert leaders(cast.mira, DECEMBER) == {cast.ana.pk, cast.elena.pk}
        assert Entry.objects.count() == before
        done = self.post(admin, cast.mira, **values, confirmed="1")
        assert done.status_code == 302
        assert leaders(cast.mira, DECEMBER) == {cast.tom.pk, cast.elena.pk}

    def test_a_team_moves_along(self, cast, admin):
        seen = self.post(admin, cast.ana, leader="Tom Okafor", day="2026-12-01")
        assert "3 people below Ana Ribeiro move along." in seen.text

    def test_what_is_planned_is_said(self, cast, admin):
        move(actor=cast.adam, today=TODAY, person=cast.mira, leader=cast.tom, day=DECEMBER)
        seen = self.post(admin, cast.mira, leader="Elena Hartmann", day="2026-11-25")
        assert "From 1 December 2026 it is Tom Okafor, as planned." in seen.text

    def test_nobody(self, cast, admin):
        seen = self.post(admin, cast.mira, leader="", day="2026-12-01")
        assert "From 1 December 2026 Mira Lund reports to nobody." in seen.text
        self.post(admin, cast.mira, leader="", day="2026-12-01", confirmed="1")
        assert leaders(cast.mira, DECEMBER) == set()

    def test_nothing_to_change_is_said(self, cast, admin):
        seen = self.post(admin, cast.mira, leader="Ana Ribeiro", day="2026-12-01")
        assert "reports to Ana Ribeiro already" in seen.text
        assert "Do it" not in seen.text

    @pytest.mark.parametrize(
        ("leader", "sentence"),
        [
            ("Mira Lund", "cannot report to Mira Lund"),
            ("Lou Berger", "Lou Berger left on 30 June 2026"),
            ("Nobody Here", "Nobody here is “Nobody Here”"),
        ],
    )
    def test_refusals_stand_beside_the_leader(self, cast, admin, leader, sentence):
        for more in ({}, {"confirmed": "1"}):
            answer = self.post(admin, cast.ana, leader=leader, day="2026-12-01", **more)
            assert answer.status_code == 200
            assert sentence in str(answer.context["form"].errors["leader"]).replace("&#x27;", "'")
        assert leaders(cast.ana, DECEMBER) == {cast.elena.pk}

    def test_the_same_queries_with_one_leader_and_with_thirty(self, cast, admin):
        url = f"/people/{cast.mira.pk}/line/"
        before = queries(admin, url)
        above = cast.stella
        for n in range(30):
            one = Person.objects.create(name=f"Rep {n}")
            move(actor=cast.adam, today=TODAY, person=one, leader=above, day=TODAY)
            above = one
        assert before == queries(admin, url) <= 12


class TestLeave:
    def test_add_and_remove_with_a_question(self, cast, admin):
        url = f"/people/{cast.mira.pk}/leave/"
        assert admin.post(url, {"starts_on": "2026-12-01", "ends_on": "2026-12-05"}).status_code == 302
        leave = Leave.objects.get(person=cast.mira)
        removal = f"{url}{leave.pk}/removal/"
        assert removal in admin.get(url).text
        assert "counts as here from 1 December 2026 to 5 December 2026" in admin.get(removal).text
        assert Leave.objects.exists()
        assert admin.post(removal).status_code == 302
        assert not Leave.objects.exists()

    def test_refusals_stand_in_the_form(self, cast, admin):
        answer = admin.post(
            f"/people/{cast.mira.pk}/leave/", {"starts_on": "2026-12-05", "ends_on": "2026-12-01"}
        )
        assert "lies before the first" in answer.text

    def test_somebody_elses_leave_is_not_found(self, cast, admin):
        leave = Leave.objects.create(person=cast.tom, starts_on=TODAY, ends_on=TODAY)
        assert admin.post(f"/people/{cast.mira.pk}/leave/{leave.pk}/removal/").status_code == 404


class TestRoles:
    def test_grant_and_take_back_with_a_question(self, cast, admin):
        url = f"/people/{cast.stella.pk}/roles/"
        values = {"role": "delegate", "for_person": "ana@nordhaus.example"}
        assert admin.post(url, values).status_code == 302
        grant = RoleGrant.objects.get(person=cast.stella)
        removal = f"{url}{grant.pk}/removal/"
        assert "Is Stella Maris no longer delegate for Ana Ribeiro?" in admin.get(removal).text
        assert admin.post(removal).status_code == 302
        assert not RoleGrant.objects.filter(person=cast.stella).exists()

    def test_refusals_are_sentences(self, cast, admin):
        url = f"/people/{cast.stella.pk}/roles/"
        assert "Say whom Stella Maris serves" in admin.post(url, {"role": "hr"}).text
        adam = RoleGrant.objects.get(person=cast.adam)
        answer = admin.post(f"/people/{cast.adam.pk}/roles/{adam.pk}/removal/")
        assert "only administrator" in answer.text


class TestLeaving:
    def test_it_works_and_is_taken_back(self, cast, admin):
        url = f"/people/{cast.ana.pk}/departure/"
        assert "3 people still report here" in admin.get(url).text  # Mira, João, and Lou’s line
        assert admin.post(url, {"left_on": "2026-12-31"}).status_code == 302
        cast.ana.refresh_from_db()
        assert cast.ana.left_on == date(2026, 12, 31)
        admin.post(f"/people/{cast.ana.pk}/comeback/")
        cast.ana.refresh_from_db()
        assert cast.ana.left_on is None

    def test_a_refusal_is_a_sentence(self, cast, admin):
        answer = admin.post(f"/people/{cast.adam.pk}/departure/", {"left_on": TOMORROW.isoformat()})
        assert "only administrator" in answer.text


class TestWayIn:
    def test_a_link_to_copy_is_shown_once(self, cast, admin):
        cast.joao.email = "joao@nordhaus.example"
        cast.joao.save()
        url = f"/people/{cast.joao.pk}/way-in/"
        assert "/invitation/" not in admin.get(url).text
        assert "http://testserver/invitation/" in admin.post(url).text
        assert "/invitation/" not in admin.get(url).text

    def test_somebody_with_an_account_gets_a_reset_link(self, cast, admin):
        assert "/reset/" in admin.post(f"/people/{cast.mira.pk}/way-in/").text

    def test_refusals_are_sentences(self, cast, admin):
        assert "has no e-mail address" in admin.post(f"/people/{cast.joao.pk}/way-in/").text
        assert "has left" in admin.post(f"/people/{cast.lou.pk}/way-in/").text

    def test_by_mail_where_mail_is_set(self, cast, admin, settings):
        cast.joao.email = "joao@nordhaus.example"
        cast.joao.save()
        url = f"/people/{cast.joao.pk}/way-in/"
        admin.post(url, {"mail": "1"})
        assert not mail.outbox
        settings.MAIL_IS_SET = True
        assert "Send it by mail" in admin.get(url).text
        assert admin.post(url, {"mail": "1"}).status_code == 302
        (message,) = mail.outbox
        assert (message.to, "/invitation/" in message.body) == (["joao@nordhaus.example"], True)


class TestFirstPage:
    @pytest.mark.parametrize(
        ("name", "sees", "sees_not"),
        [
            ("mira", "your deals, bookings and targets", "figures and the pages of your colleagues"),
            ("hanna", "Ana Ribeiro and everyone below: reporting lines", "Figures, deals and targets"),
            ("dora", "For Elena Hartmann: the plan, the figures", "Elena Hartmann’s hours and calendar"),
            ("adam", "who can sign in. You keep them", "Deals, figures, targets and plans"),
            ("stella", "The names of your colleagues", "you report to nobody yet"),
        ],
    )
    def test_it_says_what_one_sees_and_what_not(self, cast, sign_in, name, sees, sees_not):
        answer = sign_in(getattr(cast, name)).get("/")
        assert answer.status_code == 200
        assert sees in " ".join(answer.context["sees"])
        assert sees_not in " ".join(answer.context["sees_not"])
        assert sees.split(":")[0] in answer.text

    def test_leaders_land_on_this_week(self, cast, sign_in):
        for leader in (cast.elena, cast.ana):
            assert sign_in(leader).get("/").url == "/week/"


def test_no_page_shows_a_sign_in_to_who_has_none(cast, admin):
    assert "Has no e-mail address and cannot sign in" in admin.get(f"/people/{cast.joao.pk}/change/").text
    assert not User.objects.filter(person=cast.joao).exists()
