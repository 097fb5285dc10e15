"""The sentence for the week, from the top down to the reps."""

from datetime import timedelta

import pytest

from drumbeat.meetings.actions.tone import TooLong, say_tone
from drumbeat.meetings.models import Tone
from drumbeat.meetings.queries.tone import tone_form, tones_for
from drumbeat.people.tests.cast import TODAY

pytestmark = pytest.mark.django_db


def say(leader, text, **values):
    return say_tone(actor=leader, today=TODAY, leader=leader, text=text, **values)


def test_it_reaches_everyone_below_the_top_first(cast, django_assert_num_queries):
    say(cast.ana, "Second  one\0")
    say(cast.elena, "First one")
    say(cast.tom, "Not for the north")
    with django_assert_num_queries(2):
        assert [one.text for one in tones_for(cast.mira, TODAY + timedelta(days=4))] == [
            "First one",
            "Second one",
        ]
    assert [one.leader for one in tones_for(cast.elena, TODAY)] == ["Elena Hartmann"]
    assert tones_for(cast.mira, TODAY + timedelta(days=7)) == []
    assert tones_for(cast.stella, TODAY) == []
    form = tone_form(cast.ana, TODAY)
    assert (form.text, [one.text for one in form.above]) == ("Second one", ["First one"])
    assert [one.text for one in tone_form(cast.tom, TODAY - timedelta(weeks=1)).above] == []


def test_one_a_week_changed_or_taken_back(cast):
    say(cast.elena, "A")
    say(cast.elena, "B")
    assert say(cast.elena, "B").text == "B"
    assert Tone.objects.get().text == "B"
    assert say(cast.elena, "  ") is None
    assert say(cast.elena, "") is None
    assert not Tone.objects.exists()
    with pytest.raises(TooLong):
        say(cast.elena, "x" * 301)


def test_the_page(cast, sign_in):
    client = sign_in(cast.ana)
    assert client.get("/tone/").status_code == 200
    assert client.post("/tone/", {"text": "<b>Listen & sell</b>", "back": "/week/"}).url == "/week/"
    assert client.post("/tone/", {"text": "Again", "back": "https://evil.example/"}).url == "/"
    answer = client.post("/tone/", {"text": "x" * 10_000})
    assert answer.status_code == 422
    assert Tone.objects.get().text == "Again"
    assert sign_in(cast.mira).get("/tone/").status_code == 403
