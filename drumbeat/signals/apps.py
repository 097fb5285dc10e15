from django.apps import AppConfig


class Signals(AppConfig):
    name = "drumbeat.signals"
    label = "signals"
