from django.urls import URLPattern, path

from drumbeat.meetings.views import closing, minutes

urlpatterns: list[URLPattern] = [
    path("meetings/<int:pk>/close/", closing.close, name="close"),
    path("meetings/<int:pk>/leaves-with/", closing.leaves_with, name="leaves_with"),
    path("meetings/<int:pk>/nothing/", closing.nothing, name="nothing"),
    path("meetings/<int:pk>/absent/", closing.absent, name="absent"),
    path("meetings/<int:pk>/reopening/", closing.reopen, name="reopen"),
    path("meetings/<int:pk>/rating/", closing.rating, name="rate"),
    path("meetings/<int:pk>/minutes/", minutes.minutes, name="minutes"),
    path("meetings/<int:pk>/correction/", minutes.correction, name="correct"),
]
