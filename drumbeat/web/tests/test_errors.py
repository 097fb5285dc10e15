"""The error pages: they help, they ask the database nothing of their own, they leave a number to look for."""

import json
import logging

import pytest
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import HttpResponse
from django.test import Client
from django.urls import include, path

from drumbeat.core.logs import Structured
from drumbeat.people.access import allows
from drumbeat.web import errors


@allows("home.read")
def breaks(request):
    raise RuntimeError("a secret that must not be shown")


@allows("home.read")
def refuses(request):
    raise PermissionDenied("Ask Adam Roth: he gives roles.")


@allows("home.read")
def makes_no_sense(request):
    raise SuspiciousOperation("an address that nobody writes")


@allows("home.read")
def works(request):
    return HttpResponse("fine")


urlpatterns = [
    path("breaks/", breaks, name="breaks"),
    path("refuses/", refuses, name="refuses"),
    path("no-sense/", makes_no_sense, name="makes_no_sense"),
    path("works/", works, name="works"),
    path("", include("drumbeat.web.urls")),
]
handler400, handler403 = errors.not_understood, errors.not_allowed
handler404, handler500 = errors.not_there, errors.went_wrong


@pytest.fixture
def client(cast, on_monday, settings):
    settings.ROOT_URLCONF = "drumbeat.web.tests.test_errors"
    settings.DEBUG = False
    client = Client(raise_request_exception=False)
    client.force_login(cast.tom.user)
    return client


def main(answer):
    return answer.content.decode().partition("<main")[2]


def test_what_breaks_says_so_with_a_number_that_is_in_the_log(client, caplog):
    with caplog.at_level(logging.INFO, logger="drumbeat.request"):
        answer = client.get("/breaks/")
    assert answer.status_code == 500
    reference = main(answer).partition("<code>")[2].partition("</code>")[0]
    lines = [
        json.loads(Structured().format(record))
        for record in caplog.records
        if record.name == "drumbeat.request"
    ]
    assert len(reference) == 10
    assert {line["reference"] for line in lines} == {reference}
    assert any("builtins.RuntimeError" in line.get("exception", []) for line in lines)
    for text in (answer.content.decode(), json.dumps(lines)):
        assert "secret" not in text
        assert "Traceback" not in text


def test_the_page_for_failures_stands_even_when_templates_fail(client, settings):
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "APP_DIRS": False, "DIRS": []}]
    answer = client.get("/breaks/")
    assert answer.status_code == 500
    assert "That went wrong here" in answer.content.decode()


def test_a_refusal_says_its_sentence_and_who_gives_access(client):
    answer = client.get("/refuses/")
    assert answer.status_code == 403
    assert "Ask Adam Roth: he gives roles." in main(answer)
    assert "administrator gives roles" in main(answer)


def test_a_refusal_without_a_sentence_has_one_of_the_page(client):
    answer = client.get("/settings/")
    assert answer.status_code == 403
    assert "a role that you do not have" in main(answer)


def test_what_is_not_there_shows_where_to_go(client):
    answer = client.get("/nothing/of/that/name/")
    assert answer.status_code == 404
    assert 'href="/"' in main(answer)
    assert "/find/" in main(answer)


def test_what_makes_no_sense_is_said_to(client):
    answer = client.get("/no-sense/")
    assert answer.status_code == 400
    assert "could not be read" in main(answer)


def test_a_visitor_sees_them_too(client):
    for address, status in (("/nothing/", 404), ("/refuses/", 403), ("/breaks/", 500), ("/no-sense/", 400)):
        assert Client(raise_request_exception=False).get(address).status_code == status


@pytest.mark.parametrize("address", ["/nothing/", "/refuses/", "/no-sense/", "/breaks/"])
def test_no_page_asks_the_database_more_than_any_page_does(client, django_assert_max_num_queries, address):
    with django_assert_max_num_queries(10) as any_page:
        client.get("/works/")
    with django_assert_max_num_queries(len(any_page)):
        client.get(address)
