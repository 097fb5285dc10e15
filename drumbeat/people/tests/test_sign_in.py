"""The ways in: address and password, invitation, reset, sign-in link; and staying outside."""

import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from drumbeat.people.actions.links import invite, login_link, reset
from drumbeat.people.actions.persons import change_person, mark_left
from drumbeat.people.addresses import link_path
from drumbeat.people.facts import Facts
from drumbeat.people.models import Person, SignInLink, User
from drumbeat.people.tests.cast import PASSWORD, TODAY
from drumbeat.people.tests.make import GOOD, NOW, YESTERDAY, last_entry

pytestmark = pytest.mark.usefixtures("on_monday")


@pytest.fixture(autouse=True)
def _fresh_counters():
    cache.clear()
    yield
    cache.clear()


def sign_in(client, email, password=PASSWORD):
    return client.post(reverse("account_login"), {"login": email, "password": password})


def signed_in(client) -> bool:
    return client.get(reverse("people:my_record")).status_code == 200


class TestPassword:
    def test_it_works(self, cast, client):
        answer = sign_in(client, "Mira@Nordhaus.example")
        assert answer.status_code == 302
        assert answer.url == "/"
        assert signed_in(client)

    def test_a_wrong_password_is_a_sentence(self, cast, client):
        answer = sign_in(client, "mira@nordhaus.example", "wrong")
        assert "do not belong together" in answer.text
        assert not signed_in(client)

    def test_an_unknown_address_gets_the_same_sentence(self, cast, client):
        assert "do not belong together" in sign_in(client, "nobody@nordhaus.example").text

    def test_the_sixth_failure_for_an_address_is_refused_with_a_sentence(self, cast, client):
        for _ in range(5):
            assert "do not belong together" in sign_in(client, "mira@nordhaus.example", "wrong").text
        answer = sign_in(client, "mira@nordhaus.example", PASSWORD)
        assert answer.status_code == 200
        assert "wait five minutes" in answer.text
        assert not signed_in(client)
        assert sign_in(client, "ana@nordhaus.example").status_code == 302  # another address is free

    def test_too_many_from_one_machine_is_a_page_with_a_sentence(self, cast, client):
        for n in range(30):
            sign_in(client, f"x{n}@nordhaus.example", "wrong")
        answer = sign_in(client, "y@nordhaus.example", "wrong")
        assert answer.status_code in (200, 429)
        assert "wait" in answer.text.lower()

    def test_a_leaver_stays_outside_as_with_a_wrong_password(self, cast, client):
        assert "do not belong together" in sign_in(client, "lou@nordhaus.example").text
        assert not signed_in(client)

    def test_the_old_address_opens_no_door(self, cast, client):
        sign_in(client, "mira@nordhaus.example")
        client.post(reverse("account_logout"))
        change_person(
            actor=cast.adam,
            today=TODAY,
            person=cast.mira,
            facts=Facts(name="Mira Lund", email="lund@nordhaus.example"),
        )
        sign_in(client, "mira@nordhaus.example")
        assert not signed_in(client)
        sign_in(client, "lund@nordhaus.example")
        assert signed_in(client)

    def test_signing_out_works(self, cast, client):
        sign_in(client, "mira@nordhaus.example")
        client.post(reverse("account_logout"))
        assert not signed_in(client)

    def test_nobody_signs_up(self, cast, client):
        values = {"email": "new@nordhaus.example", "password1": GOOD}
        client.post(reverse("account_signup"), values)
        assert not User.objects.filter(email="new@nordhaus.example").exists()

    def test_a_next_address_elsewhere_is_ignored(self, cast, client):
        values = {"login": "mira@nordhaus.example", "password": PASSWORD, "next": "https://evil.example/"}
        assert client.post(reverse("account_login"), values).url == "/"


class TestChangingThePassword:
    def change(self, client, old=PASSWORD, new=GOOD):
        values = {"oldpassword": old, "password1": new, "password2": new}
        return client.post(reverse("account_change_password"), values)

    def test_it_works_and_ends_other_sessions(self, cast, client):
        other = Client()
        for each in (client, other):
            sign_in(each, "mira@nordhaus.example")
        assert self.change(client).status_code == 302
        assert signed_in(client)
        assert not signed_in(other)
        assert last_entry().verb == "password.change"

    def test_refusals_are_sentences(self, cast, client):
        sign_in(client, "mira@nordhaus.example")
        assert "not your present password" in self.change(client, old="wrong").text
        assert "too short" in self.change(client, new="short").text
        assert User.objects.get(person=cast.mira).check_password(PASSWORD)

    def test_who_came_by_a_link_sets_a_first_one(self, cast, client):
        cast.mira.user.set_unusable_password()
        cast.mira.user.save()
        client.force_login(cast.mira.user)
        answer = client.get(reverse("account_change_password"))
        assert answer.url == reverse("account_set_password")
        assert client.get(answer.url).status_code == 200
        client.post(answer.url, {"password1": GOOD, "password2": GOOD})
        assert User.objects.get(person=cast.mira).check_password(GOOD)


def make(verb, cast, person):
    return verb(actor=cast.adam, today=TODAY, now=NOW, person=person)


@pytest.fixture
def joao(cast):
    cast.joao.email = "joao@nordhaus.example"
    cast.joao.save()
    return cast.joao


