"""The command line: finds the command, chooses the instance, says what came out (docs/commands.md)."""

import argparse
import contextlib
import importlib
import io
import json
import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from drumbeat import __version__
from drumbeat.core.refusal import Refused
from drumbeat.run import instance
from drumbeat.run.commands import COMMANDS, Command, Needs


class BadValue(Refused):
    """A value that its option cannot take."""


@dataclass
class Globals:
    """What may stand before and after the command's name."""

    data_dir: Path | None = None
    as_of: date | None = None
    json: bool = False


class Parser(argparse.ArgumentParser):
    """argparse with three differences: no abbreviations, a bad value is a refusal (1, not 2), and
    two modules may add to one group (``import people``, ``import calendar``)."""

    def __init__(self, *args: Any, **values: Any) -> None:
        values.setdefault("allow_abbrev", False)
        super().__init__(*args, **values)
        self.register("action", "parsers", _Group)

    def add_subparsers(self, **values: Any) -> Any:
        for action in self._actions:
            if isinstance(action, _Group):
                return action
        return super().add_subparsers(**values)

    def _get_value(self, action: argparse.Action, arg_string: str) -> Any:
        try:
            return super()._get_value(action, arg_string)
        except argparse.ArgumentError as fault:
            what = "/".join(action.option_strings) or action.metavar or action.dest
            raise BadValue(f"“{arg_string}” cannot stand for {what}: {fault.message}.") from fault


class _Group(argparse._SubParsersAction):
    def add_parser(self, name: str, **values: Any) -> Any:
        if name in self.choices:
            return self.choices[name]
        return super().add_parser(name, **values)


class UsageError(Exception):
    """An unknown command or option, or a missing argument: exit 2."""


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit code (0 done, 1 refused or failed, 2 not understood)."""
    given = list(sys.argv[1:] if argv is None else argv)
    try:
        return _run(given)
    except UsageError as fault:
        return _say(str(fault), 2)
    except Refused as refusal:
        return _say(str(refusal), 1)
    except KeyboardInterrupt:
        return _say("Stopped.", 1)
    except BrokenPipeError:
        # The reader of our output has gone (``| head``): nothing is wrong.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except Exception as fault:
        known = _configuration(fault)
        if known is None:
            raise
        return _say(known, 1)


def _run(given: list[str]) -> int:
    words, chosen = take_globals(given)
    if not words or words[0] in ("-h", "--help"):
        print(overview())
        return 0 if words else 2
    if words[0] == "--version":
        print(f"drumbeat {__version__}")
        return 0
    command = COMMANDS.get(words[0])
    if command is None:
        raise UsageError(f"drumbeat: “{words[0]}” is not a command; see drumbeat --help.")
    instance.choose(chosen.data_dir, chosen.as_of)
    if command.needs is not Needs.NOTHING:
        instance.set_up(make=command.makes)
    args = _parsed(command, words)
    args.data_dir, args.json = instance.data_dir(), chosen.json
    args.as_of, args.as_of_given = chosen.as_of or instance.today(), chosen.as_of is not None
    if command.needs is Needs.INSTANCE:
        instance.require()
    return _result(args)


def _result(args: argparse.Namespace) -> int:
    module = args.module
    # A module that gives a result back may say what it likes on the way; only the result is the result.
    quiet = args.json and hasattr(module, "render")
    with contextlib.redirect_stdout(sys.stderr) if quiet else contextlib.nullcontext():
        result = module.run(args)
    if result is None or isinstance(result, int):
        return result or 0
    if args.json or not hasattr(module, "render"):
        print(json.dumps(result, ensure_ascii=False, default=str, indent=None if args.json else 2))
    else:
        print(module.render(result))
    sys.stdout.flush()
    code: int = module.exit_code(result) if hasattr(module, "exit_code") else 0
    return code


def take_globals(given: Sequence[str]) -> tuple[list[str], Globals]:
    """Part ``--data-dir``, ``--as-of`` and ``--json``, wherever they stand, from the rest.

    Raises UsageError for an option without its value, NotADay.
    """
    chosen, rest, left = Globals(), [], iter(given)
    for word in left:
        name, sign, value = word.partition("=")
        if word == "--":
            rest += [word, *left]
        elif word == "--json":
            chosen.json = True
        elif name in ("--data-dir", "--as-of"):
            if not sign:
                value = next(left, "")
            if not value:
                raise UsageError(f"drumbeat: {name} needs a value.")
            if name == "--data-dir":
                chosen.data_dir = Path(value).expanduser()
            else:
                chosen.as_of = instance.read_day(value)
        else:
            rest.append(word)
    return rest, chosen


def _parsed(command: Command, words: list[str]) -> argparse.Namespace:
    everywhere = "Everywhere: --data-dir DIR, --as-of DATE (the day that counts as today), --json"
    parser = Parser(prog="drumbeat")
    group = parser.add_subparsers(dest="command", required=True)
    for name in command.modules:
        module = importlib.import_module(name)
        module.add_parser(group)
        for leaf in _leaves(parser):
            if "module" not in leaf._defaults:
                leaf.set_defaults(module=module)
                leaf.epilog = everywhere
    errors = io.StringIO()
    try:
        with contextlib.redirect_stderr(errors):
            return parser.parse_args(words)
    except SystemExit as stop:
        if stop.code:
            raise UsageError(errors.getvalue().strip().splitlines()[-1]) from None
        raise


def _leaves(parser: argparse.ArgumentParser) -> list[argparse.ArgumentParser]:
    groups = [action for action in parser._actions if isinstance(action, _Group)]
    if not groups:
        return [parser]
    return [leaf for group in groups for each in group.choices.values() for leaf in _leaves(each)]


def overview() -> str:
    """Every command with a line, for ``--help``."""
    width = max(map(len, COMMANDS))
    lines = [f"  {name.ljust(width)}  {command.summary}" for name, command in COMMANDS.items()]
    return "\n".join(
        [
            "usage: drumbeat COMMAND …   (drumbeat COMMAND --help says more)",
            "",
            *lines,
            "",
            "Everywhere: --data-dir DIR chooses the instance (or DRUMBEAT_DATA), --as-of DATE the day that",
            "counts as today, --json gives one JSON document on standard output.",
        ]
    )


def _configuration(fault: Exception) -> str | None:
    """The sentence for a wrong setting or a database that does not answer; None for a fault of ours."""
    from django.core.exceptions import ImproperlyConfigured
    from django.db.utils import OperationalError
    from environ import ImproperlyConfigured as WrongVariable

    if isinstance(fault, ImproperlyConfigured | WrongVariable):
        return f"A setting is wrong: {fault}"
    if isinstance(fault, OperationalError):
        first = (str(fault).strip().splitlines() or ["no reason given"])[0]
        return f"The database does not answer as it should: {first}. See drumbeat doctor."
    return None


def _say(sentence: str, code: int) -> int:
    print(sentence, file=sys.stderr)
    return code
