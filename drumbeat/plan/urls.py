from django.urls import path

from drumbeat.plan import views

app_name = "plan"
urlpatterns = [
    path("plan/", views.report, name="report"),
    path("plan/<int:pk>/<str:what>/", views.rows, name="rows"),
]
