"""The one table of every permission: verb → rule.

A rule takes a viewer and gives a condition (``Q``) over the object's own table. The same condition filters
lists (``visible``), fetches one object (``get_visible``) and guards pages (``@allows``), so list and object
can never disagree. Closed by default: what no line names is refused, and ``NOBODY`` is the answer of every
rule that does not apply. The matrix of docs/access.md is the specification; tests check every URL × role.
"""

import functools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

from django.apps import apps
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q, QuerySet
from django.http import Http404, HttpResponse

from drumbeat.people.http import Request
from drumbeat.people.models import Reach, RoleGrant
from drumbeat.people.viewer import Viewer

EVERYTHING = Q()
NOBODY = Q(pk__in=[])
Rule = Callable[[Viewer], Q]


@dataclass(frozen=True)
class Verb:
    """What one verb allows, and which verb says that the object may be seen at all (404 or 403)."""

    rule: Rule
    sees: str = ""


def nobody(viewer: Viewer) -> Q:
    return NOBODY


def anyone(viewer: Viewer) -> Q:
    """Even a visitor: sign-in, health, error pages."""
    return EVERYTHING


def signed_in(viewer: Viewer) -> Q:
    return EVERYTHING if viewer.signed_in else NOBODY


def first_run(viewer: Viewer) -> Q:
    """A visitor, until an account exists."""
    return EVERYTHING if viewer.first_run else NOBODY


def administrator(viewer: Viewer) -> Q:
    return EVERYTHING if viewer.is_administrator else NOBODY


def leader(viewer: Viewer) -> Q:
    return EVERYTHING if viewer.leads else NOBODY


def top(viewer: Viewer) -> Q:
    """The executive at the top."""
    return EVERYTHING if viewer.is_top else NOBODY


def delegate(viewer: Viewer) -> Q:
    return EVERYTHING if viewer.serves(RoleGrant.DELEGATE) else NOBODY


def delegate_of_top(viewer: Viewer) -> Q:
    """A delegate whose leader served is led by nobody."""
    served = viewer.serves(RoleGrant.DELEGATE)
    if not served:
        return NOBODY
    led = set(Reach.objects.on(viewer.today).filter(member_id__in=served).values_list("member_id", flat=True))
    return EVERYTHING if set(served) - led else NOBODY


def brought(viewer: Viewer) -> Q:
    """Imports and files on their way: all for the top and its delegate, people for administrators."""
    if EVERYTHING in (top(viewer), delegate_of_top(viewer)):
        return EVERYTHING
    return Q(kind="people") | Q(by=viewer.pk) if viewer.is_administrator else NOBODY


def own(path: str) -> Rule:
    """What the viewer is at the end of ``path`` of (``pk`` for a person, ``owner`` for a deal)."""
    return lambda viewer: Q(**{path: viewer.pk}) if viewer.signed_in else NOBODY


def below(path: str) -> Rule:
    """What belongs to somebody whom the viewer leads today, at any depth."""

    def rule(viewer: Viewer) -> Q:
        if not viewer.leads:
            return NOBODY
        return Q(
            **{f"{path}__in": Reach.objects.on(viewer.today).filter(leader_id=viewer.pk).values("member_id")}
        )

    return rule


def granted(role: str, path: str) -> Rule:
    """What belongs to a person for whom the viewer holds the role, or to anyone below that person."""

    def rule(viewer: Viewer) -> Q:
        heads = viewer.serves(role)
        if not heads:
            return NOBODY
        reached = Reach.objects.on(viewer.today).filter(leader_id__in=heads).values("member_id")
        return Q(**{f"{path}__in": heads}) | Q(**{f"{path}__in": reached})

    return rule


def serving(path: str) -> Rule:
    """What belongs to a leader whom the viewer serves as a delegate; of nobody below that leader."""

    def rule(viewer: Viewer) -> Q:
        served = viewer.serves(RoleGrant.DELEGATE)
        return Q(**{f"{path}__in": served}) if served else NOBODY

    return rule


