"""The word lists, read once. Pure: the lists are part of the package."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

import yaml


def plain(text: str) -> str:
    """The form in which titles and words are compared: composed, case-folded, one kind of hyphen and
    apostrophe.
    """
    text = unicodedata.normalize("NFKC", text).casefold().replace("’", "'")
    return " ".join(re.sub(r"[‐‑‒–—]", "-", text).split())


@dataclass(frozen=True, slots=True)
class WordList:
    """Words that say one thing."""

    pattern: re.Pattern[str]

    @classmethod
    def of(cls, words: Iterable[str]) -> "WordList":
        """A word ending in a star matches any ending; the longest word is found first."""
        parts = []
        for word in sorted({plain(word) for word in words}, key=lambda word: (-len(word), word)):
            stem = re.escape(word.removesuffix("*"))
            parts.append(stem + (r"\w*" if word.endswith("*") else ""))
        return cls(re.compile(rf"(?<![\w:])(?:{'|'.join(parts)})(?!\w)" if parts else r"(?!)"))

    def find(self, title: str) -> str:
        """The first word of the list in a ``plain`` title; empty for none."""
        found = self.pattern.search(title)
        return found[0] if found else ""


@dataclass(frozen=True, slots=True)
class Words:
    """Every list of ``content/words.yaml``."""

    one_to_one: WordList
    away: WordList
    visit: WordList
    cancelled: tuple[str, ...]
    categories: dict[str, WordList]
    public_mail: frozenset[str]
    machines: frozenset[str]


@lru_cache(maxsize=1)
def default_words() -> Words:
    """The lists that come with Drumbeat."""
    text = resources.files("drumbeat.calendars").joinpath("content/words.yaml").read_text(encoding="utf-8")
    data = yaml.safe_load(text)
    return Words(
        one_to_one=WordList.of(data["one_to_one"]),
        away=WordList.of(data["away"]),
        visit=WordList.of(data["visit"]),
        cancelled=tuple(plain(word) for word in data["cancelled"]),
        categories={name: WordList.of(words) for name, words in data["categories"].items()},
        public_mail=frozenset(data["public_mail"]),
        machines=frozenset(data["machines"]),
    )
