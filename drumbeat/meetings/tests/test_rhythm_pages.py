"""The pages of rhythms: lists, one rhythm, forms, and what they refuse."""

from datetime import date, time

import pytest
from django.urls import reverse

from drumbeat.meetings.actions.planning import plan_ahead
from drumbeat.meetings.models import Meeting, Rhythm
from drumbeat.meetings.tests import make
from drumbeat.people.models import Person, RoleGrant
from drumbeat.people.tests.cast import TODAY
from tests.queries import count_of


@pytest.fixture
def rhythm(cast, on_monday):
    made = make.rhythm(cast.elena, [cast.ana], join_link="https://nordhaus.zoom.us/j/1", dial_in="code 77#")
    plan_ahead(actor=cast.elena, today=TODAY, rhythm=made)
    return made


def typed(**values):
    return {
        "template": "one_to_one",
        "name": "One-to-one",
        "others": "",
        "frequency": "weekly",
        "weekday": "1",
        "nth": "1",
        "month": "1",
        "at": "09:00",
        "minutes": "45",
        "starts_on": "2026-11-24",
        "place": "",
        "join_link": "",
        "dial_in": "",
        **values,
    }


def test_my_meetings(sign_in, cast, rhythm):
    text = sign_in(cast.ana).get("/meetings/").content.decode()
    assert "One-to-one" in text
    assert "Send yours in" in text
    assert "every Monday at 9:00" in text
    assert "not in yet" in text


def test_nothing_yet_is_a_beginning(sign_in, cast):
    assert "Add a rhythm" in sign_in(cast.elena).get("/meetings/").content.decode()
    assert "Add a rhythm" not in sign_in(cast.mira).get("/meetings/").content.decode()


def test_each_sees_the_own_zone(sign_in, cast, rhythm):
    Person.objects.filter(pk=cast.ana.pk).update(time_zone="Europe/Lisbon")
    assert ">8:00</time>" in sign_in(cast.ana).get("/meetings/").content.decode()


def test_the_rhythm(sign_in, cast, rhythm):
    text = sign_in(cast.ana).get(f"/rhythms/{rhythm.pk}/").content.decode()
    assert "Join by Zoom" in text
    assert "code 77#" in text
    assert "Leave out" not in text
    assert "Leave out" in sign_in(cast.elena).get(f"/rhythms/{rhythm.pk}/").content.decode()


def test_who_leads_the_chair_sees_dates_and_not_how_to_join(sign_in, cast, on_monday):
    made = make.rhythm(cast.ana, [cast.mira], join_link="https://nordhaus.zoom.us/j/1", dial_in="code 77#")
    meeting = make.meeting(made, date(2026, 11, 24), word="fair in Hanover", by_hand=True)
    text = sign_in(cast.elena).get(f"/rhythms/{made.pk}/").content.decode()
    assert "24 Nov" in text
    for hidden in ("zoom", "77#", "Hanover", f"/meetings/{meeting.pk}/"):
        assert hidden not in text


def test_the_delegate_keeps_the_rhythms_of_whom_she_serves(sign_in, cast, rhythm):
    client = sign_in(cast.dora)
    assert "Rhythms that you keep for others" in client.get("/meetings/").content.decode()
    assert client.get(f"/rhythms/{rhythm.pk}/").status_code == 200
    values = typed(chair=cast.elena.pk, reports=[cast.tom.pk])
    assert client.post("/rhythms/add/", values).status_code == 302
    assert Rhythm.objects.filter(chair=cast.elena).count() == 2


def test_adding_presets_what_the_template_says(sign_in, cast):
    client = sign_in(cast.elena)
    assert "What kind of meeting?" in client.get("/rhythms/add/").content.decode()
    text = client.get(f"/rhythms/add/?template=one_to_one&with={cast.ana.pk}").content.decode()
    assert 'value="45"' in text
    assert '<option value="two_weeks" selected>' in text
    assert "checked" in text


def test_added(sign_in, cast):
    client = sign_in(cast.elena)
    answer = client.post(
        "/rhythms/add/", typed(chair=cast.elena.pk, reports=[cast.ana.pk], others="Mira Lund")
    )
    made = Rhythm.objects.get()
    assert answer.url == f"/rhythms/{made.pk}/"
    assert {one.pk for one in made.people.all()} == {cast.ana.pk, cast.mira.pk}
    assert made.meetings.count() == 14


@pytest.mark.parametrize(
    "values",
    [
        {"reports": [], "others": ""},
        {"others": "Nobody Known"},
        {"others": "\0"},
        {"others": "x\n" * 10_000},
        {"minutes": "1000000000"},
        {"minutes": "<b>"},
        {"starts_on": "31 February"},
        {"starts_on": "9999-12-31"},
        {"at": "25:00"},
        {"join_link": "javascript:alert(1)"},
        {"name": "x" * 5000},
        {"frequency": "daily"},
        {"weekday": "-1"},
    ],
)
def test_what_makes_no_rhythm_is_said_and_the_text_kept(sign_in, cast, values):
    base = {"chair": cast.elena.pk, "reports": [cast.ana.pk], "place": "Room <3>"}
    answer = sign_in(cast.elena).post("/rhythms/add/", typed(**{**base, **values}))
    assert answer.status_code == 200
    assert "Room &lt;3&gt;" in answer.content.decode()
    assert "field-error" in answer.content.decode()
    assert not Rhythm.objects.exists()


