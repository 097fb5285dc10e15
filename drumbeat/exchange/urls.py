"""The addresses of what comes from the company's other systems."""

from drumbeat.exchange.export.urls import urlpatterns as export
from drumbeat.exchange.intake.urls import urlpatterns as intake
from drumbeat.exchange.keep.urls import urlpatterns as keep

app_name = "exchange"
urlpatterns = [*keep, *intake, *export]
