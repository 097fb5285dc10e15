"""One instance's process: ``python -m drumbeat.run.bench.worker`` does what it reads, line by line.

A line is a piece of work with its values as JSON; the answer is one line of JSON on standard output, its
result or the sentence that refuses it. Whatever the work itself prints goes to standard error.
"""

import contextlib
import json
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from drumbeat.core.refusal import Refused


def _bring_in(opportunities: int) -> dict[str, Any]:
    """The first import against a bare load, the same rows in another order, the same file again."""
    from drumbeat.exchange import bench
    from drumbeat.run import instance

    return bench.measure(opportunities, instance.data_dir().parent / "files")


def _look_back(folder: str, as_of: str) -> dict[str, Any]:
    """The look back over the real files in the folder, or over the demonstration company's."""
    from drumbeat.run.bench import look_backs

    return look_backs.measure(Path(folder) if folder else None, date.fromisoformat(as_of))


def _company(people: int, opportunities: int) -> dict[str, Any]:
    from drumbeat.run.bench import pages

    return pages.make_company(people, opportunities)


def _week(who: str) -> dict[str, Any]:
    from drumbeat.run.bench import pages

    return pages.week(who)


def _bare(who: str) -> dict[str, Any]:
    from drumbeat.run.bench import pages

    return pages.bare(who)


def _room(people: int) -> dict[str, Any]:
    from drumbeat.run.bench import room

    return room.make(people)


def _beat_year(managers: int, rounds: int) -> dict[str, Any]:
    from drumbeat.run.bench import beat

    return beat.year(managers, rounds)


def _sealed(rounds: int) -> dict[str, Any]:
    from drumbeat.run.bench import beat

    return beat.sealed(rounds)


WORK: dict[str, Callable[..., Any]] = {
    "import": _bring_in,
    "look back": _look_back,
    "company": _company,
    "week": _week,
    "bare": _bare,
    "room": _room,
    "year": _beat_year,
    "sealed": _sealed,
}


def main() -> None:
    """Make the instance, then answer until standard input ends."""
    from drumbeat.run import instance

    answers = sys.stdout
    with contextlib.redirect_stdout(sys.stderr):
        instance.set_up(make=True)
        from drumbeat.run.prepare import collect_static, prepare

        prepare()
        collect_static()
        for line in sys.stdin:
            asked = json.loads(line)
            try:
                result = {"result": WORK[asked["work"]](**asked["values"])}
            except Refused as refusal:
                result = {"refused": str(refusal)}
            answers.write(json.dumps(result) + "\n")
            answers.flush()


if __name__ == "__main__":
    main()
