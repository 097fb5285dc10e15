"""The request as the edge hands it on, for annotations."""

from datetime import date, datetime

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from drumbeat.people.viewer import Viewer


class Request(HttpRequest):
    viewer: Viewer
    today: date
    now: datetime
    htmx: HtmxDetails
    reference: str
