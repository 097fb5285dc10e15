"""Fixtures of the tests that cross the parts."""

import os
import shutil
import uuid
from contextlib import contextmanager

import psycopg
import pytest
from django.conf import settings

from tests.instances import Instance


def on_postgres() -> bool:
    """Whether this run of the suite is the one on PostgreSQL."""
    return settings.DATABASES["default"]["ENGINE"].endswith("postgresql")


@contextmanager
def maker(folder):
    """Makes instances below the folder; on PostgreSQL each has a database of its own, dropped at the end."""
    made = []
    server = os.environ.get("DATABASE_URL", "")

    def make(name="instance", *, sqlite=False, like=None, **environment):
        url = None
        if on_postgres() and not sqlite:
            database = f"drumbeat_real_{uuid.uuid4().hex[:12]}"
            template = f' TEMPLATE "{like.database}"' if like else ""
            with psycopg.connect(server, autocommit=True) as connection:
                connection.execute(f'CREATE DATABASE "{database}"{template}')
            made.append(database)
            url = server.rpartition("/")[0] + f"/{database}"
        if like:
            shutil.copytree(like.folder, folder / name)
        return Instance(folder / name, url, **environment)

    yield make
    for database in made:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')


@pytest.fixture(scope="session")
def prepared(tmp_path_factory):
    """An instance after ``init``, to be copied: making tables takes longer than most tests."""
    with maker(tmp_path_factory.mktemp("prepared")) as make:
        made = make()
        made.run("init")
        yield made


@pytest.fixture
def make_instance(tmp_path):
    """Makes instances; ``like=prepared`` for one after ``init``."""
    with maker(tmp_path) as make:
        yield make
