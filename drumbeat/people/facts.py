"""What is written down about a person, checked and put into one form before it is kept."""

import re
import zoneinfo
from dataclasses import dataclass, fields
from datetime import date
from functools import cache

import holidays

from drumbeat.core.names import name_key
from drumbeat.core.refusal import Refused
from drumbeat.people.models import Person


class NoName(Refused):
    """A person without a name."""


class TooLong(Refused):
    """A text longer than its column."""


class NotAnAddress(Refused):
    """Something that is no e-mail address."""


class UnknownTimeZone(Refused):
    """A time zone that the tz database does not name."""


class UnknownPlace(Refused):
    """A country or a region that nobody knows holidays of."""


@dataclass(frozen=True)
class Facts:
    """A person's facts as they stand in a form or a file. Empty texts are unknown."""

    name: str
    email: str | None = None
    external_id: str | None = None
    title: str = ""
    team: str = ""
    time_zone: str = "UTC"
    country: str = ""
    region: str = ""
    started_on: date | None = None

    @classmethod
    def of(cls, person: Person) -> "Facts":
        """The facts that are kept about a person now; change some with ``dataclasses.replace``."""
        return cls(*(getattr(person, field.name) for field in fields(cls)))


LIMITS = {"name": 200, "email": 254, "external_id": 200, "title": 200, "team": 200}
NAMES = {"name": "name", "email": "e-mail address", "external_id": "id", "title": "title", "team": "team"}
ADDRESS = re.compile(r"[^\s@<>,;:\"()\[\]\\]+@[^\s@<>,;:\"()\[\]\\.]+(\.[^\s@<>,;:\"()\[\]\\.]+)+")


def checked(facts: Facts) -> Facts:
    """The facts in the form in which they are kept: trimmed, addresses in lower case, codes in capitals.

    Raises NoName, TooLong, NotAnAddress, UnknownTimeZone or UnknownPlace.
    """
    texts = {name: _plain(getattr(facts, name) or "") for name in LIMITS}
    if not texts["name"]:
        raise NoName("The person has no name; write one.")
    for name, limit in LIMITS.items():
        if len(texts[name]) > limit or (name == "name" and len(name_key(texts[name])) > limit):
            raise TooLong(
                f"The {NAMES[name]} of {texts['name'][:60]} is longer than {limit} characters; shorten it."
            )
    email = texts["email"].lower()
    if email and not ADDRESS.fullmatch(email):
        raise NotAnAddress(f"“{email[:80]}” is not an e-mail address; write one like ana@company.com.")
    zone = _plain(facts.time_zone) or "UTC"
    if zone not in time_zones():
        raise UnknownTimeZone(f"“{zone[:60]}” is not a time zone; write one like Europe/Berlin.")
    country, region = _place(_plain(facts.country).upper(), _plain(facts.region))
    return Facts(
        name=texts["name"],
        email=email or None,
        external_id=texts["external_id"] or None,
        title=texts["title"],
        team=texts["team"],
        time_zone=zone,
        country=country,
        region=region,
        started_on=facts.started_on,
    )


@cache
def time_zones() -> frozenset[str]:
    """Every time zone by its name."""
    return frozenset(zoneinfo.available_timezones())


@cache
def countries() -> dict[str, list[str]]:
    """Every country whose public holidays are known, with the codes of its regions."""
    return holidays.list_supported_countries(include_aliases=True)


def _place(country: str, region: str) -> tuple[str, str]:
    if not country:
        if region:
            raise UnknownPlace(f"The region {region[:20]} stands without its country; write both.")
        return "", ""
    if country not in countries():
        raise UnknownPlace(
            f"“{country[:20]}” is not a country that we know holidays of; write a code like DE."
        )
    codes = {code.upper(): code for code in countries()[country]}
    if region and region.upper() not in codes:
        some = ", ".join(list(codes.values())[:6])
        ending = f"write one like {some}." if some else "leave it empty."
        raise UnknownPlace(f"“{region[:20]}” is not a region of {country}; {ending}")
    return country, codes.get(region.upper(), "")


def _plain(text: str) -> str:
    """The text on one line, without signs that do not print (a NUL alone fails on PostgreSQL)."""
    return " ".join("".join(sign if sign.isprintable() else " " for sign in text).split())
