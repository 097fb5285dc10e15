"""The web server process: ``python -m drumbeat.run.serve HOST PORT``, started and watched by ``up``."""

import os
import sys

import django
from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from drumbeat.run import alive, instance, lifeline


def serve(host: str, port: int) -> None:
    """Serve until SIGTERM or SIGINT."""
    lifeline.hold_on()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "drumbeat.run.settings")
    django.setup()
    from drumbeat.run.prepare import collect_static

    collect_static()
    with alive.running(instance.data_dir()):
        Server(
            "drumbeat.run.asgi:application",
            address=host,
            port=port,
            interface=Interfaces.ASGINL,
            # An open stream must not hold the server up when it stops.
            workers_kill_timeout=5,
            respawn_failed_workers=True,
            log_level=LogLevels.warning,
        ).serve()


if __name__ == "__main__":
    serve(sys.argv[1], int(sys.argv[2]))
