"""The first page of whoever leads nobody: what this role sees, and what not, in sentences."""

from typing import TypedDict

from django.urls import reverse

from drumbeat.people.addresses import person_path
from drumbeat.people.models import Person, RoleGrant
from drumbeat.people.viewer import Viewer


class FirstPage(TypedDict):
    """The sentences; each list is in the order of what matters most."""

    sees: list[str]
    sees_not: list[str]
    links: list[tuple[str, str]]


def first_page(viewer: Viewer) -> FirstPage:
    """Every role that the viewer holds, and what everybody has; in one query."""
    served = dict(
        Person.objects.filter(pk__in=[who for _, who in viewer.grants if who is not None]).values_list(
            "pk", "name"
        )
    )
    sees: list[str] = []
    sees_not: list[str] = []
    if viewer.is_administrator:
        sees += [
            "People: names, reporting lines, days away, roles, and who can sign in. You keep them.",
            "Settings, and imports of people. Of other imports you see only the counts.",
            "The journal: who did what and when, without what was said or changed.",
        ]
        sees_not += ["Deals, figures, targets and plans: whoever sets things up does not read them."]
    for who in viewer.serves(RoleGrant.DELEGATE):
        sees.append(f"For {served[who]}: the plan, the figures, and the reporting lines of everyone below.")
        sees_not.append(f"{served[who]}’s hours and calendar, and anything that is said about people.")
    for who in viewer.serves(RoleGrant.HR):
        sees.append(f"{served[who]} and everyone below: reporting lines, titles and days away.")
        sees_not.append("Figures, deals and targets: these stay between a person and those who lead them.")
    if viewer.led:
        sees.append("Your own page: your deals, bookings and targets.")
        sees_not.append("The figures and the pages of your colleagues.")
    sees += [
        "Your own record: what is kept about you, who changed it, and when.",
        "The names of your colleagues.",
        "Your own hours, once you bring in your calendar. Nobody else sees them.",
    ]
    sees_not.append("Anybody else’s calendar or hours.")
    if not (viewer.led or viewer.grants):
        sees_not.append(
            "Figures: nobody reports to you, and you report to nobody yet. Your administrator can mend that."
        )
    return {
        "sees": list(dict.fromkeys(sees)),
        "sees_not": list(dict.fromkeys(sees_not)),
        "links": [("Your own page", person_path(viewer.pk)), ("Your record", reverse("people:my_record"))],
    }
