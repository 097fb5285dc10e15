from django.urls import path

from drumbeat.exchange.export import views

urlpatterns = [path("my-record/data/", views.own_data, name="own_data")]
