"""``doctor`` names each fault and its mend; a healthy instance has none."""

import pytest

from tests.conftest import on_postgres


def findings(instance, code):
    return {each["name"]: each for each in instance.json("doctor", code=code)["checks"]}


@pytest.fixture
def instance(make_instance, prepared):
    return make_instance(like=prepared)


def test_a_healthy_instance(instance):
    found = findings(instance, 0)
    assert set(found) == {
        *("settings", "data directory", "disk", "database", "tables", "keys", "worker", "inbox", "mail"),
    }
    assert all(each["fine"] and not each["mend"] for each in found.values())


def test_faults_have_a_mend(instance):
    instance.folder.chmod(0o755)
    (instance.folder / "inbox").rmdir()
    instance.django(
        "from drumbeat.run.tests.task_for_tests import leave_a_mark; leave_a_mark.enqueue()\n"
        "from drumbeat.people.models import Person\nfrom drumbeat.calendars.models import Calendar\n"
        "Calendar.objects.create(owner=Person.objects.create(name='Nora'), address='https://x.example')"
    )
    for key in (instance.folder / "keys").iterdir():
        key.unlink()
    instance.environment["DRUMBEAT_DEBUG"] = "1"
    instance.environment["EMAIL_URL"] = "smtp://127.0.0.1:9"
    found = findings(instance, 1)
    wrong = {name for name, each in found.items() if each["mend"]}
    assert wrong == {"settings", "data directory", "keys", "worker", "inbox", "mail"}
    assert "chmod 700" in found["data directory"]["mend"]
    assert ".key" in found["keys"]["says"]


def test_no_instance_yet(make_instance):
    found = findings(make_instance(), 1)
    assert found["data directory"]["mend"] == "drumbeat init"


def test_a_damaged_database(instance):
    if on_postgres():
        instance.environment["DATABASE_URL"] = "postgres://nobody@127.0.0.1:1/none"
    else:
        (instance.folder / "drumbeat.sqlite3").write_bytes(b"not a database" * 1000)
    assert findings(instance, 1)["database"]["mend"]


def test_a_wrong_setting_is_a_finding(instance):
    instance.environment["DRUMBEAT_SECRET_KEY"] = "short"
    found = findings(instance, 1)
    assert "32 characters" in found["settings"]["says"]
