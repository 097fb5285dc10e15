"""Fixtures of the tests that cross the parts."""

import os
import uuid

import psycopg
import pytest
from django.conf import settings

from tests.instances import Instance


def on_postgres() -> bool:
    """Whether this run of the suite is the one on PostgreSQL."""
    return settings.DATABASES["default"]["ENGINE"].endswith("postgresql")


@pytest.fixture
def make_instance(tmp_path):
    """Makes instances on the database of this run; on PostgreSQL each has a database of its own."""
    made = []
    server = os.environ.get("DATABASE_URL", "")

    def make(name: str = "instance", *, sqlite: bool = False, **environment: str) -> Instance:
        url = None
        if on_postgres() and not sqlite:
            database = f"drumbeat_real_{uuid.uuid4().hex[:12]}"
            with psycopg.connect(server, autocommit=True) as connection:
                connection.execute(f'CREATE DATABASE "{database}"')
            made.append(database)
            url = server.rpartition("/")[0] + f"/{database}"
        return Instance(tmp_path / name, url, **environment)

    yield make
    for database in made:
        with psycopg.connect(server, autocommit=True) as connection:
            connection.execute(f'DROP DATABASE IF EXISTS "{database}" WITH (FORCE)')
