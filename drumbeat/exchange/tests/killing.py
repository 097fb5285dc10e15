"""Runs in a process of its own: children import, and are killed with SIGKILL at many moments.

After each kill the state is read: it must be that of some whole import, before or after. Prints one JSON
document. The parent opens no connection that a child could inherit.
"""

import json
import os
import random
import select
import signal
import sys
import time
from datetime import date
from functools import partial
from pathlib import Path

import django

ROWS = 2000


def deals(version: int) -> str:
    """Version n: every amount and stage differs from the version before, and a few deals are new."""
    state = "won" if version % 2 else "open"
    lines = ["external_id,owner,account,stage,close_on,amount"]
    for number in range(ROWS + 100 * version):
        lines.append(
            f"D{number},R{number % 7},Account {number % (90 + version)},{state},2026-02-03,{version * 10}.25"
        )
    return "\n".join(lines) + "\n"


def signature() -> tuple[int, int, int, int, bool]:
    """Version, deals, changes, imports, and whether the parts agree with each other."""
    from django.db.models import Max, Min

    from drumbeat.exchange.models import Import, Undo
    from drumbeat.exchange.tests.make import months, months_anew
    from drumbeat.journal.models import Entry
    from drumbeat.plan.models import Opportunity, OpportunityChange

    amounts = Opportunity.objects.aggregate(low=Min("amount"), high=Max("amount"))
    imports = Import.objects.filter(kind="crm").count()
    agree = (
        amounts["low"] == amounts["high"]
        and months() == months_anew()
        and Entry.objects.filter(object_kind="import").count() == imports + 1
        and set(Undo.objects.values_list("of_id", flat=True).distinct()) <= {Import.objects.latest("pk").pk}
    )
    version = int(amounts["high"]) // 10
    return version, Opportunity.objects.count(), OpportunityChange.objects.count(), imports, agree


def bring(folder: Path, version: int, tell=None) -> None:
    from drumbeat.exchange.imports import bring_in
    from drumbeat.journal.record import SYSTEM

    path = folder / f"v{version}.csv"
    if not path.exists():
        path.write_text(deals(version))
    bring_in("crm", [path], actor=SYSTEM, today=date(2026, 3, version), progress=tell, data_dir=folder)


def forked(work) -> tuple[int, int]:
    """A child that does the work; its id, and a pipe on which it tells when it begins to move."""
    reads, writes = os.pipe()
    child = os.fork()
    if child:
        os.close(writes)
        return child, reads
    os.close(reads)
    try:
        work(lambda what, *_: os.write(writes, b"m") if what == "moving" else None)
    finally:
        os._exit(0)


def killed(work, at_move: bool, wait: float) -> bool:
    """Whether the child was still alive when it was killed."""
    child, reads = forked(work)
    if at_move:
        select.select([reads], [], [], 30)
    time.sleep(wait)
    try:
        done, _ = os.waitpid(child, os.WNOHANG)
        if not done:
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
    finally:
        os.close(reads)
    return not done


def in_child(work) -> object:
    """Run something with a connection of its own; what it returns comes back as JSON."""
    reads, writes = os.pipe()
    child = os.fork()
    if not child:
        os.write(writes, json.dumps(work()).encode())
        os._exit(0)
    os.close(writes)
    with os.fdopen(reads) as pipe:
        text = pipe.read()
    os.waitpid(child, 0)
    return json.loads(text)


def first(folder: Path) -> None:
    from django.core.management import call_command

    from drumbeat.exchange.imports import bring_in
    from drumbeat.journal.record import SYSTEM

    call_command("migrate", verbosity=0)
    people = folder / "people.csv"
    people.write_text("name,external_id\n" + "".join(f"Rep {n},R{n}\n" for n in range(7)))
    bring_in("people", [people], actor=SYSTEM, today=date(2026, 1, 1), data_dir=folder)
    bring(folder, 1)


def main(folder: Path, kills: int) -> None:
    random.seed(7)
    in_child(lambda: first(folder))
    began = time.perf_counter()
    in_child(lambda: bring(folder, 2))
    whole = time.perf_counter() - began
    version, seen, after, during = 2, [], 0, 0
    for number in range(kills):
        at_move = number % 2 == 0
        wait = random.uniform(0, whole / 3 if at_move else whole)
        if killed(partial(bring, folder, version + 1), at_move, wait):
            during += 1
        found = in_child(signature)
        seen.append([version, *found])
        if found[0] == version + 1:
            version += 1
            after += 1
    in_child(lambda: bring(folder, version + 1))
    seen.append([version + 1, *in_child(signature)])
    print(json.dumps({"seen": seen, "after": after, "killed": during, "seconds": whole}))  # noqa: T201


if __name__ == "__main__":
    django.setup()
    main(Path(sys.argv[1]), int(sys.argv[2]))
