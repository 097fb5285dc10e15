"""``init`` and ``up`` as a new user meets them: real processes on a real data directory."""

import os
import signal
import socket
import stat
import time

from tests.instances import is_running, wait_for


def test_init_says_what_it_made_and_again_changes_nothing(make_instance):
    instance = make_instance()
    first = instance.json("init")
    assert any("database" in line for line in first["made"])
    assert stat.S_IMODE(instance.folder.stat().st_mode) == 0o700
    before = {path: path.stat().st_mtime_ns for path in instance.folder.rglob("*")}
    assert instance.json("init")["made"] == []
    after = {path: path.stat().st_mtime_ns for path in instance.folder.rglob("*")}
    assert before == after


def test_global_options_stand_before_and_after(make_instance):
    instance = make_instance()
    other = instance.folder.parent / "elsewhere"
    assert instance.json("init", "--data-dir", other)["data_dir"] == str(other)
    assert instance.json("--data-dir", other, "init", "--as-of", "2026-11-23")["made"] == []
    assert not instance.folder.exists()


def test_exit_codes_and_sentences(make_instance):
    instance = make_instance()
    for words, code in [
        (["no-such-command"], 2),
        (["init", "--no-such-option"], 2),
        (["--as-of"], 2),
        (["init", "--as-of", "2017-13-40"], 1),
        (["up", "--port", "eighty"], 1),
        (["up", "--port", "70000"], 1),
        (["worker"], 1),
    ]:
        done = instance.run(*words, code=code)
        assert done.stdout == ""
        assert len(done.stderr.strip().splitlines()) == 1, done.stderr
    assert "drumbeat init" in instance.run("worker", code=1).stderr


def test_up_serves_and_stops_without_orphans(make_instance):
    instance = make_instance()
    with instance.up() as up:
        assert up.get("/healthz") == (200, '{"status": "ok"}')
        status, text = up.get("/sign-in/")
        assert status == 200
        style = text.partition("/static/web/css/main.")[2].partition('"')[0]
        assert up.get(f"/static/web/css/main.{style}")[0] == 200
        below = up.descendants()
        assert any("worker" in command for command in below.values())
        assert up.stop() < 10
        assert up.process.returncode == 0
        wait_for(lambda: not any(is_running(pid) for pid in below), 2)


def test_ctrl_c_stops_up(make_instance):
    with make_instance().up() as up:
        assert up.stop(signal.SIGINT) < 10
        assert up.process.returncode == 0


def test_nothing_outlives_an_up_that_is_killed(make_instance):
    with make_instance().up() as up:
        below = up.descendants()
        up.stop(signal.SIGKILL)
        wait_for(lambda: not any(is_running(pid) for pid in below), 12)


def test_a_killed_worker_and_a_killed_web_server_come_back(make_instance):
    with make_instance().up() as up:

        def one(part):
            found = [pid for pid, command in up.descendants().items() if part in command]
            return found[0] if found else None

        for part in ("drumbeat worker", "drumbeat.run.serve"):
            before = wait_for(lambda part=part: one(part))
            os.kill(before, signal.SIGKILL)
            wait_for(lambda part=part, before=before: one(part) not in (None, before))
        wait_for(lambda: up.get("/healthz")[0] == 200 if _listens(up) else False)


def test_a_job_of_a_dead_worker_is_done_by_the_next(make_instance):
    instance = make_instance()
    instance.run("init")
    instance.django(
        "from django_tasks_db.models import DBTaskResult as T\n"
        "from django.utils import timezone\n"
        "from drumbeat.run.tests.task_for_tests import leave_a_mark\n"
        "task = leave_a_mark.enqueue()\n"
        "T.objects.update(status='RUNNING', started_at=timezone.now(), worker_ids=['worker-long-gone'])"
    )
    with instance.up():
        asked = "from django_tasks_db.models import DBTaskResult as T\nprint(T.objects.get().status)"
        wait_for(lambda: instance.django(asked).strip() == "SUCCESSFUL", 20)


def test_a_port_that_is_taken_is_one_sentence(make_instance):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        said = make_instance().run("up", "--port", port, code=1)
        assert str(port) in said.stderr
        assert len(said.stderr.strip().splitlines()) == 1


def test_until_an_account_exists_the_network_is_kept_out(make_instance):
    instance = make_instance()
    with instance.up("--host", "0.0.0.0") as up:
        line = up.process.stdout.readline()
        path = "/first/" + line.strip().rpartition("/first/")[2]
        assert up.get("/sign-in/")[0] == 200
        assert up.get("/sign-in/", Host="drumbeat.example")[0] == 403
        assert up.get("/healthz", Host="drumbeat.example")[0] == 200
        assert up.get("/first/guessed/", Host="drumbeat.example")[0] == 403
        assert path.endswith("/")
        assert len(path) > 30


def _listens(up) -> bool:
    with socket.socket() as trial:
        trial.settimeout(0.3)
        host, port = up.address.removeprefix("http://").split(":")
        found = trial.connect_ex((host, int(port))) == 0
    if not found:
        time.sleep(0.1)
    return found
