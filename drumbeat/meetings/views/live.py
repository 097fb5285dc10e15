"""The stream of a room where no stream can be held open (WSGI): what was missed, and come again."""

from django.http import HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from drumbeat.meetings.live import events, presence, render
from drumbeat.meetings.live.stream import RETRY, seen_last
from drumbeat.meetings.models import Meeting
from drumbeat.people.access import allows, get_visible
from drumbeat.people.http import Request


@require_safe
@never_cache
@allows("meeting.read")
def live(request: Request, pk: int) -> HttpResponse:
    """Events since the one that the browser saw last; the browser asks again after two seconds."""
    meeting = get_visible(Meeting.objects.all(), request, "meeting.read", pk=pk)
    try:
        seen = seen_last(request.headers.get("Last-Event-ID") or request.GET.get("after", ""))
    except ValueError:
        return HttpResponse("This address is not understood.", status=400, content_type="text/plain")
    if request.method == "GET":
        presence.arrive(meeting, request.viewer.pk, request.now)
    room, last = render.about(meeting.pk), events.newest()
    told = [render.message(change, room, request.now) for change in events.since(meeting.pk, seen)]
    body = b"".join([RETRY, *told, render.here(last)])
    return HttpResponse(body, content_type="text/event-stream")
