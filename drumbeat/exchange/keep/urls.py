from django.urls import path

from drumbeat.exchange.keep import views

urlpatterns = [path("look-back/keeping/", views.keep, name="keep")]
