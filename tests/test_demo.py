"""``up --demo`` as a new user meets it: a made company, and one's own instance beside it."""

import http.cookiejar
import json
import re
import sqlite3
import urllib.request
from contextlib import closing

from tests.instances import Instance


def browser():
    """Something that keeps cookies."""
    return urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))


def read(opener, address):
    with opener.open(address, timeout=30) as answer:
        return answer.url, answer.read().decode()


def test_the_demonstration_from_nothing_and_again(tmp_path):
    # The company's database is where one's own data goes, never the demonstration.
    company = tmp_path / "company.sqlite3"
    instance = Instance(tmp_path / "made", DATABASE_URL=f"sqlite:///{company}")
    with instance.up("--demo") as up:
        lines = [up.process.stdout.readline() for _ in range(9)]
        passwords = dict(re.findall(r"(\S+@\S+)\s+(\S+)", "".join(lines)))
        assert len(passwords) >= 4
        opens = re.search(r"(http\S+/demo/)", "".join(lines))[1]
        own = re.search(r"Your own data: (\S+)", "".join(lines))[1]
        visitor = browser()
        where, page = read(visitor, opens)
        assert where.endswith("/week/")
        assert own in page
        # One's own data is another instance: nobody is signed in there, and no account exists.
        where, page = read(visitor, own)
        assert where == f"{own}/look-back/"
        first = _state(instance)
    assert (tmp_path / "made-own" / "inbox").is_dir()
    with closing(sqlite3.connect(company)) as own_database:
        assert own_database.execute("SELECT count(*) FROM people_person").fetchone() == (0,)
    with instance.up("--demo") as up:
        again = dict(
            re.findall(r"(\S+@\S+)\s+(\S+)", "".join(up.process.stdout.readline() for _ in range(9)))
        )
        assert again == passwords
        assert _state(instance) == first


def test_a_load_that_was_broken_off_is_begun_anew(tmp_path):
    instance = Instance(tmp_path / "made")
    instance.run("init")
    instance.django("from drumbeat.people.models import Person; Person.objects.create(name='Half of it')")
    (instance.folder / "demonstration.json").write_text(json.dumps({"state": "loading"}))
    with instance.up("--demo"):
        pass
    assert "Half of it" not in instance.django(
        "from drumbeat.people.models import Person; print(list(Person.objects.values_list('name')))"
    )


def test_it_refuses_the_network_and_other_peoples_data(tmp_path):
    instance = Instance(tmp_path / "mine")
    assert "this machine only" in instance.run("up", "--demo", "--host", "0.0.0.0", code=1).stderr
    assert not instance.folder.exists()
    instance.run("init")
    instance.django("from drumbeat.people.models import Person; Person.objects.create(name='Nora Neu')")
    assert "not of the demonstration" in instance.run("up", "--demo", "--port", "0", code=1).stderr


def _state(instance):
    return json.loads((instance.folder / "demonstration.json").read_text())
