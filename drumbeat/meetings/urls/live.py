from django.urls import path

from drumbeat.meetings.views import live

urlpatterns = [path("meetings/<int:pk>/live/", live.live, name="live")]
