"""Who may open what: every address of the resolver × everyone of the cast × HEAD, GET and POST.

Who may is written out by hand in access_expected.py. A new address needs: a verb on its view (``@allows``), a
line there for a new verb, and, where it is about one thing, a line in OBJECTS.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.http import Http404
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone

from drumbeat.calendars.models import Calendar, Event
from drumbeat.exchange.models import FileAtWork, Import
from drumbeat.meetings.models import (
    Meeting,
    PrivateNote,
    Rhythm,
    RoundLine,
    Seat,
    TellAlone,
    Tone,
    Topic,
)
from drumbeat.people.access import EVERYTHING, NOBODY, VERBS, condition, get_visible, may, visible
from drumbeat.people.models import Leave, Person, RoleGrant
from drumbeat.people.tests.cast import TODAY, Cast
from drumbeat.people.viewer import Viewer, viewer_of, visitor
from drumbeat.plan.models import Booking, Opportunity, Target
from drumbeat.promises.models import Promise
from drumbeat.promises.tests.make import promise
from drumbeat.recognition.models import Thanks
from drumbeat.signals.models import PutOff
from tests.access_expected import PAGES, STAFF, THINGS, VISITORS


@dataclass(frozen=True)
class Thing:
    """What stands in an address about one thing of Mira's; ``verb``, where the thing has one of its own."""

    values: Callable[[Cast], dict[str, Any]]
    verb: str = ""


def of_mira(cast: Cast) -> dict[str, Any]:
    return {"pk": cast.mira.pk}


def leave_of_mira(cast: Cast) -> dict[str, Any]:
    leave = Leave.objects.create(person=cast.mira, starts_on=TODAY, ends_on=TODAY)
    return {"pk": cast.mira.pk, "leave": leave.pk}


def role_of_dora(cast: Cast) -> dict[str, Any]:
    return {"pk": cast.dora.pk, "grant": RoleGrant.objects.get(person=cast.dora).pk}


def event_of_mira(cast: Cast) -> dict[str, Any]:
    return {"pk": miras("event.correct", cast)[1]}


def files_of_deals(cast: Cast) -> dict[str, Any]:
    now = timezone.now()
    made = {"kind": "crm", "names": ["deals.csv"], "folder": "nowhere", "made_at": now, "changed_at": now}
    return {"pk": FileAtWork.objects.create(state="failed", by=cast.elena, **made).pk}


def import_of_deals(cast: Cast) -> dict[str, Any]:
    folder = Path(settings.DATA_DIR) / "rejects"
    folder.mkdir(exist_ok=True)
    (folder / "of-deals.csv").write_text("line,reason")
    made = {"kind": "crm", "day": TODAY, "made_at": timezone.now(), "rejects_file": "of-deals.csv"}
    return {"pk": Import.objects.create(by=cast.elena, **made).pk}


def put_off_by_ana(cast: Cast) -> dict[str, Any]:
    return {
        "pk": PutOff.objects.create(person=cast.ana, about=cast.mira, key="x", word="not_now", day=TODAY).pk
    }


def meeting_of_mira(cast: Cast) -> dict[str, Any]:
    """A sealed one-to-one of Ana, who chairs it, with Mira."""
    kept = {"chair": cast.ana, "template": "one_to_one", "name": "One-to-one", "confidential": True}
    every = {"frequency": "weekly", "weekday": 0, "starts_on": TODAY, "at": "09:00", "minutes": 30}
    rhythm, _ = Rhythm.objects.get_or_create(**kept, defaults={**every, "time_zone": "Europe/Berlin"})
    rhythm.people.add(cast.mira)
    now = timezone.now()
    hours = {"day": TODAY, "starts_at": now, "ends_at": now + timedelta(minutes=30)}
    meeting, _ = Meeting.objects.get_or_create(rhythm=rhythm, slot_day=TODAY, defaults=hours)
    for person in (cast.ana, cast.mira):
        Seat.objects.get_or_create(meeting=meeting, person=person, defaults={"chairs": person == cast.ana})
    return {"pk": meeting.pk}


def rhythm_of_mira(cast: Cast) -> dict[str, Any]:
    return {"pk": Meeting.objects.get(**meeting_of_mira(cast)).rhythm_id}


