from django.urls import URLPattern, path

from drumbeat.meetings.views import rhythms

urlpatterns: list[URLPattern] = [path("meetings/", rhythms.listing, name="list")]
