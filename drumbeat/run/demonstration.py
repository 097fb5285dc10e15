"""The demonstration company in an instance of its own: made once, with sign-ins whose passwords are its own.

What was made is written beside the database (``demonstration.json``), so that a second start finds it and a
load that was broken off is begun anew. The instance lives on the day it was made for: its deals, targets and
calendar fit together on that day.
"""

import secrets
import sys
from dataclasses import asdict, dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from django.utils import timezone

from drumbeat.core.refusal import Refused
from drumbeat.journal.record import SYSTEM
from drumbeat.people.models import Person, RoleGrant, SignInLink, User
from drumbeat.run import demo_file

# Words that are easy to read aloud and to type; four of them and two digits are 10^9 possibilities.
_WORDS = """
amber anchor apple april autumn barley basket beacon birch bridge bronze button candle canyon cedar
cellar cherry circle clover cobalt copper coral cotton crane cricket dahlia daisy delta ember engine
falcon feather field flint forest fossil garden ginger glacier granite hammer harbor harvest hazel
heron island ivory jasper juniper kettle ladder lantern lemon linen lobby maple marble market meadow
melon mirror moon nickel ocean olive orbit orchard oyster paper pebble pepper pilot pine planet plum
pocket poplar quartz quill rabbit raven ribbon river rocket saddle sailor salt sandal silver spruce
stone summer thistle timber tulip tunnel velvet violet walnut willow window winter zinc
"""


class OtherInstance(Refused):
    """The data directory is not the demonstration's."""


@dataclass(frozen=True)
class Member:
    """Somebody of the cast, with the sign-in made for this instance."""

    role: str
    name: str
    email: str
    password: str


@dataclass(frozen=True)
class Demonstration:
    """The day that it lives on, and its cast."""

    day: date
    cast: tuple[Member, ...]

    @property
    def environment(self) -> dict[str, str]:
        """What its processes need to know."""
        return {
            "DRUMBEAT_DEMO": "1",
            "DRUMBEAT_AS_OF": self.day.isoformat(),
            "DRUMBEAT_DEMO_CAST": ",".join(f"{member.role}={member.email}" for member in self.cast),
        }


def ready(data: Path, today: date) -> Demonstration:
    """The demonstration of the instance, made now where it is not there. Raises OtherInstance."""
    known = demo_file.state(data)
    if known.get("state") == demo_file.READY:
        return _known(known)
    if not known and Person.objects.exists():
        raise OtherInstance(
            f"{data} holds people who are not of the demonstration; give another --data-dir, or leave it out."
        )
    demo_file.write(data, {"state": demo_file.LOADING, "day": today.isoformat()})
    made = _load(data, today)
    cast = [asdict(member) for member in made.cast]
    demo_file.write(data, {"state": demo_file.READY, "day": today.isoformat(), "cast": cast})
    return made


def _known(known: dict[str, Any]) -> Demonstration:
    return Demonstration(date.fromisoformat(known["day"]), tuple(Member(**each) for each in known["cast"]))


def _load(data: Path, today: date) -> Demonstration:
    from drumbeat.calendars.intake import bring_in
    from drumbeat.run.generate.bring import bring
    from drumbeat.run.generate.company import (
        DEFAULT_OPPORTUNITIES,
        DEFAULT_PEOPLE,
        DEFAULT_SEED,
        DEFAULT_WEEKS,
        company,
        write_calendar,
    )
    from drumbeat.run.generate.rooms import lay_rooms

    print("Making the demonstration company (once)", file=sys.stderr)
    made = company(DEFAULT_PEOPLE, DEFAULT_OPPORTUNITIES, DEFAULT_WEEKS, DEFAULT_SEED, today=today)
    bring(made, data)
    who = made.cast
    executive = Person.objects.get(email=who.executive)
    calendar = write_calendar(made, data / "made")
    bring_in(actor=executive, today=today, at=timezone.now(), owner=executive, source=calendar, titles=True)
    # A calendar is not kept once it has been read.
    calendar.unlink()
    lay_rooms(made, today=today, now=datetime.combine(today, time(7), ZoneInfo(executive.time_zone)))
    roles = {
        "executive": who.executive,
        "manager": who.manager,
        "rep": who.rep,
        "administrator": who.administrator,
        "HR partner": who.hr,
    }
    cast = tuple(_sign_in(role, email, today) for role, email in roles.items() if email)
    _grant(who.administrator, RoleGrant.ADMINISTRATOR, None, today)
    _grant(who.hr, RoleGrant.HR, executive, today)
    return Demonstration(today, cast)


def _sign_in(role: str, email: str, today: date) -> Member:
    from drumbeat.people.actions.accounts import accept_invitation, use_reset
    from drumbeat.people.actions.links import invite, reset
    from drumbeat.people.links import hashed

    person, now = Person.objects.get(email=email), timezone.now()
    # A load that was broken off on PostgreSQL goes on where it was.
    there = User.objects.filter(person=person).exists()
    token = (reset if there else invite)(actor=SYSTEM, today=today, now=now, person=person)
    link = SignInLink.objects.get(token_hash=hashed(token))
    password = "-".join(secrets.choice(_WORDS.split()) for _ in range(4)) + f"-{secrets.randbelow(90) + 10}"
    (use_reset if there else accept_invitation)(
        actor=person, today=today, now=now, link=link, password=password
    )
    return Member(role, person.name, email, password)


def _grant(email: str, role: str, for_person: Person | None, today: date) -> None:
    from drumbeat.people.actions.roles import grant_role

    person = Person.objects.filter(email=email).first()
    if person is not None and not RoleGrant.objects.filter(person=person, role=role).exists():
        grant_role(actor=SYSTEM, today=today, person=person, role=role, for_person=for_person)
