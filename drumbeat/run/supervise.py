"""Child processes that are kept alive until they are told to stop."""

import logging
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import drumbeat
from drumbeat.run.lifeline import Lifeline

log = logging.getLogger("drumbeat.up")
GRACE = 6.0  # seconds between asking and killing


class Child:
    """One process that is started again when it ends by itself, at first at once, then ever more slowly."""

    def __init__(self, name: str, words: list[str], environment: dict[str, str], lifeline: Lifeline) -> None:
        self.name, self.words, self.lifeline = name, words, lifeline
        root = str(Path(drumbeat.__file__).resolve().parent.parent)
        path = os.pathsep.join(filter(None, [root, os.environ.get("PYTHONPATH")]))
        self.environment = {**os.environ, "PYTHONPATH": path, **environment, **lifeline.environment}
        self.process: subprocess.Popen[bytes] | None = None
        self.starts, self._began, self._again_at = 0, 0.0, 0.0

    def start(self) -> None:
        """Start it in a session of its own, so that Ctrl+C in the terminal reaches only us."""
        self.process = subprocess.Popen(
            [sys.executable, "-m", *self.words],
            env=self.environment,
            pass_fds=[self.lifeline.reading],
            stdin=subprocess.DEVNULL,
            stdout=sys.stderr,
            start_new_session=True,
        )
        self.starts += 1
        self._began = time.monotonic()

    def look_after(self) -> None:
        """Start it again where it has ended."""
        if self.process is None or self.process.poll() is None:
            return
        now = time.monotonic()
        if not self._again_at:
            if now - self._began > 60:
                self.starts = 1
            self._again_at = now + min(0.25 * 2 ** (self.starts - 1), 15)
            log.warning(
                "ended, will start again", extra={"job": self.name, "status": self.process.returncode}
            )
            self._kill()
        elif now >= self._again_at:
            self._again_at = 0.0
            self.start()

    @property
    def alive(self) -> bool:
        return self.process is not None and self.process.poll() is None

    def ask_to_stop(self) -> None:
        """SIGTERM to the process alone: it stops its own children in its own order."""
        if self.process is not None and self.alive:
            self.process.send_signal(signal.SIGTERM)

    def _kill(self) -> None:
        """Nothing of its process group remains."""
        if self.process is not None:
            try:
                os.killpg(self.process.pid, signal.SIGKILL)
            except (ProcessLookupError, PermissionError):
                return

    def finish(self, until: float) -> None:
        """Wait for its end until that moment (monotonic), then end it by force."""
        if self.process is None:
            return
        try:
            self.process.wait(max(0.0, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            log.warning("did not stop, was ended by force", extra={"job": self.name})
        self._kill()
        self.process.wait()


def stop_all(children: list[Child]) -> None:
    """Stop every child within a few seconds."""
    for child in children:
        child.ask_to_stop()
    until = time.monotonic() + GRACE
    for child in children:
        child.finish(until)
