"""The page of the closing, the bar, the minutes: for whom, with what, in how many queries."""

from datetime import UTC, datetime, timedelta

import pytest

from drumbeat.journal.models import Opening
from drumbeat.meetings.models import Meeting, Note, Outcome, Seat
from drumbeat.meetings.tests.make import meeting, rhythm
from drumbeat.people.tests.cast import TODAY
from drumbeat.promises.models import Promise
from tests.queries import count_of

NOW = datetime(2026, 11, 23, 8, 40, tzinfo=UTC)
SECRET = "Kessler is leaving us"


@pytest.fixture
def talks(cast, on_monday):
    return rhythm(cast.elena, [cast.ana])


@pytest.fixture
def talk(talks):
    """At six in the morning, an hour before the cast's clock."""
    return meeting(talks, at="06:00")


def url(one, what):
    return f"/meetings/{one.pk}/{what}/"


def nothing_from_all(one):
    Seat.objects.filter(meeting=one).update(nothing=True)


def closed(client, one):
    nothing_from_all(one)
    assert client.post(url(one, "close")).status_code == 302
    one.refresh_from_db()
    assert one.state == "closed"
    return one


def test_a_step_a_tap_and_close(cast, talk, sign_in):
    client = sign_in(cast.elena)
    page = client.get(url(talk, "close")).content.decode()
    assert "Nothing from Ana" in page
    assert "Nothing from Elena" in page
    client.post(url(talk, "leaves-with"), {"line": "@Ana Fri " + SECRET})
    promise = Promise.objects.get()
    assert (promise.owner, promise.sealed, promise.plain) == (cast.ana, SECRET, "")
    page = client.get(url(talk, "close")).content.decode()
    assert SECRET in page
    assert "Nothing from Ana" not in page
    client.post(url(talk, "nothing"), {"person": cast.elena.pk})
    answer = client.post(url(talk, "close"), follow=True)
    assert answer.redirect_chain[-1][0] == url(talk, "minutes")
    said = answer.content.decode()
    assert f"Ana Ribeiro: {SECRET}, by Fri 27 November" in said
    assert "Worth the time?" in said
    assert url(talk, "reopening") in said


def test_closing_too_early_says_what_is_missing(cast, talk, sign_in):
    answer = sign_in(cast.elena).post(url(talk, "close"))
    assert answer.status_code == 422
    assert "what do Ana and Elena leave with?" in answer.content.decode()


def test_the_second_tab_sees_that_it_is_closed(cast, talk, sign_in):
    client = sign_in(cast.elena)
    closed(client, talk)
    answer = client.post(url(talk, "close"), follow=True)
    assert "Elena Hartmann closed it" in answer.content.decode()
    for what in ("nothing", "absent"):
        answer = client.post(url(talk, what), {"person": cast.ana.pk})
        assert answer.status_code == 302
    assert client.post(url(talk, "leaves-with"), {"line": "@Ana Fri x"}).status_code == 422


def test_the_bar_is_filled_in_place(cast, talk, sign_in):
    client = sign_in(cast.elena)
    asked = {"HTTP_HX_REQUEST": "true", "HTTP_HX_TARGET": "closing-bar"}
    bar = client.post(url(talk, "nothing"), {"person": cast.ana.pk}, **asked).content.decode()
    assert "<html" not in bar
    assert "Ana leaves with nothing." in bar
    assert "Undo" in bar
    bar = client.post(url(talk, "close"), **asked).content.decode()
    assert "what does Elena leave with?" in bar
    client.post(url(talk, "nothing"), {"person": cast.elena.pk}, **asked)
    bar = client.post(url(talk, "close"), **asked).content.decode()
    assert "Worth the time?" in bar
    bar = client.post(url(talk, "rating"), {"worth": "3"}, **asked).content.decode()
    assert 'value="3" aria-pressed="true"' in bar


def test_undo_of_each_tap(cast, talk, sign_in):
    client = sign_in(cast.elena)
    client.post(url(talk, "nothing"), {"person": cast.ana.pk})
    client.post(f"{url(talk, 'nothing')}?person={cast.ana.pk}&undo=1")
    assert not Seat.objects.filter(nothing=True).exists()
    client.post(url(talk, "absent"), {"person": cast.ana.pk})
    assert Seat.objects.filter(absent=True).count() == 1
    client.post(url(talk, "absent"), {"person": cast.ana.pk, "undo": "1"})
    assert not Seat.objects.filter(absent=True).exists()
    closed(client, talk)
    client.post(url(talk, "reopening"))
    talk.refresh_from_db()
    assert talk.state == "planned"
    client.post(url(talk, "correction"), {"what": "held"})
    client.post(f"{url(talk, 'correction')}?what=")
    talk.refresh_from_db()
    assert talk.correction == ""


