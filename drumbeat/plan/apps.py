from django.apps import AppConfig


class Plan(AppConfig):
    name = "drumbeat.plan"
    label = "plan"
