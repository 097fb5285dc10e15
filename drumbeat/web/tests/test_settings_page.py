"""Settings: what is real, for the administrator alone."""

from datetime import date

import pytest
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from drumbeat.exchange.models import SavedMapping
from drumbeat.people.models import RoleGrant

pytestmark = pytest.mark.django_db


def seen(client):
    answer = client.get("/settings/")
    assert answer.status_code == 200
    return " ".join(answer.content.decode().split())


def job(status, **more):
    return DBTaskResult.objects.create(
        status=status, args_kwargs={"args": [], "kwargs": {}}, task_path="x.y", backend_name="default",
        run_after=timezone.now(), exception_class_path="", traceback="a secret in a traceback", **more,
    )  # fmt: skip


@pytest.mark.parametrize("name", ["elena", "ana", "mira", "hanna", "dora", "stella"])
def test_nobody_but_the_administrator(cast, sign_in, name):
    assert sign_in(getattr(cast, name)).get("/settings/").status_code == 403


def test_what_is_set_and_the_variable_that_sets_it(cast, sign_in, settings):
    client = sign_in(cast.adam)
    settings.MAIL_IS_SET, settings.DRUMBEAT_PRIVATE_CALENDARS = False, False
    page = seen(client)
    assert "links that you copy" in page
    assert "public addresses only" in page
    for variable in ("EMAIL_URL", "DATABASE_URL", "DRUMBEAT_DATA", "DRUMBEAT_PRIVATE_CALENDARS"):
        assert f"<code>{variable}" in page
    settings.MAIL_IS_SET, settings.EMAIL_HOST, settings.DRUMBEAT_PRIVATE_CALENDARS = (
        True,
        "post.example",
        True,
    )
    assert "sent by post.example" in seen(client)
    assert "from servers of your network" in seen(client)


def test_no_password_and_no_address_of_a_database_is_shown(cast, sign_in, settings):
    settings.EMAIL_HOST_PASSWORD = "not-for-eyes"
    page = seen(sign_in(cast.adam))
    assert "not-for-eyes" not in page
    assert "postgres://" not in page
    assert settings.SECRET_KEY not in page


def test_the_data_folder_by_its_name_alone(cast, sign_in, settings):
    page = seen(sign_in(cast.adam))
    assert settings.DATA_DIR.name in page
    assert str(settings.DATA_DIR) not in page


def test_jobs_are_counted_and_tell_nothing(cast, sign_in):
    client = sign_in(cast.adam)
    assert "Nothing waits; no jobs failed." in seen(client)
    job(TaskResultStatus.READY)
    job(TaskResultStatus.READY)
    job(TaskResultStatus.FAILED, finished_at=timezone.now())
    page = seen(client)
    assert "No jobs at work, two jobs waiting; one job failed, the last on Mon 23 November" in page
    assert "secret" not in page


def test_roles_that_are_held_today(cast, sign_in):
    RoleGrant.objects.create(
        person=cast.stella, role=RoleGrant.ADMINISTRATOR, starts_on=date(2026, 1, 1), ends_on=date(2026, 2, 1)
    )
    page = seen(sign_in(cast.adam)).partition("Roles given")[2]
    assert "delegate for Elena Hartmann" in page
    assert "HR partner for Ana Ribeiro" in page
    assert "Stella" not in page


def test_saved_mappings_with_their_last_use(cast, sign_in):
    client = sign_in(cast.adam)
    assert "None yet." in seen(client)
    SavedMapping.objects.create(name="Salesforce North", text="", last_used_on=date(2026, 11, 20))
    assert "Salesforce North" in seen(client)
    assert "used 3 days ago" in seen(client)


def test_five_statements_for_one_row_and_for_thirty(cast, django_assert_num_queries):
    from drumbeat.web.instance import instance

    today = date(2026, 11, 23)
    with django_assert_num_queries(5):
        instance(today)
    for n in range(30):
        SavedMapping.objects.create(name=f"Mapping {n}", text="")
        RoleGrant.objects.create(
            person=cast.stella, role=RoleGrant.DELEGATE, for_person=cast.ana, starts_on=today
        )
    with django_assert_num_queries(5):
        instance(today)
