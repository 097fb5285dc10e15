from urllib.parse import urlencode

from django.http import HttpResponse

from drumbeat.core.pages import page
from drumbeat.people.access import allows
from drumbeat.people.http import Request
from drumbeat.people.queries.listing import Asked, people_list


@allows("person.list")
def people(request: Request) -> HttpResponse:
    """Everybody by name, fifty a page."""
    asked = Asked(
        words=request.GET.get("q", "").strip()[:100],
        team=request.GET.get("team", "")[:200],
        leader=number(request.GET.get("leader", "")) or None,
        left=bool(request.GET.get("left")),
        page=number(request.GET.get("page", "")) or 1,
    )
    found = people_list(request.viewer, asked)
    kept = {
        "q": asked.words,
        "team": asked.team,
        "leader": asked.leader or "",
        "left": (asked.left and "1") or "",
    }
    query = urlencode({name: value for name, value in kept.items() if value})
    return page(
        request,
        "people/people.html",
        {"list": found, "query": f"&{query}" if query else "", "narrowed": bool(query)},
        partial="people",
    )


def number(text: str) -> int:
    """A number from an address; 0 for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0
