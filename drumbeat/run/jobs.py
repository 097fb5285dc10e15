"""The worker: takes jobs from the database one after the other, and drives the clock beside it."""

import logging
import secrets
import time

from django.db import OperationalError, close_old_connections
from django_tasks import TaskResultStatus
from django_tasks_db.management.commands.db_worker import Worker
from django_tasks_db.models import DBTaskResult

from drumbeat.core.refusal import Refused
from drumbeat.run import alive, instance, lifeline
from drumbeat.run.clock import Clock

log = logging.getLogger("drumbeat.worker")
MOST_TRIES = 3


class WorkerDied(Refused):
    """A job that took its worker with it every time."""


def work() -> None:
    """Work until SIGTERM or SIGINT; a job that is running then is finished first."""
    lifeline.hold_on()
    name = f"worker-{secrets.token_hex(8)}"
    with alive.running(instance.data_dir()), alive.Lock(name) as own:
        own.take()
        worker = _worker(name)
        worker.configure_signals()
        give_back()
        Clock().start()
        log.info("worker started", extra={"job": name})
        while worker.running:
            try:
                worker.run()
            except OperationalError as fault:
                # A long import holds the database, or the server is being restarted: try again, never die.
                log.warning("the database did not answer the worker", extra={"reason": type(fault).__name__})
                close_old_connections()
                time.sleep(1)


def give_back() -> int:
    """Jobs whose worker is dead wait again; one that has taken three workers with it has failed.

    Returns how many were touched.
    """
    touched = 0
    for task in DBTaskResult.objects.running():
        owner = task.worker_ids[-1] if task.worker_ids else ""
        if owner and alive.is_held(owner):
            continue
        touched += 1
        if len(task.worker_ids) >= MOST_TRIES:
            task.set_failed(WorkerDied(f"This job has ended its worker {MOST_TRIES} times."))
        else:
            DBTaskResult.objects.filter(pk=task.pk, status=TaskResultStatus.RUNNING).update(
                status=TaskResultStatus.READY, started_at=None
            )
        log.warning("job of a dead worker", extra={"job": task.task_path, "rows": len(task.worker_ids)})
    return touched


def _worker(name: str) -> Worker:
    return Worker(
        queue_names=["default"],
        interval=0.5,
        batch=False,
        backend_name="default",
        startup_delay=False,
        max_tasks=None,
        worker_id=name,
        excluded_queue_names=[],
    )
