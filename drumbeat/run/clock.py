"""What happens by itself: a list of jobs with their intervals, driven by one worker at a time."""

import importlib
import logging
import threading
import time
from dataclasses import dataclass, field
from datetime import timedelta

from django.contrib.sessions.models import Session
from django.db import close_old_connections
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from drumbeat.run import alive

log = logging.getLogger("drumbeat.clock")


@dataclass
class Job:
    """A function without arguments, by its path, and the seconds between two calls. Long work belongs into
    a task that it enqueues."""

    path: str
    every: float
    due: float = field(default=0.0, compare=False)


def jobs() -> list[Job]:
    """Everything that happens by itself."""
    return [
        Job("drumbeat.exchange.inbox.look", 2),
        Job("drumbeat.run.jobs.give_back", 60),
        Job("drumbeat.exchange.calendars.tasks.read_all", 3600),
        Job("drumbeat.desk.lookback.store.sweep", 300),
        Job("drumbeat.run.clock.tidy", 6 * 3600),
        Job("drumbeat.meetings.live.events.sweep", 3600),
        Job("drumbeat.meetings.by_itself.plan", 3600),
        Job("drumbeat.meetings.by_itself.follow_leave", 60),
        Job("drumbeat.meetings.unclosed.close_all", 3600),
        Job("drumbeat.exchange.intake.files.put_away_old", 3600),
    ]


def tidy() -> None:
    """Sessions that are over and jobs done a month ago go."""
    now = timezone.now()
    Session.objects.filter(expire_date__lt=now).delete()
    DBTaskResult.objects.finished().filter(finished_at__lt=now - timedelta(days=30)).delete()


class Clock(threading.Thread):
    """Calls each job when it is due, as long as this process holds the clock's lock."""

    def __init__(self) -> None:
        super().__init__(daemon=True, name="clock")
        self.jobs = jobs()

    def run(self) -> None:
        with alive.Lock("clock") as lock:
            while True:
                close_old_connections()
                try:
                    mine = lock.take()
                except Exception as fault:
                    log.warning("no lock for the clock", extra={"reason": type(fault).__name__})
                    mine = False
                if mine:
                    self.strike(time.monotonic())
                close_old_connections()
                time.sleep(1 if mine else 15)

    def strike(self, now: float) -> None:
        """Call what is due; a job that fails is logged and tried again at its next time."""
        for job in self.jobs:
            if job.due > now:
                continue
            job.due = now + job.every
            try:
                module, _, name = job.path.rpartition(".")
                getattr(importlib.import_module(module), name)()
            except Exception:
                log.exception("a job of the clock failed", extra={"job": job.path})
