from base64 import b64encode
from datetime import date

import pytest

from drumbeat.calendars.models import Calendar, Event
from drumbeat.calendars.tests.make import event
from drumbeat.calendars.tests.test_bring_in import ANA, ME, TOM, one_to_one, take
from drumbeat.people.tests.cast import TODAY

pytestmark = pytest.mark.django_db
FOCUS = event("f", "20261117T080000Z", "20261117T100000Z", title="Focus time")
WHAT = event("u", "20261118T080000Z", "20261118T090000Z", title="Riddle", people=(ME, "x@newco.example"))


@pytest.fixture
def page(cast, sign_in):
    """Elena's page with three entries in the week of 16 November, titles kept."""
    take(cast, one_to_one(), FOCUS, WHAT, titles=True)
    client = sign_in(cast.elena)

    def get(query: str = "span=week&on=2026-11-18"):
        return client.get(f"/hours/?{query}")

    get.client = client
    return get


def test_it_works(page):
    answer = page()
    assert answer.status_code == 200
    text = answer.content.decode()
    assert "3 h 45 min counted" in text or "3.75" in text or "counted" in text
    hours = answer.context["hours"]
    assert (hours.total, hours.unknown) == (225, 60)
    assert hours.coverage == pytest.approx(165 / 225)
    by_key = {share.key: (share.minutes, share.share) for share in hours.shares}
    assert by_key["own_learning"] == (120, pytest.approx(120 / 165))
    assert [row.what for row in hours.rows] == ["Secret plan for Ana", "Focus time", "Riddle"]
    assert hours.rows[2].reason == "Somebody from newco.example, which is not sorted yet."


def test_without_titles_people_stand_for_them(cast, sign_in):
    take(cast, one_to_one(), WHAT)
    rows = sign_in(cast.elena).get("/hours/?on=2026-11-18").context["hours"].rows
    assert [row.what for row in rows] == ["With Ana Ribeiro", "With newco.example"]


def test_four_weeks_and_a_quarter_list_what_is_unknown(page):
    assert page("span=four-weeks&on=2026-11-22").context["hours"].period.first == date(2026, 10, 26)
    quarter = page("span=quarter&on=2026-11-18").context["hours"]
    assert quarter.period.name == "2026-Q4"
    assert [row.what for row in quarter.rows] == ["Riddle"]
    assert [row.what for row in page("span=quarter&shown=own_learning").context["hours"].rows] == [
        "Focus time"
    ]


def test_what_is_still_to_come_is_not_counted(page):
    assert page("span=quarter").context["hours"].total == 7 * 45 + 120 + 60 + 45  # today's own included


@pytest.mark.parametrize(
    "query", ["span=nonsense", "on=2026-99-99", "on=0001-01-01", "shown=x", "page=-4", "page=9999"]
)
def test_a_nonsense_address_shows_a_page(page, query):
    assert page(query).status_code == 200


def test_nobody_sees_anothers_hours(page, cast, sign_in):
    for other in (cast.ana, cast.adam, cast.dora):
        text = sign_in(other).get("/hours/?on=2026-11-18").content.decode()
        assert "Secret plan" not in text
        assert "Bring your calendar" in text


def test_corrected_with_one_tap_and_learned(page):
    one = Event.objects.filter(uid="w").order_by("starts_at")[6]
    answer = page.client.post(
        f"/hours/{one.pk}/category/",
        {"category": "plan_execution", "back": "/hours/?span=week&on=2026-11-16"},
    )
    assert answer.status_code == 302
    assert answer["Location"] == f"/hours/?span=week&on=2026-11-16#entry-{one.pk}"
    assert set(Event.objects.filter(uid="w").values_list("category", flat=True)) == {"plan_execution"}
    text = page().content.decode()
    assert "learned for the rest of this series" in text
    page.client.post(f"/hours/{one.pk}/category/")
    assert set(Event.objects.filter(uid="w").values_list("category", flat=True)) == {"coach_managers"}


def test_a_correction_never_leads_elsewhere(page):
    one = Event.objects.get(uid="u")
    for back in ("https://evil.example/", "//evil.example/", "\\\\evil.example"):
        answer = page.client.post(f"/hours/{one.pk}/category/", {"category": "fires", "back": back})
        assert answer["Location"].startswith("/hours/?")


def test_an_unknown_category_is_said(page):
    one = Event.objects.get(uid="u")
    answer = page.client.post(f"/hours/{one.pk}/category/", {"category": "golf"}, follow=True)
    assert "none of the nine categories" in answer.content.decode()


def test_anothers_entry_is_not_there(page, cast, sign_in):
    one = Event.objects.get(uid="u")
    assert sign_in(cast.ana).post(f"/hours/{one.pk}/category/", {"category": "fires"}).status_code == 404
    assert Event.objects.get(uid="u").category == ""


def test_the_page_costs_the_same_with_many_entries(cast, sign_in, django_assert_max_num_queries):
    many = [
        event(
            f"e{n}",
            f"202611{16 + n % 5:02d}T{8 + n % 9:02d}0000Z",
            f"202611{16 + n % 5:02d}T{8 + n % 9:02d}3000Z",
            people=(ME, ANA if n % 2 else TOM),
        )
        for n in range(45)
    ]
    take(cast, *many, titles=True)
    client = sign_in(cast.elena)
    # session, user and person, viewer (2), calendar, team (2), events, people, domains (2)
    with django_assert_max_num_queries(14):
        assert client.get("/hours/?on=2026-11-18").status_code == 200


def test_an_empty_week_and_a_problem_are_said(page, cast):
    Calendar.objects.update(problem="The address does not answer.")
    text = page("on=2026-07-01").content.decode()
    assert "No hours here" in text
    assert "The address does not answer." in text
    assert date(2026, 11, 23) == TODAY


def test_a_lost_key_is_said_and_the_hours_stand(page, tmp_path, settings):
    settings.DATA_DIR = tmp_path
    (tmp_path / "keys").mkdir()
    (tmp_path / "keys" / "other.key").write_bytes(b64encode(b"x" * 32))
    answer = page()
    assert answer.status_code == 200
    text = answer.content.decode()
    assert "that opens this text is missing" in text
    assert "Secret plan" not in text
    assert answer.context["hours"].total == 225