def seat_of_mira(cast: Cast) -> dict[str, Any]:
    return {**meeting_of_mira(cast), "person": cast.mira.pk}


def told_by_mira(cast: Cast) -> dict[str, Any]:
    """A line of Mira's to Ana alone."""
    said = {"author": cast.mira, "chair": cast.ana, "text": "x", "said_on": TODAY}
    return {"pk": TellAlone.objects.create(meeting_id=meeting_of_mira(cast)["pk"], **said).pk}


def at_item(cast: Cast) -> dict[str, Any]:
    return {**meeting_of_mira(cast), "key": "a"}


def topic_of_mira(cast: Cast) -> dict[str, Any]:
    made = {"meeting_id": meeting_of_mira(cast)["pk"], "author": cast.mira, "made_at": timezone.now()}
    return {
        **meeting_of_mira(cast),
        "topic": Topic.objects.create(first_id=made["meeting_id"], plain="x", **made).pk,
    }


def must_win_of_mira(cast: Cast) -> dict[str, Any]:
    at = meeting_of_mira(cast)
    line, _ = RoundLine.objects.get_or_create(
        meeting_id=at["pk"], person=cast.mira, defaults={"must_win": "x", "said_at": timezone.now()}
    )
    return {**at, "line": line.pk}


def promise_of_mira(cast: Cast) -> dict[str, Any]:
    return {"pk": promise(cast.mira, cast.ana).pk}


# By the name of the address, or by its namespace.
OBJECTS = {
    "calendars:category": Thing(event_of_mira),
    "people": Thing(of_mira),
    "people:leave_removal": Thing(leave_of_mira, "leave.remove"),
    "people:role_removal": Thing(role_of_dora, "role.revoke"),
    "desk:person": Thing(of_mira),
    "meetings": Thing(meeting_of_mira),
    "meetings:part": Thing(lambda cast: {**meeting_of_mira(cast), "part": "agenda"}),
    **{
        f"meetings:{name}": Thing(at_item)
        for name in ["notes", "notes_joined", "item_running", "item_done", "item_undone", "thanks", "keep"]
    },
    "meetings:said": Thing(seat_of_mira),
    "meetings:help": Thing(seat_of_mira),
    "meetings:won": Thing(must_win_of_mira),
    "meetings:topic": Thing(topic_of_mira),
    "meetings:promise_done": Thing(
        lambda cast: {**meeting_of_mira(cast), "promise": promise_of_mira(cast)["pk"]}
    ),
    "meetings:excuse": Thing(seat_of_mira),
    "meetings:ask_again": Thing(seat_of_mira),
    "meetings:answer_alone": Thing(told_by_mira),
    "meetings:rhythm": Thing(rhythm_of_mira),
    "meetings:rhythm_change": Thing(rhythm_of_mira),
    "meetings:agenda": Thing(rhythm_of_mira),
    "meetings:pass_on": Thing(rhythm_of_mira, "rhythm.read"),
    "meetings:pass_back": Thing(rhythm_of_mira, "rhythm.read"),
    "meetings:agenda_back": Thing(lambda cast: {**rhythm_of_mira(cast), "number": 0}),
    "meetings:rhythm_pause": Thing(rhythm_of_mira),
    "meetings:rhythm_end": Thing(rhythm_of_mira),
    "meetings:rhythm_resume": Thing(rhythm_of_mira),
    "desk:put_off": Thing(lambda cast: {"key": "x", "about": cast.mira.pk, "word": "not_now"}, "person.read"),
    "desk:bring_back": Thing(put_off_by_ana, "thing.bring_back"),
    "exchange:work": Thing(files_of_deals),
    "exchange:columns": Thing(files_of_deals),
    "exchange:asking": Thing(files_of_deals),
    "exchange:bringing": Thing(files_of_deals),
    "exchange:removal": Thing(files_of_deals),
    "exchange:rejects": Thing(import_of_deals),
    "meetings:live": Thing(meeting_of_mira),
    "promises": Thing(promise_of_mira),
    "plan:rows": Thing(lambda cast: {"pk": cast.mira.pk, "what": "won"}, "figures.read"),
}
UNKNOWN = 987_654_321


