"""Every command, in the order in which a newcomer meets them. A command stands here only once it works."""

from dataclasses import dataclass
from enum import Enum


class Needs(Enum):
    """What must be there before a command runs."""

    NOTHING = "nothing"  # no settings, no data directory
    SETTINGS = "settings"  # Django, but perhaps no database yet
    INSTANCE = "instance"  # the database with its tables


@dataclass(frozen=True)
class Command:
    """One first word of the command line. Its modules have ``add_parser(subparsers)`` and ``run(args)``,
    which gives an exit code, a result (with ``render(result)`` for people) or nothing."""

    summary: str
    modules: tuple[str, ...]
    needs: Needs = Needs.INSTANCE
    makes: bool = False  # the data directory is made where it is missing


COMMANDS: dict[str, Command] = {
    "look-back": Command(
        "the last thirteen weeks from files alone; keeps nothing",
        ("drumbeat.desk.lookback.command",),
        Needs.NOTHING,
    ),
    "up": Command("start everything: web server and worker", ("drumbeat.run.commands.up",), Needs.NOTHING),
    "init": Command(
        "make the data directory, the database, the default content",
        ("drumbeat.run.commands.init",),
        Needs.SETTINGS,
        makes=True,
    ),
    "import": Command(
        "people, CRM exports, targets or a calendar; or take the latest import back",
        ("drumbeat.exchange.imports.command", "drumbeat.exchange.calendars.command"),
    ),
    "watch": Command("bring in each new file laid into a folder", ("drumbeat.exchange.watching",)),
    "login-link": Command("print a one-time sign-in address", ("drumbeat.people.command",)),
    "worker": Command("background jobs alone", ("drumbeat.run.commands.worker",)),
    "report": Command("plan figures of a leader's managers", ("drumbeat.plan.command",)),
    "export": Command("everything kept about one person", ("drumbeat.exchange.export.command",)),
    "backup": Command("the whole instance in one file, while it runs", ("drumbeat.run.commands.backup",)),
    "doctor": Command("what is wrong here, and the mend", ("drumbeat.run.commands.doctor",), Needs.NOTHING),
    "restore": Command("an instance as a backup holds it", ("drumbeat.run.commands.restore",), Needs.NOTHING),
    "generate": Command("a made company of any size", ("drumbeat.run.generate.command",)),
    "bench": Command(
        "the benchmark suite as one JSON document", ("drumbeat.run.bench.command",), Needs.NOTHING
    ),
}
