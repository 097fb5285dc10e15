from django.urls import URLPattern, path

from drumbeat.meetings.views import moves, rhythms

urlpatterns: list[URLPattern] = [
    path("meetings/", rhythms.listing, name="list"),
    path("meetings/<int:pk>/move/", moves.move, name="move"),
    path("meetings/<int:pk>/leave-out/", moves.leave_out, name="leave_out"),
    path("meetings/<int:pk>/bring-back/", moves.bring_back, name="bring_back"),
    path("rhythms/add/", rhythms.add, name="rhythm_add"),
    path("rhythms/<int:pk>/", rhythms.rhythm, name="rhythm"),
    path("rhythms/<int:pk>/change/", rhythms.change, name="rhythm_change"),
    path("rhythms/<int:pk>/pause/", rhythms.pause, name="rhythm_pause"),
    path("rhythms/<int:pk>/end/", rhythms.end, name="rhythm_end"),
    path("rhythms/<int:pk>/resume/", rhythms.resume, name="rhythm_resume"),
]
