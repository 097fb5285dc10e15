from django.http import HttpResponse
from django.views.decorators.http import require_POST

from drumbeat.exchange.export.actions import export_me
from drumbeat.exchange.export.files import BOTH, written
from drumbeat.people.access import allows
from drumbeat.people.http import Request


@require_POST
@allows("export.me")
def own_data(request: Request) -> HttpResponse:
    """Everything kept about whoever asks, to read and as JSON, in one file."""
    me = request.viewer.me
    made = export_me(actor=me, today=request.today, person=me)
    answer = HttpResponse(written(made, BOTH), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="about-me-{request.today.isoformat()}.zip"'
    return answer