def above(path: str) -> Rule:
    """What belongs to somebody who leads the viewer today, at any depth."""

    def rule(viewer: Viewer) -> Q:
        if not viewer.led:
            return NOBODY
        leaders = Reach.objects.on(viewer.today).filter(member_id=viewer.pk).values("leader_id")
        return Q(**{f"{path}__in": leaders})

    return rule


def seated(path: str) -> Rule:
    """What belongs to a meeting at which the viewer has a seat (``pk`` for the meeting itself).

    The seats' table lies in a higher layer, so it is named here as an address would name it.
    """

    def rule(viewer: Viewer) -> Q:
        if not viewer.signed_in:
            return NOBODY
        seats = apps.get_model("meetings", "Seat")._default_manager.filter(person_id=viewer.pk)
        return Q(**{f"{path}__in": seats.values("meeting_id")})

    return rule


def either(*rules: Rule) -> Rule:
    """Roles add up."""

    def rule(viewer: Viewer) -> Q:
        found = [condition for each in rules if (condition := each(viewer)) != NOBODY]
        if any(condition == EVERYTHING for condition in found):
            return EVERYTHING
        return functools.reduce(Q.__or__, found) if found else NOBODY

    return rule


HR, DELEGATE = RoleGrant.HR, RoleGrant.DELEGATE
figures = either(own("owner"), below("owner"), granted(DELEGATE, "owner"))
the_two = either(own("owner"), own("asked_by"))


def of_rhythm(viewer: Viewer) -> Q:
    """A rhythm's dates and whether it lives: chair, members, who leads the chair, the chair's delegate."""
    if not viewer.signed_in:
        return NOBODY
    members = apps.get_model("meetings", "Rhythm").people.through._default_manager
    mine = members.filter(person_id=viewer.pk).values("rhythm_id")
    return Q(pk__in=mine) | either(own("chair"), below("chair"), serving("chair"))(viewer)


VERBS: dict[str, Verb] = {
    # The shell
    "sign_in.use": Verb(anyone),
    "health.read": Verb(anyone),
    "home.read": Verb(anyone),
    "search.use": Verb(signed_in),
    "demo.look_as": Verb(anyone),
    # The look back: before an account exists by anyone at this machine, later by whoever may import
    "look_back.use": Verb(either(first_run, top, delegate_of_top)),
    "look_back.keep": Verb(first_run),
    # People
    "person.name": Verb(signed_in),
    "person.read": Verb(
        either(own("pk"), below("pk"), granted(HR, "pk"), granted(DELEGATE, "pk"), administrator),
        sees="person.name",
    ),
    "person.list": Verb(signed_in),
    "person.change": Verb(administrator, sees="person.name"),
    "person.add": Verb(administrator),
    "line.change": Verb(administrator, sees="person.name"),
    "leave.change": Verb(administrator, sees="person.name"),
    "leave.remove": Verb(administrator),
    "role.grant": Verb(administrator, sees="person.name"),
    "role.revoke": Verb(administrator),
    "person.invite": Verb(administrator, sees="person.name"),
    # Targets, deals, figures
    "week.read": Verb(leader),
    "thing.dismiss": Verb(leader),
    "thing.bring_back": Verb(own("person")),
    "report.read": Verb(either(leader, delegate)),
    "figures.read": Verb(either(own("pk"), below("pk"), granted(DELEGATE, "pk")), sees="person.name"),
    "opportunity.read": Verb(figures),
    "booking.read": Verb(figures),
    "target.read": Verb(figures),
    "account.name": Verb(signed_in),
    # Own calendar, own hours: the owner alone
    "hours.read": Verb(signed_in),
    "calendar.read": Verb(own("owner")),
    "calendar.add": Verb(signed_in),
    "calendar.change": Verb(own("owner")),
    "event.read": Verb(own("calendar__owner")),
    "event.correct": Verb(own("calendar__owner")),
    # Files in
    "import.people": Verb(either(top, delegate_of_top, administrator)),
    "import.crm": Verb(either(top, delegate_of_top)),
    "import.targets": Verb(either(top, delegate_of_top)),
    "import.list": Verb(either(top, delegate_of_top, administrator)),
    "import.lay": Verb(either(top, delegate_of_top, administrator)),
    "import.work": Verb(brought),
    "import.read": Verb(brought),
    "import.undo": Verb(either(top, delegate_of_top)),
    # Promises: content for the two and for who sat in the meeting; dates and states for their leaders
    "promise.list": Verb(signed_in),
    "promise.add": Verb(signed_in),
    "promise.state": Verb(
        either(
            *(the_two, seated("made_in__meeting"), below("owner"), below("asked_by")),
            *(serving("owner"), serving("asked_by")),
        )
    ),
    "promise.read": Verb(either(the_two, seated("made_in__meeting")), sees="promise.state"),
    "promise.change": Verb(the_two, sees="promise.state"),
    "promise.accept": Verb(own("asked_by"), sees="promise.state"),
    "thanks.give": Verb(signed_in),
    "thanks.read": Verb(either(own("giver"), own("receiver"), seated("said_in__meeting"))),
    # Rhythms and meetings: dates for the delegate and the leaders above, content for those with a seat
    "rhythm.list": Verb(signed_in),
    "rhythm.add": Verb(either(leader, delegate)),
    "rhythm.read": Verb(of_rhythm),
    "rhythm.change": Verb(either(own("chair"), serving("chair")), sees="rhythm.read"),
    "rhythm.agenda": Verb(own("chair"), sees="rhythm.read"),
    "template.read": Verb(either(leader, administrator)),
    "template.change": Verb(administrator, sees="template.read"),
    "tone.say": Verb(leader),
    "tone.read": Verb(either(own("leader"), above("leader"))),
    "meeting.schedule": Verb(either(seated("pk"), below("rhythm__chair"), serving("rhythm__chair"))),
    "meeting.read": Verb(seated("pk"), sees="meeting.schedule"),
    "meeting.write": Verb(seated("pk"), sees="meeting.schedule"),
    "meeting.move": Verb(either(own("rhythm__chair"), serving("rhythm__chair")), sees="meeting.schedule"),
    "meeting.lead": Verb(own("rhythm__chair"), sees="meeting.schedule"),
    "told_alone.read": Verb(either(own("author"), own("chair"))),
    "told_alone.answer": Verb(own("chair"), sees="told_alone.read"),
    "private_note.read": Verb(own("author")),
    # Settings
    "settings.read": Verb(administrator),
    "settings.change": Verb(administrator),
    "journal.read": Verb(administrator),
    "own_record.read": Verb(signed_in),
    "export.me": Verb(signed_in),
}

