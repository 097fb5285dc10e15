"""The command line itself: what stands everywhere, exit codes, one document with --json."""

import json
import types
from datetime import date
from pathlib import Path

import pytest

from drumbeat.core.refusal import Refused
from drumbeat.run import cli, instance
from drumbeat.run.cli import Parser, UsageError, main, take_globals
from drumbeat.run.commands import COMMANDS, Command, Needs


@pytest.mark.parametrize(
    "words",
    [
        ["--json", "--as-of", "2026-11-23", "--data-dir", "x", "report", "team"],
        ["report", "team", "--json", "--as-of=2026-11-23", "--data-dir=x"],
        ["--data-dir", "x", "report", "--as-of", "2026-11-23", "team", "--json"],
    ],
)
def test_what_stands_everywhere_stands_before_and_after(words):
    rest, chosen = take_globals(words)
    assert rest == ["report", "team"]
    assert (chosen.json, chosen.as_of, chosen.data_dir) == (True, date(2026, 11, 23), Path("x"))


def test_after_two_dashes_everything_is_an_argument():
    assert take_globals(["look-back", "--", "--json"]) == (["look-back", "--", "--json"], cli.Globals())


def test_an_option_without_its_value():
    with pytest.raises(UsageError):
        take_globals(["init", "--data-dir"])
    with pytest.raises(instance.NotADay):
        take_globals(["init", "--as-of", "yesterday"])


def test_two_modules_add_to_one_group():
    parser = Parser(prog="drumbeat")
    group = parser.add_subparsers(dest="command")
    for name in ("people", "calendar"):
        importing = group.add_parser("import")
        importing.add_subparsers(dest="what", required=True).add_parser(name)
    assert parser.parse_args(["import", "people"]).what == "people"
    assert parser.parse_args(["import", "calendar"]).what == "calendar"


@pytest.fixture
def command(monkeypatch):
    """A command of this test, whose ``run`` is given."""

    def make(run, **more):
        def add_parser(subparsers):
            parser = subparsers.add_parser("try")
            parser.add_argument("--count", type=int)

        module = types.SimpleNamespace(add_parser=add_parser, run=run, **more)
        monkeypatch.setitem(COMMANDS, "try", Command("", ("here",), Needs.NOTHING))
        monkeypatch.setattr(cli.importlib, "import_module", lambda name: module)

    return make


def test_json_is_one_document_whatever_is_said_on_the_way(command, capsys):
    def run(args):
        print("on the way")
        return {"day": date(2026, 11, 23), "json": args.json}

    command(run, render=lambda result: "for people")
    assert main(["try", "--json"]) == 0
    assert json.loads(capsys.readouterr().out) == {"day": "2026-11-23", "json": True}
    assert main(["try"]) == 0
    assert capsys.readouterr().out == "on the way\nfor people\n"


def test_exit_codes(command, capsys):
    def refuse(args):
        raise Refused("That cannot be.")

    def stopped(args):
        raise KeyboardInterrupt

    command(refuse)
    assert main(["try"]) == 1
    assert capsys.readouterr() == ("", "That cannot be.\n")
    assert main(["try", "--count", "many"]) == 1
    assert main(["try", "--other"]) == 2
    assert main(["no-such-command"]) == 2
    assert main([]) == 2
    command(stopped)
    assert main(["try"]) == 1
    command(lambda args: {}, exit_code=lambda result: 1)
    assert main(["try"]) == 1


def test_today_is_the_chosen_day(command, monkeypatch):
    seen = []
    command(lambda args: seen.append((args.as_of, args.as_of_given)))
    monkeypatch.setenv("DRUMBEAT_AS_OF", "2026-01-02")
    main(["try"])
    main(["try", "--as-of", "2017-12-31"])
    assert seen == [(date(2026, 1, 2), False), (date(2017, 12, 31), True)]


def test_a_fault_of_ours_is_not_hidden(command):
    def run(args):
        raise ZeroDivisionError

    command(run)
    with pytest.raises(ZeroDivisionError):
        main(["try"])
