"""The instance: its data directory, its database, and whether they are there."""

import os
from contextlib import closing
from datetime import date, datetime
from pathlib import Path

from drumbeat.core.refusal import Refused


class NotADay(Refused):
    """A text that is no day."""


class NoInstance(Refused):
    """A command that needs an instance found none."""


class OldDatabase(Refused):
    """The database was made by another version."""


class BadDataDirectory(Refused):
    """The data directory cannot be made or used."""


def data_dir() -> Path:
    """The data directory: ``--data-dir``, else DRUMBEAT_DATA, else ``~/.drumbeat``."""
    return Path(os.environ.get("DRUMBEAT_DATA") or Path.home() / ".drumbeat").expanduser().absolute()


def choose(folder: Path | None, as_of: date | None) -> None:
    """Let the settings, and every process started from here, see what the command line chose."""
    if folder is not None:
        os.environ["DRUMBEAT_DATA"] = str(folder.absolute())
    if as_of is not None:
        os.environ["DRUMBEAT_AS_OF"] = as_of.isoformat()


def today() -> date:
    """The day that counts as today on the command line: DRUMBEAT_AS_OF, else the machine's own day.

    Raises NotADay.
    """
    given = os.environ.get("DRUMBEAT_AS_OF")
    return read_day(given) if given else datetime.now().astimezone().date()


def read_day(text: str) -> date:
    """A day as ISO writes it; raises NotADay."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise NotADay(f"“{text}” is not a day; write it as 2017-12-31.") from None


def set_up(*, make: bool = False) -> None:
    """Read the settings and load the apps; with ``make``, make the data directory first.

    Raises BadDataDirectory.
    """
    if make:
        make_data_dir()
    import django

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "drumbeat.run.settings")
    django.setup()


def make_data_dir() -> bool:
    """Make the data directory, open to its owner alone; whether it was made. Raises BadDataDirectory."""
    folder = data_dir()
    if folder.is_dir():
        if not os.access(folder, os.W_OK | os.X_OK):
            raise BadDataDirectory(f"The data directory {folder} cannot be written to; see who owns it.")
        return False
    try:
        folder.mkdir(mode=0o700, parents=True)
    except OSError as fault:
        raise BadDataDirectory(
            f"The data directory {folder} cannot be made: {fault.strerror}. Choose another with --data-dir."
        ) from fault
    return True


def require() -> None:
    """Refuse, with the way out, where there is no database or where it is of another version.

    Raises NoInstance or OldDatabase.
    """
    from django.db import connection

    if connection.vendor == "sqlite":
        name = Path(str(connection.settings_dict["NAME"]))
        if not name.is_file():
            raise NoInstance(f"There is no Drumbeat in {data_dir()} yet; make it with: drumbeat init")
    waiting = require_not_newer()
    if waiting == "all":
        raise NoInstance("The database has no tables yet; make them with: drumbeat init")
    if waiting:
        raise OldDatabase("The database is from an older version; bring it up to date with: drumbeat init")


def require_not_newer() -> str:
    """Refuse a database of a newer Drumbeat; what it still waits for otherwise. Raises OldDatabase."""
    waiting, unknown = migrations_state()
    if unknown:
        raise OldDatabase(
            f"The database was made by a newer version of Drumbeat (it knows {unknown[0]}); update Drumbeat."
        )
    return waiting


def migrations_state() -> tuple[str, list[str]]:
    """What the database still waits for (``all``, ``some`` or nothing), and migrations unknown here."""
    from django.db import connection
    from django.db.migrations.loader import MigrationLoader

    loader = MigrationLoader(connection)
    applied = set(loader.applied_migrations)
    known = set(loader.graph.nodes)
    waiting = "all" if not applied else "some" if known - applied else ""
    unknown = sorted(f"{app}.{name}" for app, name in applied - set(loader.disk_migrations))
    return waiting, unknown


def has_account() -> bool:
    """Whether anybody can sign in already; False too where the database has no tables yet."""
    from django.db import connection

    from drumbeat.people.models import User

    with closing(connection.cursor()) as cursor:
        tables = connection.introspection.table_names(cursor)
    return User._meta.db_table in tables and User.objects.exists()
