from django.http import HttpResponse

from drumbeat.core.pages import page
from drumbeat.journal.queries import Lines, events, record_of
from drumbeat.people.access import allows
from drumbeat.people.http import Request
from drumbeat.people.views.listing import number
from drumbeat.people.words import changes, deed


@allows("own_record.read")
def my_record(request: Request) -> HttpResponse:
    """What is kept about me, and what I did."""
    lines = record_of(request.viewer.pk, number(request.GET.get("page", "")) or 1)
    return page(request, "people/my_record.html", {"lines": lines, "said": _said(lines)})


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
