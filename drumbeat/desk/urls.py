"""The addresses of pages that cross domains; each folder keeps its own."""

from drumbeat.desk.lookback.urls import urlpatterns as look_back
from drumbeat.desk.person.urls import urlpatterns as person
from drumbeat.desk.week.urls import urlpatterns as week

app_name = "desk"
urlpatterns = [*week, *person, *look_back]
