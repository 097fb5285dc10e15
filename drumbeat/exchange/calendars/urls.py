from django.urls import path

from drumbeat.exchange.calendars import views

app_name = "calendar_in"
urlpatterns = [
    path("calendar/", views.calendar, name="calendar"),
    path("calendar/file/", views.file, name="file"),
    path("calendar/address/", views.address, name="address"),
    path("calendar/address/removal/", views.address_removal, name="address_removal"),
    path("calendar/reading/", views.reading, name="reading"),
    path("calendar/titles/", views.keep_titles, name="titles"),
    path("calendar/removal/", views.removal, name="removal"),
]
