"""The default content: texts and lists that every company gets a copy of and may change later.

``library.yaml`` holds them; ids are stable, texts are not. A list is given out here with its first use.
"""

from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import Any

import yaml


@dataclass(frozen=True)
class AttentionCategory:
    """Where an hour of an executive's calendar may have gone.

    ``target_share`` is a fraction of one of the hours; ``good`` says that more of it is wished for.
    """

    id: str
    name: str
    target_share: float
    good: bool


@lru_cache(maxsize=1)
def library() -> dict[str, Any]:
    """The whole library as written; callers must not change it."""
    text = resources.files(__package__).joinpath("library.yaml").read_text(encoding="utf-8")
    found: dict[str, Any] = yaml.safe_load(text)
    return found


@lru_cache(maxsize=1)
def attention_categories() -> tuple[AttentionCategory, ...]:
    """The nine categories, in the order in which pages show them."""
    return tuple(AttentionCategory(**row) for row in library()["attention_categories"])


def meeting_templates() -> dict[str, dict[str, Any]]:
    """The meeting templates by their id, in the library's order; callers must not change them."""
    return {row["id"]: row for row in library()["meeting_templates"]}
