from django.urls import URLPattern, path

from drumbeat.meetings.views import agendas, passing, proposals, tone

urlpatterns: list[URLPattern] = [
    path("templates/", agendas.templates, name="templates"),
    path("templates/<slug:template>/", agendas.template, name="template"),
    path("templates/<slug:template>/change/", agendas.template_change, name="template_change"),
    path("templates/<slug:template>/back/<slug:number>/", agendas.template_back, name="template_back"),
    path("rhythms/<int:pk>/agenda/", agendas.agenda, name="agenda"),
    path("rhythms/<int:pk>/agenda/back/<int:number>/", agendas.agenda_back, name="agenda_back"),
    path("rhythms/<int:pk>/pass-on/", passing.pass_on, name="pass_on"),
    path("rhythms/<int:pk>/pass-on/back/", passing.pass_back, name="pass_back"),
    path("rhythms/from-calendar/", proposals.from_calendar, name="from_calendar"),
    path("rhythms/from-calendar/back/<slug:rhythms>/", proposals.give_back, name="give_back"),
    path("tone/", tone.tone, name="tone"),
]
