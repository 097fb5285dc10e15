from drumbeat.meetings.urls import agendas, before, closing, live, rhythms, room

app_name = "meetings"
urlpatterns = [
    *rhythms.urlpatterns,
    *agendas.urlpatterns,
    *before.urlpatterns,
    *closing.urlpatterns,
    *live.urlpatterns,
    *room.urlpatterns,
]
