from django.apps import AppConfig


class Web(AppConfig):
    name = "drumbeat.web"
    label = "web"
