from django.urls import path

from drumbeat.desk.lookback import views

urlpatterns = [
    path("look-back/", views.look_back, name="look_back"),
    path("look-back/files/", views.files, name="look_back_files"),
    path("look-back/columns/", views.columns, name="look_back_columns"),
    path("look-back/domains/", views.domains, name="look_back_domains"),
    path("look-back/question/", views.question, name="look_back_question"),
    path("look-back/page.pdf", views.sheet, name="look_back_sheet"),
    path("look-back/forgetting/", views.forgetting, name="look_back_forgetting"),
    path("look-back/truths/<str:key>/", views.rows, name="look_back_rows"),
]
