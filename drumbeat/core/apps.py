from django.apps import AppConfig


class Core(AppConfig):
    name = "drumbeat.core"
    label = "core"
