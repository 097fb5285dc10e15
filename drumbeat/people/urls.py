from django.urls import path

from drumbeat.people.views import entrance, leaves, lines, links, listing, persons, record, roles

app_name = "people"
urlpatterns = [
    path("people/", listing.people, name="list"),
    path("people/add/", persons.add, name="add"),
    path("people/<int:pk>/change/", persons.change, name="change"),
    path("people/<int:pk>/departure/", persons.departure, name="departure"),
    path("people/<int:pk>/comeback/", persons.comeback, name="comeback"),
    path("people/<int:pk>/line/", lines.move, name="move"),
    path("people/<int:pk>/leave/", leaves.leave, name="leave"),
    path("people/<int:pk>/leave/<int:leave>/removal/", leaves.removal, name="leave_removal"),
    path("people/<int:pk>/roles/", roles.roles, name="roles"),
    path("people/<int:pk>/roles/<int:grant>/removal/", roles.removal, name="role_removal"),
    path("people/<int:pk>/way-in/", links.way_in, name="way_in"),
    path("invitation/<str:token>/", entrance.invitation, name="invitation"),
    path("reset/<str:token>/", entrance.new_password, name="new_password"),
    path("sign-in-link/<str:token>/", entrance.sign_in_link, name="sign_in_link"),
    path("my-record/", record.my_record, name="my_record"),
    path("journal/", record.journal, name="journal"),
]
