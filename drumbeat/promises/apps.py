from django.apps import AppConfig


class Promises(AppConfig):
    name = "drumbeat.promises"
    label = "promises"
