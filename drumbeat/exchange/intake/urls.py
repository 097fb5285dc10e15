from django.urls import path

from drumbeat.exchange.intake import views

urlpatterns = [
    path("imports/", views.imports, name="imports"),
    path("imports/files/", views.lay, name="lay"),
    path("imports/files/<int:pk>/", views.work, name="work"),
    path("imports/files/<int:pk>/columns/", views.columns, name="columns"),
    path("imports/files/<int:pk>/asking/", views.asking, name="asking"),
    path("imports/files/<int:pk>/bringing/", views.bringing, name="bringing"),
    path("imports/files/<int:pk>/removal/", views.removal, name="removal"),
    path("imports/<int:pk>/rejects/", views.rejects, name="rejects"),
    path("imports/undo/", views.undoing, name="undo"),
]
