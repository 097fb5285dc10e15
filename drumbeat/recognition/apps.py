from django.apps import AppConfig


class Recognition(AppConfig):
    name = "drumbeat.recognition"
    label = "recognition"
