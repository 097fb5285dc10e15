"""The request as the edge hands it on, for annotations."""

from datetime import date

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from drumbeat.people.viewer import Viewer


class Request(HttpRequest):
    viewer: Viewer
    today: date
    htmx: HtmxDetails
    reference: str