class Address:
    """One pattern of the resolver."""

    def __init__(self, name: str, route: str, view: Any, takes: tuple[str, ...]) -> None:
        self.name, self.route, self.view, self.takes = name, route, view, takes
        self.verb: str = getattr(view, "verb", "")

    def __repr__(self) -> str:
        return self.name or self.route


def addresses(resolver: URLResolver | None = None, space: str = "", route: str = "") -> list[Address]:
    """Every address, included ones too."""
    found = []
    for pattern in (resolver or get_resolver()).url_patterns:
        path = route + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            found += addresses(pattern, inner, path)
        elif isinstance(pattern, URLPattern):
            takes = tuple(re.findall(r"<([\w:]+)>", path))
            found.append(Address(f"{space}{pattern.name or ''}", path, pattern.callback, takes))
    return found


ALL = addresses()
ABOUT = [each for each in ALL if any("int" in takes for takes in each.takes)]
PLAIN = [each for each in ALL if each not in ABOUT]


def test_every_url_has_a_verb():
    without = [each.route for each in ALL if each.verb not in VERBS]
    assert not without, f"Mark these views with @allows and a verb of people/access.py: {without}"


def test_every_url_has_a_name():
    assert not [each.route for each in ALL if not each.name or each.name.endswith(":")]


def test_every_verb_is_in_the_matrix():
    missing = sorted(set(VERBS) - PAGES.keys() - THINGS.keys())
    assert not missing, f"Say here who may: {missing}"
    assert not (PAGES.keys() | THINGS.keys()) - VERBS.keys(), "The matrix names verbs that no longer exist"


def test_every_address_of_a_thing_says_which():
    missing = [each.name for each in ABOUT if not _thing(each)]
    assert not missing, f"Add lines to OBJECTS for {missing}"


def _thing(address: Address) -> Thing | None:
    return OBJECTS.get(address.name) or OBJECTS.get(address.name.split(":")[0])


def answer(client: Client, method: str, url: str) -> int:
    """The status, with whatever a POST changed taken back."""
    with transaction.atomic():
        cache.clear()  # where allauth counts, and so do we: this is about access, not about hurry
        status = getattr(client, method)(url).status_code
        transaction.set_rollback(True)
    return status


@pytest.fixture
def clients(cast, on_monday) -> dict[str, Client]:
    """A client for everyone, by first name; João has no address and so no way in."""
    made = {"visitor": Client()}
    for name in (STAFF + " lou").split():
        made[name] = Client(raise_request_exception=True)
        made[name].force_login(getattr(cast, name).user)
    return made


METHODS = ("head", "get", "post")


DONE = (200, 302, 400, 405, 409, 422)  # the page, onwards, not so, not that way
WENT_NOWHERE = (404, 405)
# Pages about what was begun in the session, and pages of the demonstration: neither is here.
NOT_HERE = ("desk:look_back_", "web:demo_", "web:look_as")
REFUSED = (403, 405)
SHOWN_THE_DOOR = (302, 405)


@pytest.mark.parametrize("address", PLAIN, ids=repr)
def test_pages(address, cast, clients):
    """Open to whom the matrix says, 403 to everyone else who is signed in, the door for a visitor."""
    words = {takes.split(":")[-1]: "unknown" for takes in address.takes}
    url = reverse(address.name, kwargs=words)
    for name, client in clients.items():
        for method in METHODS:
            status = answer(client, method, url)
            if _opens(cast, name, address.verb):
                expected = (*DONE, 404, 410) if words or address.name.startswith(NOT_HERE) else DONE
            else:
                expected = SHOWN_THE_DOOR if name in VISITORS else REFUSED
            assert status in expected, f"{name} {method} {url}: {status}"


@pytest.mark.parametrize("address", ABOUT, ids=repr)
def test_things(address, cast, clients):
    """Open to whom the matrix says, 403 to whom the thing is known, 404 to everyone else; unknown ids 404."""
    thing = _thing(address)
    assert thing is not None, f"Add a line to OBJECTS for {address.name}"
    may_open, sees = (names.split() for names in THINGS[thing.verb or address.verb])
    values = thing.values(cast)
    url = reverse(address.name, kwargs=values)
    ids = {key: UNKNOWN for key, value in values.items() if isinstance(value, int)}
    nowhere = reverse(address.name, kwargs={**values, **ids})
    for name, client in clients.items():
        for method in METHODS:
            if not _opens(cast, name, address.verb):
                expected = nothing = SHOWN_THE_DOOR if name in VISITORS else REFUSED
            else:
                expected = DONE if name in may_open else REFUSED if name in sees else WENT_NOWHERE
                nothing = WENT_NOWHERE
            status = answer(client, method, url)
            assert status in expected, f"{name} {method} {url}: {status}"
            if method != "head":
                unknown = answer(client, method, nowhere)
                assert unknown in nothing, f"{name} {method} {nowhere}: {unknown}"


