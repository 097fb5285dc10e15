"""``up``: everything in one go. Makes what is missing, starts web server and worker, keeps them alive."""

import argparse
import os
import signal
import socket
import sys
import threading
import time
import urllib.error
import urllib.request
import webbrowser
from typing import Any

from drumbeat.core.refusal import Refused
from drumbeat.run import instance
from drumbeat.run.lifeline import Lifeline
from drumbeat.run.site import ANYWHERE, Site, free_port
from drumbeat.run.supervise import stop_all

LOOPBACK = ("127.0.0.1", "localhost", "::1")
READY_WITHIN = 90.0  # seconds, on a slow machine with cold files


class NotLoopback(Refused):
    """The demonstration is for this machine only."""


class NotReady(Refused):
    """The web server did not come up."""


def add_parser(subparsers: Any) -> argparse.ArgumentParser:
    """Register ``up``."""
    parser: argparse.ArgumentParser = subparsers.add_parser("up", help="start everything")
    parser.add_argument("--demo", action="store_true", help="with the demonstration company")
    parser.add_argument("--host", default="127.0.0.1", help="where to listen (default: this machine only)")
    parser.add_argument("--port", type=int, default=8000, help="0 picks a free one (default: 8000)")
    return parser


def run(args: argparse.Namespace) -> int:
    """Run until SIGTERM or SIGINT; 0 then. Raises PortTaken, NotLoopback, NotReady."""
    from drumbeat.run.commands import up_demo

    if args.demo:
        if args.host not in LOOPBACK:
            raise NotLoopback(
                "The demonstration has known people in it and is served on this machine only, "
                f"not on {args.host}; leave --host out."
            )
        own = up_demo.choose_instance(args)
    if sys.stderr.isatty():
        # Somebody looks on: a line for each page is noise there, and welcome in a file.
        os.environ.setdefault("DRUMBEAT_LOG_LEVEL", "WARNING")
    site = Site(args.host, free_port(args.host, args.port))
    instance.set_up(make=True)
    from drumbeat.run.prepare import prepare

    for what in prepare():
        print(f"Made {what}", file=sys.stderr)
    sites: list[Site] = [site]
    after: list[str] = []
    if args.demo:
        beside, after = up_demo.prepare(site, own, args)
        sites.append(beside)
    elif not instance.has_account() and args.host not in LOOPBACK:
        after = [first_address(site)]
    return keep_up(sites, after, args)


def keep_up(sites: list[Site], after: list[str], args: argparse.Namespace) -> int:
    """Start the sites, say when they are ready, look after them until we are told to stop."""
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    lifeline = Lifeline()
    try:
        for site in sites:
            site.start(lifeline)
        for site in sites:
            wait_until_ready(site, stop)
        if not stop.is_set():
            say_ready(sites[0], after, args)
        while not stop.wait(0.2):
            for site in sites:
                for child in site.children:
                    child.look_after()
    finally:
        stop_all([child for site in sites for child in site.children])
    return 0


def say_ready(site: Site, after: list[str], args: argparse.Namespace) -> None:
    """The line that people and programs wait for, then what else there is to know."""
    if args.json:
        import json

        # Standard output belongs to the result; here the result comes before the end.
        print(json.dumps({"ready": site.address, "notes": after}), file=sys.__stdout__, flush=True)
        return
    print(f"Ready: {site.address}", *after, sep="\n", flush=True)
    if has_browser():
        opens = site.opens or site.address
        threading.Thread(target=webbrowser.open, args=(opens,), daemon=True).start()


def has_browser() -> bool:
    """Whether a browser would open where a person sees it: a terminal, a screen, not over SSH, not in CI."""
    if os.environ.get("CI") or os.environ.get("SSH_CONNECTION") or not sys.stdout.isatty():
        return False
    return sys.platform == "darwin" or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


def first_address(site: Site) -> str:
    """The line with the address at which a new instance answers to other machines."""
    from drumbeat.web.first_run import make_address

    host = socket.gethostname() if site.host in ANYWHERE else site.host
    host = f"[{host}]" if ":" in host else host
    return f"Until an account exists, from elsewhere only, and once, at: http://{host}:{site.port}{make_address()}"


def wait_until_ready(site: Site, stop: threading.Event) -> None:
    """Return once the first page can be served, or when we are told to stop; raises NotReady."""
    until = time.monotonic() + READY_WITHIN
    web = site.children[0]
    while not stop.is_set():
        if answers(f"{site.address}/healthz"):
            # The first page loads every template and address; let that be over before anybody waits for it.
            answers(f"{site.address}/")
            return
        if web.starts >= 3 or time.monotonic() > until:
            raise NotReady("The web server did not start; what it said stands above.")
        web.look_after()
        stop.wait(0.1)


def answers(address: str) -> bool:
    """Whether the address answers, be it with a refusal."""
    try:
        with urllib.request.urlopen(address, timeout=10):  # noqa: S310
            return True
    except urllib.error.HTTPError as fault:
        return fault.code < 500
    except OSError:
        return False
