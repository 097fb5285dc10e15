"""Jobs whose worker died, locks that die with their process, what happens by itself."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from drumbeat.run import alive, clock, jobs


@pytest.fixture
def job(db, settings, tmp_path):
    settings.DATA_DIR = tmp_path

    def make(status, *workers):
        return DBTaskResult.objects.create(
            task_path="drumbeat.run.tests.task_for_tests.leave_a_mark",
            args_kwargs={"args": [], "kwargs": {}},
            backend_name="default",
            status=status,
            worker_ids=list(workers),
            run_after=timezone.now(),
            exception_class_path="",
            traceback="",
        )

    return make


def status(task):
    task.refresh_from_db()
    return task.status


def test_a_job_of_a_dead_worker_waits_again(job):
    task = job("RUNNING", "worker-gone")
    assert jobs.give_back() == 1
    assert status(task) == "READY"


def test_a_job_of_a_living_worker_stays(job):
    task = job("RUNNING", "worker-here")
    with alive.Lock("worker-here") as lock:
        assert lock.take()
        assert jobs.give_back() == 0
        assert status(task) == "RUNNING"
    assert jobs.give_back() == 1


def test_a_job_that_took_three_workers_with_it_has_failed(job):
    task = job("RUNNING", "worker-1", "worker-2", "worker-3")
    jobs.give_back()
    assert status(task) == "FAILED"


def test_what_is_not_running_is_left_alone(job):
    tasks = [job(each, "worker-gone") for each in ("READY", "SUCCESSFUL", "FAILED")]
    assert jobs.give_back() == 0
    assert [status(task) for task in tasks] == ["READY", "SUCCESSFUL", "FAILED"]


def test_a_lock_is_had_by_one(db, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    with alive.Lock("clock") as first, alive.Lock("clock") as second:
        assert first.take()
        assert first.take()
        assert not second.take()
        first.release()
        assert second.take()
    assert not alive.is_held("clock")


def test_running_is_seen_and_ends_with_the_process(tmp_path):
    words = (
        "import sys, time\nfrom pathlib import Path\nfrom drumbeat.run.alive import running\n"
        "with running(Path(sys.argv[1])):\n    print('in', flush=True)\n    time.sleep(60)"
    )
    child = subprocess.Popen(
        [sys.executable, "-c", words, str(tmp_path)],
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[3])},
    )
    assert child.stdout.readline() == "in\n"
    assert alive.in_use(tmp_path)
    child.send_signal(signal.SIGKILL)
    child.wait()
    child.stdout.close()
    assert not alive.in_use(tmp_path)


def test_every_job_of_the_clock_is_there_and_can_be_called(db, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    ticking = clock.Clock()
    said = []
    log = clock.log
    original, log.exception = log.exception, lambda *words, **more: said.append((words, more))
    try:
        ticking.strike(100.0)
        ticking.strike(100.5)
    finally:
        log.exception = original
    assert said == []
    assert all(each.due > 100 for each in ticking.jobs)


def test_a_job_that_fails_does_not_stop_the_others(monkeypatch, db):
    called = []
    monkeypatch.setattr(clock, "broken", lambda: 1 / 0, raising=False)
    monkeypatch.setattr(clock, "works", lambda: called.append(1), raising=False)
    ticking = clock.Clock()
    ticking.jobs = [clock.Job("drumbeat.run.clock.broken", 10), clock.Job("drumbeat.run.clock.works", 10)]
    ticking.strike(0.0)
    ticking.strike(5.0)
    ticking.strike(10.0)
    assert called == [1, 1]


def test_meetings_are_planned_and_closed_by_themselves():
    paths = {job.path for job in clock.jobs()}
    assert {"drumbeat.meetings.unclosed.close_all", "drumbeat.meetings.by_itself.plan"} <= paths