class TestInvitation:
    @pytest.fixture
    def url(self, cast, joao):
        return link_path(SignInLink.INVITATION, make(invite, cast, joao))

    def test_it_works(self, cast, client, url):
        page = client.get(url)
        assert page.status_code == 200
        assert "João" in page.text
        answer = client.post(url, {"password": GOOD})
        assert answer.status_code == 302
        assert signed_in(client)
        assert sign_in(Client(), "joao@nordhaus.example", GOOD).status_code == 302

    def test_looking_uses_nothing_up(self, client, url):
        for _ in range(5):
            assert client.get(url).status_code == 200
            assert client.head(url).status_code == 200

    def test_a_weak_password_is_said_beside_the_field(self, client, url):
        answer = client.post(url, {"password": "short"})
        assert "too short" in answer.text
        assert client.post(url, {"password": GOOD}).status_code == 302

    def test_the_second_time_is_a_sentence(self, client, url):
        client.post(url, {"password": GOOD})
        for answer in (client.get(url), client.post(url, {"password": GOOD})):
            assert answer.status_code == 410
            assert "has been used or has run out" in answer.text

    def test_nonsense_is_a_sentence(self, cast, client):
        for kind in ("invitation", "reset", "login"):
            assert client.get(link_path(kind, "x" * 400)).status_code == 410

    def test_it_is_never_stored_by_the_browser(self, client, url):
        assert "no-store" in client.get(url)["Cache-Control"]

    def test_whoever_was_signed_in_is_not_any_more(self, cast, client, url):
        client.force_login(cast.adam.user)
        client.post(url, {"password": GOOD})
        assert client.get("/journal/").status_code == 403


class TestReset:
    def test_it_works_and_ends_open_sessions(self, cast, client):
        other = Client()
        sign_in(other, "mira@nordhaus.example")
        url = link_path(SignInLink.RESET, make(reset, cast, cast.mira))
        assert client.get(url).status_code == 200
        assert client.post(url, {"password": GOOD}).status_code == 302
        assert signed_in(client)
        assert not signed_in(other)
        assert sign_in(Client(), "mira@nordhaus.example").status_code != 302

    def test_who_left_meanwhile_gets_nowhere(self, cast, client):
        url = link_path(SignInLink.RESET, make(reset, cast, cast.mira))
        mark_left(actor=cast.adam, today=TODAY, person=cast.mira, left_on=YESTERDAY)
        assert client.post(url, {"password": GOOD}).status_code == 410


class TestSignInLink:
    def test_it_works_once_and_only_pressed(self, cast, client):
        url = link_path(SignInLink.LOGIN, make(login_link, cast, cast.elena))
        assert "Elena Hartmann" in client.get(url).text
        assert not signed_in(client)
        assert client.post(url).status_code == 302
        assert signed_in(client)
        assert Client().post(url).status_code == 410


class TestLost:
    url = "/password/lost/"

    def test_without_mail_it_says_whom_to_ask(self, cast, client):
        assert "Ask your administrator" in client.get(self.url).text
        client.post(self.url, {"email": "mira@nordhaus.example"})
        assert not mail.outbox

    def test_with_mail_it_sends_a_link_that_works(self, cast, client, settings):
        settings.MAIL_IS_SET = True
        settings.CSRF_TRUSTED_ORIGINS = ["https://drumbeat.nordhaus.example"]
        page = client.post(self.url, {"email": "Mira@nordhaus.example"}, headers={"host": "evil.example"})
        assert "on its way" in page.text
        (message,) = mail.outbox
        assert message.to == ["mira@nordhaus.example"]
        (path,) = re.findall(r"https://drumbeat\.nordhaus\.example(/reset/\S+)", message.body)
        assert client.post(path, {"password": GOOD}).status_code == 302

    def test_an_unknown_address_gets_the_same_page(self, cast, client, settings):
        settings.MAIL_IS_SET = True
        settings.CSRF_TRUSTED_ORIGINS = ["https://drumbeat.nordhaus.example"]
        answers = [
            client.post(self.url, {"email": f"{who}@nordhaus.example"}).text.replace(who, "x")
            for who in ("mira", "nobody", "lou")
        ]
        assert len({re.sub(r"value=\"[^\"]+\"|: \"[^\"]+\"", "", answer) for answer in answers}) == 1
        assert [message.to for message in mail.outbox] == [["mira@nordhaus.example"]]

    def test_where_the_own_address_is_not_known_nothing_is_mailed(self, cast, client, settings):
        """Otherwise a visitor's Host header would decide where a reset link leads."""
        settings.MAIL_IS_SET = True
        client.post(self.url, {"email": "mira@nordhaus.example"}, headers={"host": "evil.example"})
        assert not mail.outbox

    def test_too_often_is_a_sentence(self, cast, client, settings):
        settings.MAIL_IS_SET = True
        settings.CSRF_TRUSTED_ORIGINS = ["https://drumbeat.nordhaus.example"]
        for _ in range(5):
            client.post(self.url, {"email": "mira@nordhaus.example"})
        assert "too often" in client.post(self.url, {"email": "mira@nordhaus.example"}).text
        assert len(mail.outbox) == 5


def test_no_password_stands_in_the_journal_or_in_the_clear(cast, client):
    sign_in(client, "mira@nordhaus.example")
    assert PASSWORD not in str(list(User.objects.values()))
    assert Person.objects.get(pk=cast.mira.pk).user.password.split("$")[0]