def _opens(cast: Cast, name: str, verb: str) -> bool:
    """Whether a view with the verb opens: by the matrix; where it is about a thing, for any thing at all."""
    if verb in PAGES:
        return name in PAGES[verb].split()
    return name not in VISITORS and may(viewer_of(getattr(cast, name), TODAY), verb)


# The table itself, without pages: every verb, everyone.


def everyone(cast: Cast) -> dict[str, Viewer]:
    found = {name: viewer_of(person, TODAY) for name, person in cast.everyone().items()}
    return {**found, "visitor": visitor(TODAY)}


def test_the_table_says_what_the_matrix_says(cast):
    for name, viewer in everyone(cast).items():
        if name == "joao":
            continue
        for verb, who in PAGES.items():
            assert (condition(viewer, verb) == EVERYTHING) == (name in who.split()), (name, verb)
            assert condition(viewer, verb) in (EVERYTHING, NOBODY), (name, verb)
        for verb, (who, _) in THINGS.items():
            things, pk = miras(verb, cast)
            assert visible(things, viewer, verb).filter(pk=pk).exists() == (name in who.split()), (name, verb)


def miras(verb: str, cast: Cast):
    """The table that a verb is about, and the id of what is Mira's in it."""

    noun = verb.split(".")[0]
    if noun == "opportunity":
        made = Opportunity.objects.get_or_create(
            key="m", defaults={"owner": cast.mira, "stage": "x", "state": "open", "first_seen_on": TODAY}
        )
    elif noun == "booking":
        made = Booking.objects.get_or_create(
            external_id="m", defaults={"owner": cast.mira, "booked_on": TODAY, "amount": 1}
        )
    elif noun == "target":
        made = Target.objects.get_or_create(
            owner=cast.mira, metric="won_amount", starts_on=TODAY, ends_on=TODAY, defaults={"value": 1}
        )
    elif noun in ("calendar", "event"):
        made = Calendar.objects.get_or_create(owner=cast.mira)
        if noun == "event":
            moment = {"starts_at": timezone.now(), "ends_at": timezone.now(), "day": TODAY}
            made = Event.objects.get_or_create(calendar=made[0], uid="m", defaults=moment)
    elif noun == "promise":
        return Promise.objects.all(), promise_of_mira(cast)["pk"]
    elif noun == "thanks":
        thanked = {"giver": cast.ana, "receiver": cast.mira, "given_on": TODAY}
        made = Thanks.objects.get_or_create(**thanked, defaults={"sealed": "for the note"})
    elif noun == "tone":
        made = Tone.objects.get_or_create(leader=cast.ana, week=TODAY, defaults={"text": "Listen longer."})
    elif noun in ("rhythm", "meeting"):
        pk = (rhythm_of_mira if noun == "rhythm" else meeting_of_mira)(cast)["pk"]
        return (Rhythm if noun == "rhythm" else Meeting).objects.all(), pk
    elif noun == "told_alone":
        return TellAlone.objects.all(), told_by_mira(cast)["pk"]
    elif noun == "private_note":
        at = {"meeting_id": meeting_of_mira(cast)["pk"], "author": cast.mira}
        made = PrivateNote.objects.get_or_create(**at, defaults={"text": "x", "changed_at": timezone.now()})
    elif verb == "leave.remove":
        made = Leave.objects.get_or_create(person=cast.mira, starts_on=TODAY, ends_on=TODAY)
    elif verb == "import.work":
        return FileAtWork.objects.all(), files_of_deals(cast)["pk"]
    elif verb == "import.read":
        return Import.objects.all(), import_of_deals(cast)["pk"]
    elif verb == "thing.bring_back":
        return PutOff.objects.all(), put_off_by_ana(cast)["pk"]
    elif verb == "role.revoke":
        return RoleGrant.objects.all(), RoleGrant.objects.get(person=cast.dora).pk
    else:
        return Person.objects.all(), cast.mira.pk
    return type(made[0]).objects.all(), made[0].pk


