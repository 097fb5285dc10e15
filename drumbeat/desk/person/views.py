from django.core.exceptions import PermissionDenied
from django.http import HttpResponse

from drumbeat.core.pages import page
from drumbeat.desk.person.queries import people_for, person_page
from drumbeat.journal.openings import opened
from drumbeat.people.access import allows, get_visible
from drumbeat.people.http import Request
from drumbeat.people.models import Person
from drumbeat.people.views.listing import number


@allows("person.read")
def person(request: Request, pk: int) -> HttpResponse:
    """One person: figures, beat, hours together, what happened."""
    try:
        who = get_visible(people_for(request.viewer), request, "person.read", pk=pk)
    except PermissionDenied:
        name = Person.objects.values_list("name", flat=True).get(pk=pk)
        raise PermissionDenied(by_name_only(name)) from None
    found = person_page(who, request.viewer, request.now, number(request.GET.get("page", "")) or 1)
    opened(request.viewer.me, found.opened, today=request.today)
    return page(request, "desk/person.html", {"found": found})


def by_name_only(name: str) -> str:
    """Why a colleague's page does not open, and who can change that."""
    return (
        f"You see {name} by name only. The page is open to {name}, to everyone who leads {name}, and to "
        "those whom your administrator has given a role for it: an HR partner, a delegate."
    )
