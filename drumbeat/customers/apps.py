from django.apps import AppConfig


class Customers(AppConfig):
    name = "drumbeat.customers"
    label = "customers"
