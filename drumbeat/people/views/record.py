from django.http import HttpResponse

from drumbeat.core.pages import page
from drumbeat.journal.queries import Lines, events, openings_about, record_of
from drumbeat.people.access import allows
from drumbeat.people.http import Request
from drumbeat.people.views.listing import number
from drumbeat.people.words import changes, deed

NEWEST = 10


@allows("own_record.read")
def my_record(request: Request) -> HttpResponse:
    """What is kept about me, what I did, and who opened what I wrote in confidence."""
    me = request.viewer.pk
    lines = record_of(me, number(request.GET.get("page", "")) or 1)
    openings = openings_about(me, size=NEWEST)
    context = {"lines": lines, "said": _said(lines), "openings": openings, "me": me}
    return page(request, "people/my_record.html", context)


@allows("journal.read")
def journal(request: Request) -> HttpResponse:
    """Who did what and when: events only."""
    lines = events(number(request.GET.get("page", "")) or 1)
    return page(request, "people/journal.html", {"lines": lines, "said": _said(lines)})


def _said(lines: Lines) -> list[dict[str, object]]:
    return [
        {
            "day": line.day,
            "at": line.at,
            "text": f"{line.who} {deed(line.verb, line.name, line.who)}",
            "changes": changes(line.details),
        }
        for line in lines.lines
    ]
