"""The built wheel works without the checkout: its pages, styles, tables and default content are in it."""

import os
import shutil
import subprocess
import sys
import zipfile

import pytest

from tests.instances import ROOT, Instance

PARTS = ("drumbeat", "pyproject.toml", "README.md", "LICENSE", "requirements.in")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    """Built from a copy, so that nothing is left behind in the checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    for part in PARTS:
        source = ROOT / part
        if source.is_dir():
            shutil.copytree(source, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
        elif source.exists():
            shutil.copy(source, folder / part)
    words = [sys.executable, "-m", "pip", "wheel", ".", "--no-deps", "-w", "out", "-q"]
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True, timeout=300)
    if done.returncode and "No matching distribution" in done.stderr:
        pytest.skip("the build needs setuptools from a package index, which does not answer here")
    assert done.returncode == 0, done.stderr
    (found,) = (folder / "out").glob("*.whl")
    return found


def test_everything_that_is_no_code_is_in_it(wheel):
    inside = set(zipfile.ZipFile(wheel).namelist())
    endings = (".html", ".css", ".js", ".svg", ".yaml", ".typ", ".txt")
    meant = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / "drumbeat").rglob("*")
        if path.name.endswith(endings) and "tests" not in path.parts
    }
    assert meant - inside == set()
    assert any(name.endswith("licenses/LICENSE") for name in inside)
    assert not [name for name in inside if "/tests/" in name]


def test_it_starts_from_the_wheel_alone(wheel, tmp_path):
    installed = tmp_path / "installed"
    zipfile.ZipFile(wheel).extractall(installed)
    instance = Instance(tmp_path / "data", PYTHONPATH=str(installed))
    where = instance.django("import drumbeat; print(drumbeat.__file__)").strip()
    assert where.startswith(str(installed) + os.sep)
    assert instance.json("init")["made"]
    with instance.up() as up:
        status, text = up.get("/sign-in/")
        assert status == 200
        style = text.partition("/static/web/css/main.")[2].partition('"')[0]
        assert up.get(f"/static/web/css/main.{style}")[0] == 200
