from django.apps import AppConfig


class People(AppConfig):
    name = "drumbeat.people"
    label = "people"
