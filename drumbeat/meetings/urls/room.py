from django.urls import URLPattern, path

from drumbeat.meetings.views import room

urlpatterns: list[URLPattern] = [
    path("meetings/<int:pk>/", room.room, name="room"),
    path("meetings/<int:pk>/parts/<str:part>/", room.part, name="part"),
    path("meetings/<int:pk>/notes/<str:key>/", room.save_note, name="notes"),
    path("meetings/<int:pk>/notes/<str:key>/together/", room.join_notes, name="notes_joined"),
    path("meetings/<int:pk>/items/<str:key>/running/", room.run_item, name="item_running"),
    path("meetings/<int:pk>/items/<str:key>/done/", room.finish_item, name="item_done"),
    path("meetings/<int:pk>/items/<str:key>/not-done/", room.reopen_item, name="item_undone"),
    path("meetings/<int:pk>/promises/", room.promise, name="promises"),
    path("meetings/<int:pk>/promises/<int:promise>/done/", room.promise_done, name="promise_done"),
    path("meetings/<int:pk>/people/", room.people, name="people"),
    path("meetings/<int:pk>/items/<str:key>/keep/", room.keep, name="keep"),
    path("meetings/<int:pk>/items/<str:key>/thanks/", room.thank, name="thanks"),
    path("meetings/<int:pk>/round/turn/", room.hand_on, name="turn"),
    path("meetings/<int:pk>/round/<int:person>/", room.say_line, name="said"),
    path("meetings/<int:pk>/round/<int:person>/help/", room.offer_help, name="help"),
    path("meetings/<int:pk>/won/<int:line>/", room.say_won, name="won"),
    path("meetings/<int:pk>/topics/", room.put_topic, name="topics"),
    path("meetings/<int:pk>/topics/<int:topic>/", room.move_topic, name="topic"),
]
