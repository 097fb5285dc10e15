import pytest

from drumbeat.people.models import User


@pytest.fixture
def demo(cast, settings):
    settings.DEMO = True
    settings.DEMO_CAST = {"executive": cast.elena.email, "rep": cast.mira.email, "gone": "nobody@x.example"}
    return cast


def signed_in(client):
    return User.objects.get(pk=client.session["_auth_user_id"]).person.name


def test_it_works(demo, client, on_monday):
    assert client.post("/look-as/rep/").status_code == 302
    assert signed_in(client) == "Mira Lund"
    client.post("/look-as/executive/")
    assert signed_in(client) == "Elena Hartmann"


def test_the_first_page_is_the_executives_and_keeps_whom_one_looks_as(demo, client, on_monday):
    client.get("/demo/")
    assert signed_in(client) == "Elena Hartmann"
    client.post("/look-as/rep/")
    client.get("/demo/")
    assert signed_in(client) == "Mira Lund"


def test_only_the_cast_and_only_by_post(demo, client, on_monday):
    assert client.post("/look-as/hanna/").status_code == 404
    assert client.post("/look-as/gone/").status_code == 404
    assert client.get("/look-as/rep/").status_code == 405
    assert "_auth_user_id" not in client.session


def test_not_there_in_any_other_instance(cast, client, settings, on_monday):
    settings.DEMO_CAST = {"executive": cast.elena.email}
    assert client.post("/look-as/executive/").status_code == 404
    client.get("/demo/")
    assert "_auth_user_id" not in client.session
