"""Until an account exists, only this machine is let in, or whoever opens the one-time address first."""

import pytest
from django.test import Client, RequestFactory

from drumbeat.web import first_run
from drumbeat.web.first_run import is_local, is_loopback, make_address


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path):
    settings.DATA_DIR = tmp_path


def away(**values):
    return Client(REMOTE_ADDR="192.0.2.7", HTTP_HOST="drumbeat.example", **values)


def test_it_works(db):
    address = make_address()
    browser = away()
    assert browser.get("/sign-in/").status_code == 403
    assert browser.get(address).status_code == 302
    assert browser.get("/sign-in/").status_code == 200


def test_the_address_opens_once(db):
    address = make_address()
    assert away().get(address).status_code == 302
    second = away()
    assert second.get(address).status_code == 403
    assert second.get("/sign-in/").status_code == 403


def test_a_new_address_ends_the_one_before(db):
    address = make_address()
    browser = away()
    browser.get(address)
    make_address()
    assert browser.get("/sign-in/").status_code == 403
    assert away().get(address).status_code == 403


def test_a_guess_opens_nothing(db):
    make_address()
    for guess in ("/first/x/", "/first/", "/first//"):
        assert away().get(guess).status_code == 403


def test_this_machine_needs_no_address(db):
    assert Client(HTTP_HOST="127.0.0.1:8000").get("/sign-in/").status_code == 200


def test_health_is_answered_to_everybody(db):
    assert away().get("/healthz").status_code == 200


def test_with_an_account_everybody_is_answered(cast, on_monday):
    assert away().get("/sign-in/").status_code == 200
    assert away().get("/first/x/").status_code == 404


@pytest.mark.parametrize(
    "values",
    [
        {"REMOTE_ADDR": "192.0.2.7"},
        {"HTTP_HOST": "evil.example"},  # a name that was made to point here
        {"HTTP_HOST": "127.0.0.1.evil.example"},
        {"HTTP_X_FORWARDED_FOR": "192.0.2.7"},
        {"HTTP_FORWARDED": "for=192.0.2.7"},
        {"HTTP_VIA": "1.1 proxy"},
        {"HTTP_X_REAL_IP": "192.0.2.7"},
        {"SERVER_PROTOCOL": "HTTP/1.0"},
        {"HTTP_ORIGIN": "https://evil.example"},
        {"HTTP_REFERER": "https://drumbeat.example/"},
        {"REMOTE_ADDR": ""},
    ],
    ids=str,
)
def test_not_this_machine(values):
    here = {"REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "localhost:8000"}
    assert is_local(RequestFactory().get("/", **here))
    assert not is_local(RequestFactory().get("/", **{**here, **values}))


@pytest.mark.parametrize(
    ("host", "local"),
    [
        *[(host, True) for host in ("localhost", "LOCALHOST.", "127.0.0.1", "127.9.9.9", "::1")],
        ("::ffff:127.0.0.1", True),
        *[(host, False) for host in ("", "0.0.0.0", "10.0.0.1", "localhost.evil", "::ffff:10.0.0.1", "a")],
    ],
)
def test_loopback(host, local):
    assert is_loopback(host) is local


def test_only_digests_are_kept(tmp_path):
    token = make_address().strip("/").rpartition("/")[2]
    assert token not in first_run._asked().read_text()
    assert first_run._asked().stat().st_mode & 0o077 == 0