def test_a_member_writes_and_rates_but_does_not_close(cast, talk, sign_in):
    client = sign_in(cast.ana)
    assert client.get(url(talk, "close")).status_code == 403
    client.post(url(talk, "nothing"), {"person": cast.ana.pk})
    assert Seat.objects.get(nothing=True).person == cast.ana
    answer = client.post(url(talk, "nothing"), {"person": cast.elena.pk})
    assert answer.status_code == 422
    client.post(url(talk, "rating"), {"worth": "2"})
    client.post(url(talk, "rating"), {"word": "rushed"})
    seat = Seat.objects.get(meeting=talk, person=cast.ana)
    assert (seat.worth, seat.one_word) == (2, "rushed")


@pytest.mark.parametrize(
    ("what", "values"),
    [
        ("leaves-with", {"line": ""}),
        ("leaves-with", {"line": "\0"}),
        ("leaves-with", {"line": "@Ana 31 February x"}),
        ("leaves-with", {"line": "@Nobody Fri x"}),
        ("leaves-with", {"line": "<script>alert(1)</script>\n" * 10_000}),
        ("nothing", {"person": "\0"}),
        ("nothing", {"person": "9" * 30}),
        ("nothing", {}),
        ("absent", {"person": "-1"}),
        ("rating", {"worth": "1000000000"}),
        ("rating", {"worth": "²"}),
        ("rating", {"word": "\0"}),
        ("correction", {"what": "\0"}),
        ("correction", {"what": "held" * 1000, "back": "//evil.example/"}),
    ],
)
def test_bad_input_is_a_sentence(cast, talk, sign_in, what, values):
    answer = sign_in(cast.elena).post(url(talk, what), values)
    assert answer.status_code in (302, 422)
    assert "evil" not in answer.headers.get("Location", "")
    if answer.status_code == 422:
        assert "<script>alert" not in answer.content.decode()


def test_minutes_lead_to_their_neighbours_and_record_their_openings(cast, talks, sign_in):
    days = [TODAY - timedelta(days=number) for number in (14, 7, 0)]
    made = [meeting(talks, day, at="06:00") for day in days]
    client = sign_in(cast.elena)
    for one in made:
        note = Note(meeting=one, item="a", author=cast.ana, changed_at=NOW)
        note.put(SECRET, confidential=True).save()
        closed(client, one)
    page = client.get(url(made[1], "minutes")).content.decode()
    assert url(made[0], "minutes") in page
    assert url(made[2], "minutes") in page
    assert not Opening.objects.filter(object_kind="minutes").exists()  # her own
    client = sign_in(cast.ana)
    client.get(url(made[1], "minutes"))
    client.get(url(made[1], "minutes"))
    kept = Opening.objects.get(object_kind="minutes")
    assert (kept.viewer_id, kept.author_id, kept.object_id) == (
        cast.ana.pk,
        cast.elena.pk,
        made[1].minutes.pk,
    )
    assert "Kessler" not in kept.object_name


def test_minutes_before_the_closing_and_without_a_word(cast, talk, sign_in):
    page = sign_in(cast.ana).get(url(talk, "minutes")).content.decode()
    assert "written when the meeting is closed" in page
    Meeting.objects.filter(pk=talk.pk).update(state="closed", closed_at=NOW)
    page = sign_in(cast.ana).get(url(talk, "minutes")).content.decode()
    assert "Nothing was written" in page
    assert "not known" in page


def test_hostile_texts_are_texts(cast, talk, sign_in):
    note = Note(meeting=talk, item="a", author=cast.ana, changed_at=NOW)
    note.put("<script>alert(1)</script>", confidential=True).save()
    client = sign_in(cast.elena)
    closed(client, talk)
    assert "<script>alert" not in client.get(url(talk, "minutes")).content.decode()


@pytest.mark.parametrize("what", ["close", "minutes"])
def test_as_many_queries_for_much_as_for_little(cast, on_monday, sign_in, what):
    """Session, user and viewer; the meeting; seats, promises, round, agenda; minutes, calendars."""
    client = sign_in(cast.elena)

    def needed(people, promises):
        one = meeting(rhythm(cast.elena, people), at="06:00")
        for number in range(promises):
            made = Promise(
                owner=cast.ana,
                asked_by=cast.elena,
                author=cast.ana,
                made_on=TODAY,
                due=TODAY,
                first_due=TODAY,
            )
            made.put(f"{SECRET} {number}", confidential=True).save()
            Outcome.objects.create(meeting=one, promise=made)
        if what == "minutes":
            closed(client, one)
            client.get(url(one, what))  # what was said quietly is said
        return count_of(lambda: client.get(url(one, what)))

    little = needed([cast.ana], 1)
    much = needed([cast.ana, cast.tom, cast.mira, cast.joao, cast.piotr, cast.hanna], 30)
    assert much == little
    assert little <= 22
