from django.urls import path

from drumbeat.calendars import views

app_name = "calendars"
urlpatterns = [
    path("hours/", views.hours, name="hours"),
    path("hours/<int:pk>/category/", views.category, name="category"),
]