V = TypeVar("V", bound=Callable[..., HttpResponse])
M = TypeVar("M", bound=Model)


def condition(viewer: Viewer, verb: str) -> Q:
    """The condition of a verb for a viewer; KeyError for a verb that the table does not name."""
    return VERBS[verb].rule(viewer)


def may(viewer: Viewer, verb: str) -> bool:
    """Whether the verb is open to the viewer for anything at all."""
    return condition(viewer, verb) != NOBODY


def visible(things: QuerySet[M], viewer: Viewer, verb: str) -> QuerySet[M]:
    """Those of the things for which the viewer has the verb."""
    return things.filter(condition(viewer, verb))


def get_visible(things: QuerySet[M], request: Request, verb: str, **lookup: Any) -> M:
    """The one thing: 404 out of reach, 403 when it may be seen but the verb is not allowed."""
    viewer = request.viewer
    found = things.filter(condition(viewer, verb), **lookup).first()
    if found is not None:
        return found
    sees = VERBS[verb].sees
    if sees and things.filter(condition(viewer, sees), **lookup).exists():
        raise PermissionDenied
    raise Http404


def allows(verb: str) -> Callable[[V], V]:
    """Mark a view with the verb that opens it; a visitor is sent to sign in, anyone else gets 403."""
    assert verb in VERBS, f"{verb} is not in the access table"

    def wrap(view: V) -> V:
        @functools.wraps(view)
        def guarded(request: Request, *args: Any, **values: Any) -> HttpResponse:
            viewer = request.viewer
            if not may(viewer, verb):
                if not viewer.signed_in:
                    return redirect_to_login(request.get_full_path())
                raise PermissionDenied
            return view(request, *args, **values)

        guarded.verb = verb  # type: ignore[attr-defined]
        return guarded  # type: ignore[return-value]

    return wrap
