"""The values that calendar rules speak in. Pure."""

from dataclasses import dataclass
from datetime import date, datetime

CONFIRMED, TENTATIVE, CANCELLED, FELL_OUT = "confirmed", "tentative", "cancelled", "fell_out"
ACCEPTED, DECLINED, UNANSWERED = "accepted", "declined", ""


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody who is asked to an event; address lower-case and without ``mailto:``, either may be empty."""

    address: str = ""
    name: str = ""
    response: str = UNANSWERED  # accepted, declined, tentative, or empty

    @property
    def domain(self) -> str:
        """The mail domain, empty without an address."""
        return self.address.rpartition("@")[2] if "@" in self.address else ""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One event, or one occurrence of a repeating one.

    ``recurrence_id`` is the slot that the rule gave it (UTC, ISO), empty for a single event; it stays when
    the occurrence moves. ``starts_at`` and ``ends_at`` are aware UTC; an all-day event runs from midnight to
    midnight in the owner's zone. ``local_day`` and ``slot_day`` are days in the owner's zone.
    ``status`` is ``fell_out`` for a slot that the rule gives and the calendar leaves out (EXDATE).
    """

    uid: str
    recurrence_id: str
    rule: str
    starts_at: datetime
    ends_at: datetime
    all_day: bool
    local_day: date
    slot_day: date
    time_zone: str
    status: str
    title: str
    place: str = ""
    link: str = ""
    organizer: Attendee | None = None
    attendees: tuple[Attendee, ...] = ()
    free: bool = False  # shown as free: transparent
    private: bool = False
    out_of_office: bool = False

    @property
    def key(self) -> tuple[str, str]:
        """What tells this occurrence from every other of the same calendar."""
        return self.uid, self.recurrence_id

    @property
    def minutes(self) -> int:
        """Length in whole minutes."""
        return int((self.ends_at - self.starts_at).total_seconds() // 60)

    @property
    def people(self) -> tuple[Attendee, ...]:
        """Attendees and the organiser, each once."""
        if self.organizer is None:
            return self.attendees
        for one in self.attendees:
            if one.address and one.address == self.organizer.address:
                return self.attendees
        return (*self.attendees, self.organizer)

    def response_of(self, address: str) -> str:
        """What the person with that address answered; empty when not asked or not answered."""
        for one in self.attendees:
            if address and one.address == address.lower():
                return one.response
        return UNANSWERED


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a calendar file is read at most."""

    file_bytes: int = 50 * 1024 * 1024
    per_series: int = 2_000  # occurrences of one repeating event within the window
    occurrences: int = 20_000  # occurrences of the whole file within the window
    steps: int = 200_000  # days that one rule may step through
    all_steps: int = 4_000_000


@dataclass(frozen=True, slots=True)
class ReadCalendar:
    """What one calendar file says between two days.

    ``left_out`` holds the slots that a rule gives and the file excludes. ``covers_from`` is the first day
    of any timed event in the file, also before the window; None for an empty calendar. ``unreadable`` counts
    events that could not be read. ``notes`` are sentences for the person who brought the file.
    """

    occurrences: tuple[Occurrence, ...]
    left_out: tuple[Occurrence, ...]
    owner_address: str
    time_zone: str
    covers_from: date | None
    covers_to: date | None
    events: int
    unreadable: int = 0
    too_many: int = 0  # repeating events left out because they repeat without end or measure
    truncated: bool = False
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """A person whom the company knows; ``key`` is whatever the caller tells persons apart by."""

    key: str
    name: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Circle:
    """Who is who around the owner of a calendar.

    ``reports`` are the owner's direct reports (for an executive: the managers). ``below`` pairs each person
    further down with the key of the direct report above. ``colleagues`` are other known persons.
    Domains are lower-case. ``customer_names`` are account names, compared as ``name_key``.
    """

    owner: Known
    reports: tuple[Known, ...] = ()
    below: tuple[tuple[Known, str], ...] = ()
    colleagues: tuple[Known, ...] = ()
    own_domains: frozenset[str] = frozenset()
    customers: frozenset[str] = frozenset()
    suppliers: frozenset[str] = frozenset()
    other: frozenset[str] = frozenset()
    customer_names: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Learned:
    """A correction that the owner made: ``kind`` is ``series``, ``domain`` or ``word``."""

    kind: str
    value: str
    category: str
