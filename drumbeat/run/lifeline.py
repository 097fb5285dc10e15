"""No orphans: a child notices when the process that started it is gone, however it went.

The parent holds the one end of a pipe that is open for writing; at its death the system closes it, and the
child's reading thread ends the child's whole process group.
"""

import os
import signal
import threading
import time

VARIABLE = "DRUMBEAT_LIFELINE"


class Lifeline:
    """The parent's side."""

    def __init__(self) -> None:
        self.reading, self._writing = os.pipe()

    @property
    def environment(self) -> dict[str, str]:
        """What the child's environment needs; ``reading`` must be among its ``pass_fds``."""
        return {VARIABLE: str(self.reading)}


def hold_on() -> None:
    """The child's side: end this process group once the parent is gone. Does nothing without a parent."""
    given = os.environ.pop(VARIABLE, "")
    if given:
        threading.Thread(target=_watch, args=(int(given),), daemon=True, name="lifeline").start()


def _watch(reading: int) -> None:
    os.read(reading, 1)
    os.killpg(os.getpgrp(), signal.SIGTERM)
    time.sleep(5)
    os.killpg(os.getpgrp(), signal.SIGKILL)
