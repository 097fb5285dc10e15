"""``up --demo``: the demonstration's instance, and one's own beside it.

The own instance runs too, on another port: "Now with my own data" leads there, and "Keep this going" writes
there and never into the demonstration.
"""

import argparse
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from drumbeat.core.refusal import Refused
from drumbeat.run import demo_file, instance
from drumbeat.run.site import Site, free_port

DEFAULT = ".drumbeat-demo"


class NoOwn(Refused):
    """The own instance cannot be made."""


@dataclass(frozen=True)
class Own:
    """Where the own instance lies."""

    folder: Path
    database_url: str


def choose_instance(args: argparse.Namespace) -> Own:
    """Point this process at the demonstration's data directory, and say where the own one is.

    ``~/.drumbeat-demo`` unless told otherwise, and then the own instance is the usual one; beside another
    directory lies ``<directory>-own``. The company's DATABASE_URL belongs to the own instance; the
    demonstration has its own file, or DRUMBEAT_DEMO_DATABASE_URL.
    """
    told = os.environ.get("DRUMBEAT_DATA")
    demo = instance.data_dir() if told else Path.home() / DEFAULT
    beside = demo.with_name(demo.name + "-own") if told else Path.home() / ".drumbeat"
    given = os.environ.get("DRUMBEAT_OWN_DATA")
    own = Own(Path(given).expanduser().absolute() if given else beside, os.environ.pop("DATABASE_URL", ""))
    os.environ["DRUMBEAT_DATA"], os.environ["DRUMBEAT_DEMO"] = str(demo), "1"
    if os.environ.get("DRUMBEAT_DEMO_DATABASE_URL"):
        os.environ["DATABASE_URL"] = os.environ["DRUMBEAT_DEMO_DATABASE_URL"]
    args.data_dir = demo
    demo_file.forget_broken_load(demo)
    return own


def prepare(site: Site, own: Own, args: argparse.Namespace) -> tuple[Site, list[str]]:
    """Make the company where it is not there; gives the own site and the lines to print below Ready."""
    from drumbeat.run import demonstration

    made = demonstration.ready(args.data_dir, args.as_of)
    beside = Site(site.host, free_port(site.host, 0), _own_environment(own))
    _make(own, beside)
    site.environment = {**made.environment, "DRUMBEAT_OWN_ADDRESS": f"{beside.address}/look-back/"}
    site.opens = f"{site.address}/demo/"
    width = max(len(member.email) for member in made.cast)
    lines = ["", f"The demonstration company, as of {made.day.isoformat()}. Sign in as:"]
    lines += [
        f"  {member.role.ljust(13)} {member.email.ljust(width)}  {member.password}" for member in made.cast
    ]
    lines += [
        f"Opens as the executive: {site.opens}",
        f"Your own data: {beside.address}",
    ]
    return beside, lines


def _make(own: Own, beside: Site) -> None:
    words, environment = [sys.executable, "-m", "drumbeat", "init"], {**os.environ, **beside.environment}
    done = subprocess.run(words, env=environment, capture_output=True, text=True)
    if done.returncode:
        said = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise NoOwn(f"The place of your own data ({own.folder}) cannot be made: {said}")


def _own_environment(own: Own) -> dict[str, str]:
    return {
        "DRUMBEAT_DATA": str(own.folder),
        "DRUMBEAT_DEMO": "0",
        "DATABASE_URL": own.database_url,
        "DRUMBEAT_OWN_ADDRESS": "",
    }
