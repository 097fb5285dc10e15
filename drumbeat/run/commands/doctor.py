"""``doctor``: what is wrong with this instance, and the mend for each fault."""

import argparse
from dataclasses import asdict
from typing import Any

from drumbeat.run import instance


def add_parser(subparsers: Any) -> argparse.ArgumentParser:
    """Register ``doctor``."""
    parser: argparse.ArgumentParser = subparsers.add_parser("doctor", help="what is wrong, and the mend")
    return parser


def run(args: argparse.Namespace) -> dict[str, Any]:
    """Every finding; a setting that cannot be read is the only one."""
    try:
        instance.set_up()
        from drumbeat.run.checks import examine

        found = [{**asdict(each), "fine": each.fine} for each in examine()]
    except ValueError as fault:
        found = [_wrong_setting(fault)]
    except Exception as fault:
        if type(fault).__name__ != "ImproperlyConfigured":
            raise
        found = [_wrong_setting(fault)]
    return {"fine": all(each["fine"] for each in found), "data_dir": str(args.data_dir), "checks": found}


def _wrong_setting(fault: Exception) -> dict[str, Any]:
    mend = "mend the environment; docs/settings.md lists every setting"
    return {"name": "settings", "says": str(fault), "mend": mend, "fine": False}


def render(result: dict[str, Any]) -> str:
    """A line for each check, the mend below a fault."""
    width = max(len(each["name"]) for each in result["checks"])
    lines = []
    for each in result["checks"]:
        sign = "ok   " if each["fine"] else "FAULT"
        lines.append(f"{sign}  {each['name'].ljust(width)}  {each['says']}")
        if each["mend"]:
            lines.append(f"       {' ' * width}  → {each['mend']}")
    return "\n".join(lines)


def exit_code(result: dict[str, Any]) -> int:
    """1 where something is wrong."""
    return 0 if result["fine"] else 1
