"""One line makes a promise: ``@Ana Fri price list for Brandt``. Pure.

The @name owes it; without one, or with ``for @Ana``, whoever writes does. Names are found by the whole name,
the first or the last one, whatever their accents; where several fit, the refusal names them.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from drumbeat.core.names import sort_key
from drumbeat.core.refusal import Refused
from drumbeat.core.wording import day as spoken
from drumbeat.core.wording import listed
from drumbeat.promises.rules.dates import find_day, land

LONGEST = 500
_MENTION = re.compile(r"(?:^|(?<=\s))(?P<for>(?:for|to)\s+)?@(?P<rest>\S.*)", re.I)
_ID = re.compile(r"\s?#(\d{1,12})\b")
_EDGES = " ,;:–—-"


class NotOneLine(Refused):
    """Nothing, or far more than a line."""


class NobodyCalled(Refused):
    """An @name that nobody has."""


class WhichOne(Refused):
    """An @name that several people have."""


class NoDay(Refused):
    """A line that does not say by when."""


class NothingOwed(Refused):
    """A line that says who and when, but not what."""


@dataclass(frozen=True)
class Line:
    """What a line says. ``meant`` is the day that was written, where it was no working day of the owner.

    ``asked_by`` stands only where the line says it: ``for @Ana``.
    """

    owner: int
    text: str
    due: date
    meant: date | None = None
    asked_by: int | None = None

    def said(self, today: date) -> str:
        """The day in words, and that it moved where it did."""
        if self.meant is None:
            return f"Due {spoken(self.due, today)}."
        return f"{spoken(self.meant, today)} is no working day; due {spoken(self.due, today)}."


def read_line(
    line: str,
    people: Mapping[int, str],
    today: date,
    *,
    working: Callable[[int, date], bool],
    me: int,
    today_of: Callable[[int], date] | None = None,
) -> Line:
    """Who owes what by when. ``people`` are names by id; ``working`` is asked of the owner and a day.

    ``today_of`` says which day it is where the owner lives; without it that is ``today``.
    Raises NotOneLine, NobodyCalled, WhichOne, NoDay, NothingOwed, and those of ``find_day``.
    """
    if len(line) > 4 * LONGEST:
        raise NotOneLine(f"A promise is one line of at most {LONGEST} letters; shorten it.")
    text = " ".join(line.replace("\0", "").split())
    if not text:
        raise NotOneLine("Write who owes what by when: @Ana Fri price list for Brandt.")
    if len(text) > LONGEST:
        raise NotOneLine(f"A promise is one line of at most {LONGEST} letters; shorten it.")
    owner, asked_by, text = _mentioned(text, people, me)
    now = today_of(owner) if today_of else today
    found = find_day(text, now)
    if found is None:
        raise NoDay("By when? Add a day, such as Fri, 3 Dec or in 2 weeks.")
    due = land(found.day, lambda day: working(owner, day), last=found.last, earliest=now)
    what = _joined(text[: found.start], text[found.end :])
    if not any(sign.isalnum() for sign in what):
        raise NothingOwed("Say what is owed, too: @Ana Fri price list for Brandt.")
    return Line(owner, what, due, None if due == found.day or found.last else found.day, asked_by)


def who_is(written: str, people: Mapping[int, str]) -> tuple[int, int]:
    """Whose name the text begins with: the person's id, and how many letters of the text say it.

    The most words that fit win. Raises NobodyCalled and WhichOne.
    """
    ends = [found.end() for found in re.finditer(r"\S+", written)][:6]
    keys = {pk: tuple(words_of(name)) for pk, name in people.items()}
    for end in reversed(ends):
        wanted = tuple(words_of(written[:end]))
        if not wanted:
            continue
        fitting = [pk for pk, name in keys.items() if name == wanted]
        fitting = fitting or [pk for pk, name in keys.items() if _fits(wanted, name)]
        chosen = _ID.match(written, end)
        if fitting and chosen and int(chosen[1]) in fitting:
            return int(chosen[1]), chosen.end()
        if len(fitting) == 1:
            return fitting[0], len(written[:end].rstrip(",;:.")) if len(wanted) else end
        if fitting:
            raise WhichOne(_which(written[:end].rstrip(",;:."), fitting, people))
    called = written.split(" ")[0][:60].rstrip(",;:.")
    raise NobodyCalled(f"Nobody here is called “{called}”; write the name as it stands under People.")


def _mentioned(text: str, people: Mapping[int, str], me: int) -> tuple[int, int | None, str]:
    """The owner, who asked where the line says so, and the rest of the text."""
    match = _MENTION.search(text)
    if match is None:
        return me, None, text
    who, length = who_is(match["rest"], people)
    after = match["rest"][length:]
    if match["for"] and who != me:
        return me, who, _joined(text[: match.start()], after)
    return who, None, _joined(text[: match.start()] + (match["for"] or ""), after)


def _joined(before: str, after: str) -> str:
    """Both ends of a text from which something was taken."""
    return " ".join(filter(None, [before.strip(_EDGES), after.strip(_EDGES)]))


def words_of(name: str) -> list[str]:
    plain = sort_key(name).replace("ł", "l").replace("ø", "o").replace("đ", "d")
    return [word for word in (part.strip(".,;:!?()") for part in plain.split()) if word]


def _fits(wanted: tuple[str, ...], name: tuple[str, ...]) -> bool:
    """Whether the words are the first name, the last one, or several of them in their order.

    After the first word an initial is enough: ``Ana R`` is Ana Ribeiro.
    """
    if len(wanted) == 1:
        return wanted[0] in (name[:1] + name[-1:])
    rest = list(name)
    for number, word in enumerate(wanted):
        while rest and rest[0] != word and not (number and len(word) == 1 and rest[0].startswith(word)):
            rest.pop(0)
        if not rest:
            return False
        rest.pop(0)
    return True


def _which(called: str, fitting: list[int], people: Mapping[int, str]) -> str:
    """The sentence that names the choices; namesakes with their number."""
    names = sorted((people[pk], pk) for pk in fitting)
    alike = len({name for name, _ in names}) < len(names)
    choices = [f"{name} #{pk}" if alike else name for name, pk in names]
    return f"Several people are called {called[:60]}: {listed(choices, 5)}. Write @ and one of these."
