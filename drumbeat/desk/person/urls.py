from django.urls import path

from drumbeat.desk.person import views

urlpatterns = [path("people/<int:pk>/", views.person, name="person")]
