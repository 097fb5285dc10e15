"""The benchmark suite runs and gives its document; how fast anything is, no test says."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from drumbeat.run.bench.suite import held_to

ROOT = Path(__file__).resolve().parents[4]
SMALL = ["--people", "70", "--opportunities", "300", "--rounds", "2", "--screens", "4", "--seconds", "1"]
WEEK = {"queries": 12, "demonstration_queries": 12, "to_demonstration": 1.1, "to_bare": 2.5}


@pytest.fixture(scope="module")
def document(tmp_path_factory):
    """The whole suite at its smallest, as a user calls it."""
    done = subprocess.run(
        [sys.executable, "-m", "drumbeat", "--json", "bench", *SMALL],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        cwd=tmp_path_factory.mktemp("elsewhere"),
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr
    assert "Measuring week" in done.stderr
    return json.loads(done.stdout)


def test_one_document_with_every_measurement(document):
    assert set(document["results"]) == {"import", "week", "look-back", "room", "year", "sealed"}
    assert document["results"]["import"]["rows"] == 300
    assert document["results"]["look-back"]["files"] == "the demonstration company"
    assert document["database"] in ("sqlite", "postgresql")
    assert all("figure" in goal and "met" in goal for goal in document["held_to"])


def test_a_room_loses_and_doubles_nothing(document):
    room = document["results"]["room"]
    assert room["screens"] == 4
    assert room["changes"] == 15
    assert room["lost"] == room["doubled"] == room["failed"] == 0


def test_the_beat_is_measured(document):
    assert document["results"]["year"]["meetings"] > 50 * document["results"]["year"]["managers"]
    assert document["results"]["sealed"]["texts"] == 200


def test_this_week_asks_as_often_as_in_the_demonstration(document):
    week = document["results"]["week"]
    assert week["queries"] == week["demonstration_queries"] <= 26
    assert week["seconds"] > 0
    assert week["bare_seconds"] > 0


def test_figures_beside_what_they_are_held_to():
    goals = {goal["figure"]: goal["met"] for goal in held_to({"week": WEEK})}
    assert goals == {
        "week queries": True,
        "week to_demonstration": True,
        "week to_bare": False,
        "week same queries as the demonstration": True,
    }
    assert held_to({}) == []


def test_an_unknown_measurement_and_a_folder_without_tables_are_refused(tmp_path, capfd):
    from drumbeat.run.cli import main

    assert main(["bench", "--only", "nothing"]) == 2
    assert main(["bench", "--only", "look-back", "--files", str(tmp_path)]) == 1
    assert "no CSV file" in capfd.readouterr().err
