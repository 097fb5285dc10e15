from django.urls import path

from drumbeat.promises.views import adding, lists, many, steps

app_name = "promises"
urlpatterns = [
    path("promises/", lists.mine, name="list"),
    path("promises/owed/", lists.owed, name="owed"),
    path("promises/team/", lists.team, name="team"),
    path("promises/kept/", lists.kept, name="kept"),
    path("promises/new/", adding.add, name="add"),
    path("promises/people/", adding.people, name="people"),
    path("promises/new-dates/", many.new_dates, name="new_dates"),
    path("promises/taking-back/", many.taking_back, name="many_taking_back"),
    path("promises/<int:pk>/", steps.one, name="one"),
    path("promises/<int:pk>/done/", steps.done, name="done"),
    path("promises/<int:pk>/acceptance/", steps.acceptance, name="acceptance"),
    path("promises/<int:pk>/new-date/", steps.new_date, name="new_date"),
    path("promises/<int:pk>/dropping/", steps.dropping, name="dropping"),
    path("promises/<int:pk>/wait/", steps.wait, name="wait"),
    path("promises/<int:pk>/going-on/", steps.going_on, name="going_on"),
    path("promises/<int:pk>/taking-back/", steps.taking_back, name="taking_back"),
]
