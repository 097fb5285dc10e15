"""Docs are tested: what they name exists, and what exists is named."""

import importlib
import re
import tomllib
from pathlib import Path

import pytest

from drumbeat.files.mapping import parse_mapping
from drumbeat.people.access import VERBS
from drumbeat.run.cli import main, overview
from drumbeat.run.commands import COMMANDS

ROOT = Path(__file__).resolve().parents[1]
DOCS = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md"))]
SOURCES = [
    path
    for path in [
        *(ROOT / "drumbeat").rglob("*.py"),
        *(ROOT / "tests").rglob("*.py"),
        *(ROOT / "bin").iterdir(),
    ]
    if path.is_file() and "__pycache__" not in path.parts
]
VARIABLE = re.compile(r"\b(DRUMBEAT_[A-Z_]+[A-Z]|DATABASE_URL|EMAIL_URL|REDIS_URL|TEST_DATABASE_URL)\b")
# Not settings: a handle between processes, and a prefix.
INTERNAL = {"DRUMBEAT_LIFELINE"}


def text(name: str) -> str:
    return (ROOT / "docs" / name).read_text()


def test_every_setting_is_documented_and_every_documented_one_is_read():
    read = {
        match[1]
        for path in SOURCES
        if path != Path(__file__)
        for match in re.finditer(
            r"""(?:env\.\w+\(|env\(|environ(?:\.get|\.pop|\.setdefault)?[\[(])\s*"([A-Z_]+)\"""",
            path.read_text(),
        )
    }
    read |= {name for path in (ROOT / "bin").iterdir() for name in VARIABLE.findall(path.read_text())}
    read = {name for name in read if VARIABLE.fullmatch(name)} - INTERNAL
    documented = set(re.findall(r"^\| `([A-Z_]+)` \|", text("settings.md"), re.M)) - {"PYTHON"}
    assert read - documented == set(), "settings that docs/settings.md does not list"
    assert documented - read == set(), "settings in docs/settings.md that nothing reads"


def test_every_command_is_documented_and_works():
    documented = re.findall(r"^\| `([a-z-]+)", text("commands.md"), re.M)
    assert set(documented) == set(COMMANDS)
    for command in COMMANDS.values():
        for name in command.modules:
            module = importlib.import_module(name)
            assert callable(module.add_parser)
            assert callable(module.run)


def test_every_option_of_the_commands_is_documented(capsys):
    lines = text("commands.md").splitlines()
    for name in COMMANDS:
        for words in ([name], *([name, what] for what in _kinds(name))):
            with pytest.raises(SystemExit):
                main([*words, "--help"])
            shown = capsys.readouterr().out.partition("Everywhere:")[0]
            options = set(re.findall(r"--[a-z-]+", shown)) - {"--help"}
            told = "\n".join(line for line in lines if line.startswith(f"| `{' '.join(words)}"))
            assert all(option in told for option in options), f"{words}: {options} in docs/commands.md"


def _kinds(name: str) -> list[str]:
    return (
        re.findall(rf"^\| `{name} ([a-z]+)(?= |`)", text("commands.md"), re.M)
        if name in ("import", "report")
        else []
    )


def test_every_verb_of_the_access_table_is_in_its_document_and_the_other_way_round():
    written = text("access.md")
    named = set(re.findall(r"`([a-z_]+\.[a-z_]+)`", written)) - {"access.py"}
    named = {verb for verb in named if not verb.endswith(".py")}
    assert named - set(VERBS) == set(), "verbs in docs/access.md that the table does not have"
    assert set(VERBS) - named == set(), "verbs that docs/access.md does not name"


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_every_file_that_a_document_names_is_there(path):
    written = path.read_text()
    named = re.findall(r"`((?:drumbeat|docs|tests|bin|\.ci)/[\w./-]*)`", written)
    missing = [name for name in named if not (ROOT / name).exists() and "<" not in name]
    linked = [link for link in re.findall(r"\]\(([^)#]+)(?:#[^)]*)?\)", written) if "://" not in link]
    missing += [link for link in linked if not (path.parent / link).exists()]
    assert missing == []


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_every_test_that_a_document_names_is_there(path):
    if "`test_" not in path.read_text() and "`Test" not in path.read_text():
        return
    tests = "\n".join(source.read_text() for source in SOURCES if source.name.startswith("test_"))
    named = set(re.findall(r"`((?:test_|Test)\w+)`", path.read_text()))
    defined = set(re.findall(r"(?:def|class) ((?:test_|Test)\w+)", tests))
    assert named - defined == set()


def test_the_layers_in_the_document_are_those_of_the_contract():
    contract = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"][0]
    meant = [name.strip() for line in contract["layers"] for name in line.split("|")]
    table = text("architecture.md").partition("## Layers")[2].partition("\n## ")[0]
    assert re.findall(r"^\| `(\w+)` \|", table, re.M) == meant


def test_help_shows_every_command():
    assert re.findall(r"^  ([a-z-]+)  ", overview(), re.M) == list(COMMANDS)


def test_the_mapping_in_the_document_is_one():
    example = re.search(r"```toml\n(.*?)```", text("import.md"), re.S)
    mapping = parse_mapping(example[1]).tables["opportunities"]
    assert (mapping.decimal, mapping.other_stages, mapping.stages["Gewonnen"]) == ("comma", "open", "won")