class Asked:
    """As much of a request as get_visible asks about."""

    def __init__(self, viewer: Viewer) -> None:
        self.viewer = viewer


def test_list_and_object_agree(cast):
    """One rule as predicate and as query, on the same records: every verb, every viewer, every person."""
    verbs = [verb for verb in THINGS if miras(verb, cast)[0].model is Person]
    for name, viewer in everyone(cast).items():
        for verb in verbs:
            listed = set(visible(Person.objects.all(), viewer, verb).values_list("pk", flat=True))
            seen = set(
                visible(Person.objects.all(), viewer, VERBS[verb].sees or verb).values_list("pk", flat=True)
            )
            for person in cast.everyone().values():
                try:
                    get_visible(Person.objects.all(), Asked(viewer), verb, pk=person.pk)
                    got = "it"
                except PermissionDenied:
                    got = "403"
                except Http404:
                    got = "404"
                expected = "it" if person.pk in listed else "403" if person.pk in seen else "404"
                assert got == expected, (name, verb, person.name)


def test_what_is_allowed_is_seen(cast):
    """Nobody may do something to what they may not see."""
    for name, viewer in everyone(cast).items():
        for verb, line in VERBS.items():
            if line.sees:
                things, _ = miras(verb, cast)
                allowed = set(visible(things, viewer, verb).values_list("pk", flat=True))
                assert allowed <= set(visible(things, viewer, line.sees).values_list("pk", flat=True)), (
                    name,
                    verb,
                )


def test_a_new_role_sees_nothing_until_the_table_says_so(cast):
    """Somebody with a role that no rule names may do what a stranger may, and not a thing more."""
    stranger = viewer_of(cast.stella, TODAY)
    auditor = replace(stranger, grants=(("auditor", cast.elena.pk), ("auditor", None)))
    for verb in VERBS:
        assert plainly(condition(auditor, verb)) == plainly(condition(stranger, verb)), verb


def plainly(found: Q) -> list[Any]:
    """A condition with its subqueries as SQL: two query sets are never equal, whatever they ask."""
    children = [
        plainly(each) if isinstance(each, Q) else (each[0], str(getattr(each[1], "query", each[1])))
        for each in found.children
    ]
    return [found.connector, found.negated, *children]


def test_a_role_that_has_ended_or_not_begun_opens_nothing(cast):
    grant = RoleGrant.objects.get(person=cast.adam)
    grant.starts_on, grant.ends_on = TODAY.replace(day=1), TODAY
    grant.save()
    assert not may(viewer_of(cast.adam, TODAY), "settings.read")
    grant.starts_on, grant.ends_on = TODAY.replace(day=30), TODAY.replace(month=12)
    grant.save()
    assert not may(viewer_of(cast.adam, TODAY), "settings.read")


@pytest.mark.django_db
def test_before_the_first_account_a_visitor_may_look_back():
    first = visitor(TODAY, first_run=True)
    opened = {verb for verb in VERBS if may(first, verb)}
    assert opened == {verb for verb, who in PAGES.items() if "visitor" in who.split()} | {
        "look_back.use",
        "look_back.keep",
    }


def test_the_docs_name_every_verb_and_no_other():
    text = (Path(__file__).resolve().parents[1] / "docs" / "access.md").read_text(encoding="utf-8")
    named = re.findall(r"^\| `([a-z_.]+)` \|", text, re.MULTILINE)
    assert sorted(named) == sorted(VERBS), "docs/access.md and people/access.py differ"
    for path in re.findall(r"`((?:drumbeat|tests)/[\w/.]+)`", text):
        assert (Path(__file__).resolve().parents[1] / path).is_file(), path


def test_the_administrator_sees_imports_of_people_and_of_nothing_else(cast):
    made = {"day": TODAY, "made_at": timezone.now(), "file_names": ["x.csv"]}
    for kind in ("people", "crm", "targets"):
        Import.objects.create(kind=kind, by=cast.elena, **made)
    seen = visible(Import.objects.all(), viewer_of(cast.adam, TODAY), "import.read")
    assert [one.kind for one in seen] == ["people"]
