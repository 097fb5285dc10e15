"""Who takes part in an event: attendees matched to persons and outside domains. Pure."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from drumbeat.calendars.rules.facts import DECLINED, Attendee, Circle, Known, Occurrence
from drumbeat.calendars.rules.words import Words, default_words, plain
from drumbeat.core.names import name_key

LONGEST_NAME = 6  # words of an account name that is looked for in titles
SHORTEST_NAME = 4  # letters: shorter ones turn up in titles by chance


@dataclass(frozen=True, slots=True)
class Present:
    """A known person at an event. ``report`` is the key of the direct report he or she is, or works for."""

    key: str
    name: str
    report: str | None
    response: str = ""

    @property
    def is_report(self) -> bool:
        """Whether this is one of the owner's direct reports."""
        return self.report == self.key


def reports_among(people: Iterable[Present]) -> frozenset[str]:
    """The direct reports who are there themselves."""
    return frozenset(one.key for one in people if one.is_report)


def teams_among(people: Iterable[Present]) -> frozenset[str]:
    """The direct reports who are there themselves or by somebody of their team."""
    return frozenset(one.report for one in people if one.report is not None)


@dataclass(frozen=True, slots=True)
class Party:
    """Everybody at an event but the owner.

    ``outside`` are the mail domains of other companies; ``strangers`` counts people who are neither known nor
    from another company one can name, ``unknown`` those of them who are not from the own company either.
    ``from_title`` says that people were read out of the title, for want of attendees. ``customer`` is the
    name of a customer in the title.
    """

    people: tuple[Present, ...] = ()
    outside: tuple[str, ...] = ()
    strangers: int = 0
    unknown: int = 0
    from_title: bool = False
    customer: str = ""

    @property
    def reports(self) -> frozenset[str]:
        """The direct reports who are there themselves."""
        return reports_among(self.people)

    @property
    def teams(self) -> frozenset[str]:
        """The direct reports who are there themselves or by somebody of their team."""
        return teams_among(self.people)

    @property
    def alone_with(self) -> str | None:
        """The direct report with whom the owner is alone; None otherwise."""
        if len(self.people) == 1 and not self.outside and not self.strangers and not self.customer:
            return self.people[0].key if self.people[0].is_report else None
        return None


@dataclass(slots=True)
class Matcher:
    """Finds persons by e-mail, or by exact name where no e-mail is known for them."""

    circle: Circle
    owner_address: str = ""
    words: Words = field(default_factory=default_words)
    own_domains: frozenset[str] = field(init=False)
    _by_address: dict[str, Present] = field(init=False, default_factory=dict)
    _by_name: dict[str, Present] = field(init=False, default_factory=dict)
    _all_names: dict[str, Present] = field(init=False, default_factory=dict)
    _first_names: dict[str, Present] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        circle = self.circle
        known: list[tuple[Known, str | None]] = [(one, one.key) for one in circle.reports]
        known += list(circle.below)
        known += [(one, None) for one in circle.colleagues]
        first_names = Counter(_first(one) for one in circle.reports)
        for one, report in known:
            present = Present(one.key, one.name, report)
            self._all_names.setdefault(name_key(one.name), present)
            if one.address:
                self._by_address.setdefault(one.address.lower(), present)
            else:
                self._by_name.setdefault(name_key(one.name), present)
            if report == one.key and first_names[_first(one)] == 1:
                self._first_names[_first(one)] = present
        if self.owner_address.lower() in self._by_address:
            # Where two are in every event, the file alone cannot tell whose it is; the circle can.
            self.owner_address = ""
        mine = {one.address for one, _ in known} | {circle.owner.address, self.owner_address}
        domains = {address.lower().rpartition("@")[2] for address in mine if "@" in address}
        guessed = frozenset(domains) - self.words.public_mail - circle.customers
        self.own_domains = circle.own_domains | guessed

    def party(self, occurrence: Occurrence) -> Party:
        """Who is there with the owner. Whoever declined is not, unless nobody else is left."""
        others = [one for one in occurrence.people if not self._is_owner(one)]
        coming = [one for one in others if one.response != DECLINED]
        if not others:
            return self._from_title(occurrence.title)
        people: dict[str, Present] = {}
        outside: dict[str, None] = {}
        strangers = unknown = 0
        for one in coming or others:
            if one.domain in self.words.machines:
                continue
            found = self._person(one)
            if found is not None:
                people.setdefault(found.key, Present(found.key, found.name, found.report, one.response))
            elif one.domain and one.domain not in self.own_domains | self.words.public_mail:
                outside.setdefault(one.domain)
            else:
                strangers += 1
                unknown += one.domain not in self.own_domains
        if not people and not outside and not strangers:
            return self._from_title(occurrence.title)
        return Party(tuple(people.values()), tuple(outside), strangers, unknown)

    def _is_owner(self, one: Attendee) -> bool:
        mine = {self.circle.owner.address.lower(), self.owner_address.lower()} - {""}
        if one.address:
            unnamed = not self.circle.owner.address
            return one.address in mine or (unnamed and self._named(one) == self._owner_name)
        return name_key(one.name) == self._owner_name

    @property
    def _owner_name(self) -> str:
        return name_key(self.circle.owner.name)

    def _person(self, one: Attendee) -> Present | None:
        if one.address in self._by_address:
            return self._by_address[one.address]
        if not one.address:
            return self._all_names.get(self._named(one))
        return self._by_name.get(self._named(one))

    def _named(self, one: Attendee) -> str:
        """The name that an attendee bears: as written, turned round at a comma, else read out of the
        address.
        """
        name = one.name
        if not name and one.domain and (not self.own_domains or one.domain in self.own_domains):
            name = re.sub(r"[._]+", " ", one.address.rpartition("@")[0])
        last, comma, first = name.partition(",")
        return name_key(f"{first} {last}" if comma else name)

    def _from_title(self, title: str) -> Party:
        """People and customers by their names in a title, where an event has nobody else in it."""
        text = re.sub(r"[^\w'.-]+", " ", name_key(title)).split()
        people: dict[str, Present] = {}
        customer = ""
        taken: set[int] = set()
        for length in range(min(LONGEST_NAME, len(text)), 0, -1):
            for start in range(len(text) - length + 1):
                if taken & set(range(start, start + length)):
                    continue
                words = " ".join(text[start : start + length]).strip(".-")
                if length > 1 and words in self._all_names:
                    people.setdefault(self._all_names[words].key, self._all_names[words])
                elif len(words) >= SHORTEST_NAME and words in self.circle.customer_names:
                    customer = customer or words
                else:
                    continue
                taken |= set(range(start, start + length))
        if not people and self.words.one_to_one.find(plain(title)):
            for word in text:
                if word in self._first_names:
                    people.setdefault(self._first_names[word].key, self._first_names[word])
        return Party(tuple(people.values()), from_title=bool(people or customer), customer=customer)


def _first(one: Known) -> str:
    return name_key(one.name).partition(" ")[0]
