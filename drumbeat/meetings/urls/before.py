from django.urls import path

from drumbeat.meetings.views import alone, before

urlpatterns = [
    path("meetings/<int:pk>/pre-work/", before.prework, name="prework"),
    path("meetings/<int:pk>/pre-work/<int:person>/excuse/", before.excused, name="excuse"),
    path("meetings/<int:pk>/pre-work/<int:person>/ask-again/", before.asked_again, name="ask_again"),
    path("meetings/<int:pk>/my-notes/", before.my_notes, name="private"),
    path("meetings/<int:pk>/alone/", alone.alone, name="alone"),
    path("told-alone/", alone.listing, name="told_alone"),
    path("told-alone/<int:pk>/answer/", alone.answer, name="answer_alone"),
]
