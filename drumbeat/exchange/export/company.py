"""What the company keeps about a person: facts, lines, figures, the own calendar, the journal."""

from typing import Any

from django.db.models import Q

from drumbeat.calendars.models import Calendar, Event, LearnedCategory
from drumbeat.exchange.export.part import Part, part
from drumbeat.exchange.models import FileAtWork, Import
from drumbeat.journal.models import Entry
from drumbeat.journal.queries import all_openings_about
from drumbeat.people.models import (
    FOR_EVER,
    SINCE_EVER,
    Beat,
    Leave,
    Person,
    ReportingLine,
    RoleGrant,
    SignInLink,
    User,
)
from drumbeat.people.words import deed
from drumbeat.plan.models import Booking, Opportunity, OpportunityChange, Target
from drumbeat.signals.models import PutOff

FACTS = (
    *("name", "email", "external_id", "title", "team", "time_zone", "country", "region"),
    *("started_on", "left_on"),
)


def parts(person: Person) -> list[Part]:
    """Everything below the meetings, each part whether it has rows or not."""
    return [*_person(person), *_plan(person), *_calendar(person), *_doings(person)]


def _person(person: Person) -> list[Part]:
    facts: dict[str, Any] = {name: getattr(person, name) for name in FACTS}
    account, beat = User.objects.filter(person=person).first(), Beat.objects.filter(leader=person).first()
    if account is not None:
        facts |= {"signs_in_as": account.email, "last_sign_in": account.last_login}
    if beat is not None:
        facts |= {
            "days_between_one_to_ones": beat.one_to_one_days,
            "huddle_weekday": beat.huddle_weekday,
        }
    lines = ReportingLine.objects.filter(member=person).select_related("leader").order_by("starts_on")
    led = ReportingLine.objects.filter(leader=person).select_related("member").order_by("starts_on", "pk")
    roles = RoleGrant.objects.filter(Q(person=person) | Q(for_person=person))
    links = SignInLink.objects.filter(person=person).order_by("made_at")
    return [
        part("person", "Facts", [facts]),
        part("lines", "Reports to", [{"leader": one.leader.name, **_span(one)} for one in lines]),
        part("led", "Leads", [{"member": one.member.name, **_span(one)} for one in led]),
        part(
            "leaves",
            "Days away",
            Leave.objects.filter(person=person).order_by("starts_on").values("starts_on", "ends_on"),
        ),
        part(
            "roles",
            "Roles",
            [
                {
                    "who": one.person.name,
                    "role": one.get_role_display(),
                    "for": one.for_person.name if one.for_person else None,
                    **_span(one),
                }
                for one in roles.select_related("person", "for_person").order_by("starts_on", "pk")
            ],
        ),
        part("links", "Sign-in links", links.values("kind", "made_at", "expires_at", "used_at")),
    ]


def _span(one: Any) -> dict[str, Any]:
    """From when until when (excluded); nothing where it has no beginning or end."""
    return {
        "from": None if one.starts_on == SINCE_EVER else one.starts_on,
        "until": None if one.ends_on == FOR_EVER else one.ends_on,
    }


def _plan(person: Person) -> list[Part]:
    deals = Opportunity.objects.filter(owner=person).order_by("created_on", "pk")
    history = OpportunityChange.objects.filter(owner=person).order_by("until_on", "pk")
    booked = Booking.objects.filter(owner=person).order_by("booked_on", "pk")
    targets = Target.objects.filter(owner=person).order_by("starts_on", "pk")
    deal = ("stage", "state", "close_on", "amount")
    return [
        part(
            "deals",
            "Deals",
            deals.values("external_id", "name", "account__name", *deal, "forecast_category", "created_on"),
        ),
        part(
            "deal_history", "Earlier states of deals", history.values("opportunity__name", "until_on", *deal)
        ),
        part(
            "bookings",
            "Orders",
            booked.values("external_id", "account__name", "booked_on", "amount", "margin"),
        ),
        part("targets", "Targets", targets.values("metric", "starts_on", "ends_on", "value")),
    ]


def _calendar(person: Person) -> list[Part]:
    kept = Calendar.objects.filter(owner=person).first()
    rows: list[dict[str, Any]] = []
    if kept is not None:
        events = Event.objects.filter(calendar=kept).order_by("starts_at").prefetch_related("people__person")
        rows = [_event(one) for one in events.iterator(chunk_size=2000)]
    lessons = LearnedCategory.objects.filter(owner=person).order_by("pk")
    return [
        part("calendar", "The own calendar", rows),
        part(
            "calendar_lessons",
            "What corrections of the calendar taught",
            [{"kind": one.kind, "value": one.word or one.value, "category": one.category} for one in lessons],
        ),
    ]


def _event(one: Event) -> dict[str, Any]:
    told = {"title": one.title, "place": one.place, "link": one.link}
    return {
        "starts_at": one.starts_at,
        "ends_at": one.ends_at,
        "status": one.status,
        "minutes": one.minutes,
        "category": one.category or None,
        "why": one.reason or None,
        "people": [each.person.name for each in one.people.all()],
        "outside": one.outside_domains,
        **{name: value for name, value in told.items() if value},
    }


def _doings(person: Person) -> list[Part]:
    put_off = PutOff.objects.filter(person=person).select_related("about").order_by("day", "pk")
    imports = Import.objects.filter(by=person).values("day", "kind", "file_names", "source")
    at_work = FileAtWork.objects.filter(by=person).values("made_at", "kind", "names", "state")
    about = Q(object_kind="person", object_id=person.pk) | Q(actor_id=person.pk)
    lines = Entry.objects.filter(about).order_by("at", "pk").iterator()
    return [
        part("put_off", "Things put off", [put_off_row(one) for one in put_off]),
        part("imports", "Files brought in", [*imports, *at_work]),
        part(
            "journal",
            "What was done about you and by you",
            [
                {
                    "at": one.at,
                    "what": f"{one.actor_name} {deed(one.verb, one.object_name, one.actor_name)}",
                    "details": one.details or None,
                }
                for one in lines
            ],
        ),
        part(
            "openings",
            "Who opened what you wrote in confidence, or what was written about you",
            [
                {"day": one.day, "who": one.viewer_name, "what": one.object_name}
                for one in all_openings_about(person.pk)
            ],
        ),
    ]


def put_off_row(one: PutOff) -> dict[str, Any]:
    """A thing put off: which, about whom, with which word."""
    about = one.about.name if one.about else None
    return {"day": one.day, "thing": one.key, "about": about, "word": one.get_word_display()}
