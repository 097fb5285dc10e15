"""A real room for real servers: made in an instance, listened to over HTTP."""

import http.client
import json
import time
from urllib.parse import urlsplit

# Ana chairs, Mira sits with her, Stella is a stranger. Prints the meeting's id and each one's cookie.
MAKE = """
import json
from datetime import date, time, timedelta
from django.conf import settings
from django.test import Client
from django.utils import timezone
from drumbeat.meetings.models import Meeting, Rhythm, Seat
from drumbeat.people.models import Person, User

cookies = {}
people = {}
for name in ("ana", "mira", "stella"):
    people[name] = Person.objects.create(name=name.title(), email=f"{name}@rooms.example", time_zone="UTC")
    client = Client()
    client.force_login(User.objects.create_user(f"{name}@rooms.example", None, person=people[name]))
    kept = client.cookies[settings.SESSION_COOKIE_NAME]
    cookies[name] = f"{kept.key}={kept.value}"
rhythm = Rhythm.objects.create(
    template="TEMPLATE", name="A room", chair=people["ana"], confidential=SEALED, frequency="weekly",
    weekday=0, starts_on=date.today(), at=time(9), time_zone="UTC", minutes=30,
)
rhythm.people.add(people["mira"])
now = timezone.now()
meeting = Meeting.objects.create(
    rhythm=rhythm, slot_day=now.date(), day=now.date(), starts_at=now, ends_at=now + timedelta(minutes=30)
)
for name in ("ana", "mira"):
    Seat.objects.create(meeting=meeting, person=people[name], chairs=name == "ana")
print(json.dumps({"meeting": meeting.pk, "cookies": cookies}))
"""
TELL = """
from django.db import transaction
from drumbeat.meetings.models import Meeting
from drumbeat.meetings.telling import tell
with transaction.atomic():
    tell(Meeting.objects.get(pk={meeting}), *{parts!r})
"""


def make_room(instance, *, sealed=True, template="one_to_one") -> dict:
    """The meeting's id and the cookies of ana, mira and stella."""
    text = MAKE.replace("SEALED", str(sealed)).replace("TEMPLATE", template)
    return json.loads(instance.django(text))


class Listening:
    """An open stream; ``wait_for_part`` reads on until a part is told."""

    def __init__(self, address: str, meeting: int, cookie: str, **headers: str) -> None:
        self.connection = http.client.HTTPConnection(urlsplit(address).netloc, timeout=20)
        given = {"Cookie": cookie, **{name.replace("_", "-"): value for name, value in headers.items()}}
        self.connection.request("GET", f"/meetings/{meeting}/live/", headers=given)
        self.answer = self.connection.getresponse()
        self.status = self.answer.status
        self.heard = b""
        self.last = ""

    def events(self, until=lambda data: True, seconds: float = 15.0) -> list[dict]:
        """The events up to the one that ``until`` accepts; fails where it does not come."""
        found, end = [], time.monotonic() + seconds
        while time.monotonic() < end:
            line = self.answer.readline()
            if not line:
                raise AssertionError(f"the stream ended after {self.heard!r}")
            self.heard += line
            if line.startswith(b"id: "):
                self.last = line[4:].strip().decode()
            if line.startswith(b"data: {"):
                found.append(json.loads(line[6:]))
                if until(found[-1]):
                    return found
        raise AssertionError(f"it was not told, only {self.heard!r}")

    def wait_for_part(self, part: str, seconds: float = 15.0) -> list[dict]:
        return self.events(lambda data: data.get("part") == part, seconds)

    def wait_for_id(self) -> str:
        """Read on until the stream has said how new it is."""
        while not self.last:
            self.heard += (line := self.answer.readline())
            if line.startswith(b"id: "):
                self.last = line[4:].strip().decode()
        return self.last

    def ends(self) -> bool:
        """Whether the server ends the stream; waits for it."""
        try:
            return self.answer.read() is not None
        except http.client.IncompleteRead:
            return True

    def close(self) -> None:
        self.connection.close()