def test_an_overlap_is_asked_about(sign_in, cast, rhythm):
    client = sign_in(cast.elena)
    values = typed(chair=cast.elena.pk, reports=[cast.tom.pk], weekday="0")
    answer = client.post("/rhythms/add/", values)
    assert "overlaps with “One-to-one”" in answer.content.decode()
    assert client.post("/rhythms/add/", {**values, "anyway": "1"}).status_code == 302


def test_somebody_elses_chair_is_no_choice(sign_in, cast):
    sign_in(cast.ana).post("/rhythms/add/", typed(chair=cast.tom.pk, others="Mira Lund"))
    assert Rhythm.objects.get().chair == cast.ana


def test_who_leads_and_serves_chooses(sign_in, cast):
    RoleGrant.objects.create(person=cast.tom, role="delegate", for_person=cast.ana, starts_on=TODAY)
    client = sign_in(cast.tom)
    assert "Who leads it" in client.get("/rhythms/add/?template=one_to_one").content.decode()
    for chair in ("", "x", "1000000000000000000000", cast.elena.pk):
        assert client.post("/rhythms/add/", typed(chair=chair, others="Mira Lund")).status_code == 200
    client.post("/rhythms/add/", typed(chair=cast.ana.pk, others="Mira Lund"))
    assert Rhythm.objects.get().chair == cast.ana


def test_changed_paused_and_ended(sign_in, cast, rhythm):
    client = sign_in(cast.elena)
    change = f"/rhythms/{rhythm.pk}/change/"
    assert 'value="09:00"' in client.get(change).content.decode()
    values = typed(chair=cast.elena.pk, reports=[cast.ana.pk], at="10:00", starts_on="2026-11-23")
    assert client.post(change, values).status_code == 302
    rhythm.refresh_from_db()
    assert rhythm.at == time(10)
    for deed, state in (("pause", "paused"), ("resume", "active"), ("end", "ended"), ("resume", "active")):
        assert client.post(f"/rhythms/{rhythm.pk}/{deed}/").status_code == 302
        rhythm.refresh_from_db()
        assert rhythm.state == state
        assert client.get(f"/rhythms/{rhythm.pk}/").status_code == 200


def test_moved_left_out_and_brought_back(sign_in, cast, rhythm):
    client, meeting = sign_in(cast.elena), rhythm.meetings.order_by("day").first()
    address = reverse("meetings:move", args=[meeting.pk])
    assert 'value="2026-11-23"' in client.get(address).content.decode()
    said = client.post(address, {"day": "2026-12-24", "at": "09:00", "word": "visit"}).content.decode()
    assert "The next one is on Mon 30 November" in said
    assert "2026-12-24" in said
    moved = {"day": "2026-11-25", "at": "09:00", "word": "visit"}
    assert "moved from" in client.post(address, moved, follow=True).content.decode()
    client.post(reverse("meetings:leave_out", args=[meeting.pk]), {"word": "fair"})
    assert Meeting.objects.get(pk=meeting.pk).state == "left_out"
    client.post(reverse("meetings:bring_back", args=[meeting.pk]))
    assert Meeting.objects.get(pk=meeting.pk).state == "planned"


@pytest.mark.parametrize(
    "values", [{"day": "31 February"}, {"at": "x"}, {"word": ""}, {"word": "\0"}, {"day": "9999-12-31"}]
)
def test_bad_moves_are_said(sign_in, cast, rhythm, values):
    meeting = rhythm.meetings.order_by("day").first()
    address = reverse("meetings:move", args=[meeting.pk])
    answer = sign_in(cast.elena).post(address, {"day": "2026-11-25", "at": "09:00", "word": "x", **values})
    assert answer.status_code == 200
    assert "field-error" in answer.content.decode()


def test_a_chair_who_left_is_said(sign_in, cast, rhythm):
    Person.objects.filter(pk=cast.elena.pk).update(left_on=date(2026, 11, 20))
    client = sign_in(cast.ana)
    assert "needs a new chair" in client.get("/meetings/").content.decode()
    text = client.get(f"/rhythms/{rhythm.pk}/").content.decode()
    assert "Elena Hartmann has left" in text
    assert client.get(f"/rhythms/add/?like={rhythm.pk}").status_code == 200


def test_a_strange_like_is_not_there(sign_in, cast, rhythm):
    assert sign_in(cast.tom).get(f"/rhythms/add/?like={rhythm.pk}").status_code == 404
    assert sign_in(cast.tom).get("/rhythms/add/?like=x").status_code == 200


def test_as_many_queries_with_a_year_as_with_a_week(sign_in, cast, rhythm):
    client = sign_in(cast.elena)
    pages = ("/meetings/", f"/rhythms/{rhythm.pk}/")
    for page in pages:
        client.get(page)
    few = [count_of(lambda page=page: client.get(page)) for page in pages]
    for week in range(1, 40):
        day = date.fromordinal(TODAY.toordinal() - 7 * week)
        make.meeting(rhythm, day)
        if week < 20:
            make.meeting(make.rhythm(cast.elena, [cast.tom, cast.ana], "weekly_huddle"), date(2026, 12, 1))
    many = [count_of(lambda page=page: client.get(page)) for page in pages]
    assert many[0] <= few[0]
    # The past asks for seats, calendars and what is shown of quality: once, however long it is.
    assert many[1] <= few[1] + 12
    assert max(many) < 40
