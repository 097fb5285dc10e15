"""What this instance is set to, who holds a role, which jobs wait: for the administrator. Never content."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.models import Count, Max, Q
from django.urls import NoReverseMatch, reverse
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from drumbeat.exchange.models import CompanyFact, SavedMapping
from drumbeat.people.models import Person, RoleGrant

MOST_GRANTS = 60


@dataclass(frozen=True)
class Setting:
    """One thing that can be set: what it is now, what that means, and the variable that sets it."""

    name: str
    value: str
    meaning: str
    variable: str


@dataclass(frozen=True)
class Jobs:
    """Work of the worker by state; ``failed_at`` is when the last one failed."""

    waiting: int
    running: int
    failed: int
    failed_at: datetime | None


@dataclass(frozen=True)
class Grant:
    """A role that somebody holds now."""

    person: str
    words: str
    url: str


@dataclass(frozen=True)
class Instance:
    """Everything on the page Settings."""

    settings: list[Setting]
    jobs: Jobs
    grants: list[Grant]
    mappings: list[SavedMapping]
    people: int
    sign_ins: int
    currency: str
    links: list[tuple[str, str, str]]


def instance(today: date) -> Instance:
    """What is set and what is at work; five statements."""
    counted = Person.objects.employed_on(today).aggregate(all=Count("pk"), able=Count("user"))
    return Instance(
        settings=_settings(),
        jobs=_jobs(),
        grants=_grants(today),
        mappings=list(SavedMapping.objects.order_by("name")),
        people=counted["all"],
        sign_ins=counted["able"],
        currency=CompanyFact.objects.filter(pk=CompanyFact.CURRENCY).values_list("value", flat=True).first()
        or "",
        links=_links(),
    )


def _settings() -> list[Setting]:
    """Only what is real: each line is a setting that this version reads."""
    postgres = connection.vendor == "postgresql"
    hosts = ", ".join(settings.ALLOWED_HOSTS)
    found = [
        Setting(
            "Mail",
            f"sent by {settings.EMAIL_HOST}" if settings.MAIL_IS_SET else "not set",
            "Invitations and resets go out by mail."
            if settings.MAIL_IS_SET
            else "Invitations and resets are links that you copy.",
            "EMAIL_URL",
        ),
        Setting(
            "Calendar addresses inside your own network",
            "allowed" if settings.DRUMBEAT_PRIVATE_CALENDARS else "refused",
            "The worker reads calendars from servers of your network."
            if settings.DRUMBEAT_PRIVATE_CALENDARS
            else "The worker reads calendars from public addresses only.",
            "DRUMBEAT_PRIVATE_CALENDARS",
        ),
        Setting(
            "Database",
            "PostgreSQL" if postgres else "SQLite, one file",
            "Several machines can share it."
            if postgres
            else "Right for one machine; nothing else to look after.",
            "DATABASE_URL",
        ),
        Setting(
            "Data folder",
            Path(settings.DATA_DIR).name,
            "Holds the keys, uploads and the inbox" + ("." if postgres else ", and the database."),
            "DRUMBEAT_DATA",
        ),
        Setting(
            "Answers at",
            "any name" if hosts == "*" else hosts,
            "Cookies travel over HTTPS only."
            if settings.SESSION_COOKIE_SECURE
            else "Cookies travel over plain HTTP too.",
            "DRUMBEAT_HOSTS, DRUMBEAT_HTTPS",
        ),
        Setting(
            "Largest file",
            f"{settings.DRUMBEAT_MAX_UPLOAD_MB:,} MB",
            "Larger ones are refused.",
            "DRUMBEAT_MAX_UPLOAD_MB",
        ),
    ]
    if settings.DRUMBEAT_AS_OF:
        found.append(
            Setting(
                "Today", settings.DRUMBEAT_AS_OF, "Every page takes this day for today.", "DRUMBEAT_AS_OF"
            )
        )
    return found


def _jobs() -> Jobs:
    counted = DBTaskResult.objects.order_by().aggregate(
        waiting=Count("pk", filter=Q(status=TaskResultStatus.READY)),
        running=Count("pk", filter=Q(status=TaskResultStatus.RUNNING)),
        failed=Count("pk", filter=Q(status=TaskResultStatus.FAILED)),
        failed_at=Max("finished_at", filter=Q(status=TaskResultStatus.FAILED)),
    )
    return Jobs(**counted)


def _grants(today: date) -> list[Grant]:
    held = (
        RoleGrant.objects.filter(starts_on__lte=today, ends_on__gt=today)
        .select_related("person", "for_person")
        .order_by("person__name_key", "role", "pk")[:MOST_GRANTS]
    )
    return [
        Grant(
            one.person.name,
            one.get_role_display() + (f" for {one.for_person.name}" if one.for_person else ""),
            _address("people:roles", one.person_id),
        )
        for one in held
    ]


def _links() -> list[tuple[str, str, str]]:
    """(words, what stands there, address), for pages that exist."""
    places = [
        ("People", "names, reporting lines, days away, roles, invitations", "people:list"),
        ("Imports", "what was brought in, and what was rejected", "exchange:imports"),
        ("Templates", "what each kind of meeting is for, and its agenda", "meetings:templates"),
        ("Journal", "who did what, and when", "people:journal"),
    ]
    return [(words, what, url) for words, what, name in places if (url := _address(name))]


def _address(name: str, *values: int) -> str:
    try:
        return reverse(name, args=values)
    except NoReverseMatch:
        return ""
