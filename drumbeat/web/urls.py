"""Every address. Each view carries its verb (people/access.py); a test refuses one without."""

from allauth.account import views as allauth_views
from django.urls import include, path
from django.views.decorators.cache import never_cache

from drumbeat.people.access import allows
from drumbeat.people.views import entrance
from drumbeat.web import demo, errors, views

app_urls = (
    [
        path("healthz", views.health, name="health"),
        path("find/", views.search, name="search"),
        path("settings/", views.settings_page, name="settings"),
        path("look-as/<str:role>/", demo.look_as, name="look_as"),
        path("demo/", demo.start, name="demo_start"),
    ],
    "web",
)

urlpatterns = [
    path("", views.home, name="home"),
    path("", include(app_urls)),
    path("", include("drumbeat.people.urls")),
    path("", include("drumbeat.plan.urls")),
    path("", include("drumbeat.calendars.urls")),
    path("", include("drumbeat.promises.urls")),
    path("", include("drumbeat.meetings.urls")),
    path("", include("drumbeat.exchange.urls")),
    path("", include("drumbeat.exchange.calendars.urls")),
    path("", include("drumbeat.desk.urls")),
    path("sign-in/", never_cache(allows("sign_in.use")(allauth_views.login)), name="account_login"),
    path("sign-out/", never_cache(allows("sign_in.use")(allauth_views.logout)), name="account_logout"),
    # allauth names these in its own templates; sign-up stays closed (web/adapter.py).
    path("sign-up/", allows("sign_in.use")(allauth_views.signup), name="account_signup"),
    path(
        "password/", allows("own_record.read")(allauth_views.password_change), name="account_change_password"
    ),
    path(
        "password/first/", allows("own_record.read")(allauth_views.password_set), name="account_set_password"
    ),
    path("password/lost/", entrance.lost, name="account_reset_password"),
]

handler400 = errors.not_understood
handler403 = errors.not_allowed
handler404 = errors.not_there
handler500 = errors.went_wrong
