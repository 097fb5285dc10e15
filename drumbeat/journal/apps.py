from django.apps import AppConfig


class Journal(AppConfig):
    name = "drumbeat.journal"
    label = "journal"
