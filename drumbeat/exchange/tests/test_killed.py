"""An import that is killed, and two that are begun at once: real processes, real SIGKILL."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection

from drumbeat.exchange.tests.killing import ROWS

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def environment(tmp_path, db):
    """A data directory and a database of its own, on whichever database the suite runs."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DRUMBEAT_")}
    kept |= {
        "DRUMBEAT_DATA": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "drumbeat.run.settings",
        "PYTHONPATH": str(ROOT),
        "DRUMBEAT_LOG_LEVEL": "ERROR",
    }
    if connection.vendor != "postgresql":
        kept.pop("DATABASE_URL", None)
        yield kept
        return
    import psycopg

    values = settings.DATABASES["default"]
    name = f"killed_{os.getpid()}"
    server = {
        "host": values["HOST"], "port": values["PORT"], "user": values["USER"],
        "password": values["PASSWORD"], "dbname": "postgres", "autocommit": True,
    }  # fmt: skip
    with psycopg.connect(**server) as admin:
        admin.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        admin.execute(f"CREATE DATABASE {name}")
    login = values["USER"] + (f":{values['PASSWORD']}" if values["PASSWORD"] else "")
    kept["DATABASE_URL"] = f"postgres://{login}@{values['HOST']}:{values['PORT']}/{name}"
    yield kept
    with psycopg.connect(**server) as admin:
        admin.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")


def test_killed_import_leaves_before_or_after(tmp_path, environment):
    done = subprocess.run(
        [sys.executable, "-m", "drumbeat.exchange.tests.killing", str(tmp_path), "14"],
        env=environment, capture_output=True, text=True, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["killed"] >= 5, told  # most children were killed before they were done
    for before, version, deals, _, imports, agree in told["seen"]:
        assert version in (before, before + 1)
        assert deals == ROWS + 100 * version
        assert imports == version
        assert agree
    assert told["seen"][-1][1] == told["seen"][-1][0]  # the next import, left alone, works
    assert not list(tmp_path.glob("*staging*"))


TWICE = """
import sys, django; django.setup()
from datetime import date; from pathlib import Path
from drumbeat.exchange.imports import bring_in
from drumbeat.journal.record import SYSTEM
folder = Path(sys.argv[1])
result = bring_in("crm", [folder / "v1.csv"], actor=SYSTEM, today=date(2026, 3, 1), data_dir=folder)
print(result.tables["opportunities"].created, result.tables["opportunities"].unchanged)
"""
PREPARE = """
import sys, django; django.setup()
from pathlib import Path; from drumbeat.exchange.tests import killing
folder = Path(sys.argv[1]); bring = killing.bring
killing.bring = lambda *_: None
killing.first(folder)
(folder / "v1.csv").write_text(killing.deals(1))
"""


def test_the_same_file_brought_twice_at_once_counts_once(tmp_path, environment):
    def started(text):
        return subprocess.Popen(
            [sys.executable, "-c", text, str(tmp_path)], env=environment, stdout=subprocess.PIPE, text=True
        )

    assert started(PREPARE).wait(120) == 0
    both = [started(TWICE) for _ in range(2)]
    told = sorted(process.communicate(timeout=120)[0].split() for process in both)
    assert told == [["0", "2100"], ["2100", "0"]]
