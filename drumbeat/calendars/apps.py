from django.apps import AppConfig


class Calendars(AppConfig):
    name = "drumbeat.calendars"
    label = "calendars"
