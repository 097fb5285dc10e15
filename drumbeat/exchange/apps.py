from django.apps import AppConfig


class Exchange(AppConfig):
    name = "drumbeat.exchange"
    label = "exchange"
