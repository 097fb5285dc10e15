"""The addresses of pages that cross domains; each folder keeps its own."""

from drumbeat.desk.lookback.urls import urlpatterns as look_back

app_name = "desk"
urlpatterns = [*look_back]
