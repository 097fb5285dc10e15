from django.apps import AppConfig


class Desk(AppConfig):
    name = "drumbeat.desk"
    label = "desk"
