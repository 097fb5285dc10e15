"""``up --demo``: not there yet."""

import argparse
from typing import Any


def choose_instance() -> None:
    raise NotImplementedError


def prepare(site: Any, args: argparse.Namespace) -> Any:
    raise NotImplementedError
