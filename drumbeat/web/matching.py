"""What somebody types, as a pattern for names: case, accents and signs do not matter. Pure.

The pattern is a regular expression that Python (SQLite) and PostgreSQL read alike: each letter stands for
itself with every accent, and no sign of the typed text keeps a meaning of its own.
"""

import unicodedata
from functools import cache

from drumbeat.core.names import name_key

LONGEST, MOST_WORDS = 80, 6
# Letters that Unicode does not take apart, as people type them.
_ALIKE = {"ø": "o", "ł": "l", "đ": "d", "ı": "i", "ħ": "h", "ŧ": "t"}


def words_of(typed: str) -> list[str]:
    """The words that are looked for: folded, at most six, at most eighty letters together.

    Signs that do not print are gone (PostgreSQL takes no NUL), and so is a text of signs alone.
    """
    plain = "".join(sign if sign.isprintable() else " " for sign in typed[: 4 * LONGEST])
    words = folded(name_key(plain))[:LONGEST].split()
    return [word for word in words if any(sign.isalnum() for sign in word)][:MOST_WORDS]


def folded(text: str) -> str:
    """Lower case without accents: ``Zieliński`` is ``zielinski``."""
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(_ALIKE.get(sign, sign) for sign in apart if not unicodedata.combining(sign))


def pattern(word: str) -> str:
    """The regular expression of one folded word, to be found anywhere."""
    return "".join(_letter(sign) for sign in word)


def begins(word: str) -> str:
    """The same at the very beginning."""
    return f"^{pattern(word)}"


def begins_a_word(word: str) -> str:
    """The same at the beginning of a word within."""
    return f"[ .&/(-]{pattern(word)}"


def _letter(sign: str) -> str:
    variants, marks = _variants().get(sign, ("", ""))
    if variants:
        return f"[{sign}{variants}]" + (f"[{marks}]?" if marks else "")
    return sign if sign.isalnum() or ord(sign) > 127 else f"\\{sign}"


@cache
def _variants() -> dict[str, tuple[str, str]]:
    """Each plain letter with every accented one of the Latin blocks, and the marks that may follow it.

    A few letters have no small form of their own: İ becomes an i with a dot of its own behind it.
    """
    found: dict[str, tuple[dict[str, None], dict[str, None]]] = {}
    for code in (*range(0xC0, 0x250), *range(0x1E00, 0x1F00)):
        sign = chr(code).casefold()
        plain = folded(sign)
        if len(plain) == 1 and plain != sign:
            signs, marks = found.setdefault(plain, ({}, {}))
            (signs if len(sign) == 1 else marks)[sign[-1]] = None
    return {plain: ("".join(signs), "".join(marks)) for plain, (signs, marks) in found.items()}
