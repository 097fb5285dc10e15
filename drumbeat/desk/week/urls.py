from django.urls import path

from drumbeat.desk.week import views

urlpatterns = [
    path("week/", views.week, name="week"),
    # First, since the next one would take it for a thing called “put-off”.
    path("week/things/put-off/<int:pk>/back/", views.bring_back, name="bring_back"),
    path("week/things/<slug:key>/<int:about>/<slug:word>/", views.put_off, name="put_off"),
]
