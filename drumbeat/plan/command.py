"""``report team``: plan figures on the command line."""

import argparse
from typing import Any

from drumbeat.core import periods
from drumbeat.people.queries import find_person
from drumbeat.plan.queries import team_report


def add_parser(subparsers: Any) -> argparse.ArgumentParser:
    """Register ``report team``."""
    report = subparsers.add_parser("report", help="plan figures")
    kinds = report.add_subparsers(dest="what", required=True, metavar="WHAT")
    team: argparse.ArgumentParser = kinds.add_parser("team", help="one row a manager")
    team.add_argument("--leader", metavar="PERSON", help="whose managers; everyone's where left out")
    team.add_argument("--period", required=True, metavar="P", help="2017-Q4, 2017-10 or 2017")
    return team


def run(args: argparse.Namespace) -> dict[str, Any]:
    """The report as commands.md writes it."""
    leader = find_person(args.leader) if args.leader else None
    return team_report(leader, periods.parse(args.period), args.as_of).as_json()


def render(result: dict[str, Any]) -> str:
    """The report as a table of text."""
    if not result["rows"]:
        return f"Nobody leads a rep on {result['as_of']}. Bring people in with: drumbeat import people FILE"
    heads = ["Manager", "Reps", "Won", "Deals won", "Lost", "Open", "Open amount", "Plan to date"]
    lines = [heads]
    for row in result["rows"]:
        pace = "not known" if row["pace"] is None else f"{100 * row['pace']:.0f}%"
        lines.append(
            [
                row["manager"],
                str(row["reps"]),
                grouped(row["won_amount"]),
                str(row["won_count"]),
                str(row["lost_count"]),
                str(row["open_count"]),
                grouped(row["open_amount"]),
                pace,
            ]
        )
    widths = [max(len(line[column]) for line in lines) for column in range(len(heads))]
    text = [
        "  ".join(
            cell.ljust(width) if not n else cell.rjust(width)
            for n, (cell, width) in enumerate(zip(line, widths, strict=True))
        )
        for line in lines
    ]
    return "\n".join([f"{result['period']} as of {result['as_of']}", *text])


def grouped(amount: str | None) -> str:
    """An amount with thousands separated; "not known" for none."""
    return "not known" if amount is None else f"{float(amount):,.0f}"
