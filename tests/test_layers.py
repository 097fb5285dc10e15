"""Imports and foreign keys point downwards only. The first is checked by import-linter (bin/test layers);
a foreign key written as a string escapes it, so the models are walked here."""

import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from django.apps import apps

ROOT = Path(__file__).resolve().parents[1]
CONTRACT = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"][0]
# "signals | planner": siblings share a height.
HEIGHT = {name.strip(): -height for height, line in enumerate(CONTRACT["layers"]) for name in line.split("|")}


def layer(model) -> str:
    return model.__module__.split(".")[1]


def test_every_app_has_a_layer():
    ours = {
        config.name.split(".")[1] for config in apps.get_app_configs() if config.name.startswith("drumbeat")
    }
    assert ours <= set(HEIGHT)


def test_foreign_keys_point_downwards():
    upwards = [
        f"{model.__name__}.{field.name} → {field.related_model.__name__}"
        for model in apps.get_models(include_auto_created=True)
        if model.__module__.startswith("drumbeat")
        for field in model._meta.get_fields()
        if field.is_relation and not field.auto_created and field.related_model is not None
        if field.related_model.__module__.startswith("drumbeat")
        if layer(field.related_model) != layer(model)
        and HEIGHT[layer(field.related_model)] >= HEIGHT[layer(model)]
    ]
    assert upwards == []


def test_the_journal_has_no_foreign_keys():
    from drumbeat.journal.models import Entry

    assert not [field for field in Entry._meta.get_fields() if field.is_relation]


def test_core_owns_no_tables():
    assert list(apps.get_app_config("core").get_models()) == []


def test_imports_point_downwards():
    linter = Path(sys.executable).parent / "lint-imports"
    if not linter.exists():
        pytest.skip("import-linter is not installed")
    done = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize("limit", [400])
def test_files_stay_short(limit):
    long = {
        str(path.relative_to(ROOT)): lines
        for path in (ROOT / "drumbeat").rglob("*.py")
        if "migrations" not in path.parts and (lines := len(path.read_text().splitlines())) > limit
    }
    assert long == {}
