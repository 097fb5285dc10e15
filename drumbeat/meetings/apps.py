from django.apps import AppConfig


class Meetings(AppConfig):
    name = "drumbeat.meetings"
    label = "meetings"
