"""Pass it on: to the own team in one tap, and the executive sees that it lives."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drumbeat.meetings.actions.agendas import change_agenda
from drumbeat.meetings.actions.passing import NotToPassOn, pass_back, pass_on
from drumbeat.meetings.models import Meeting, Note, Rhythm
from drumbeat.meetings.queries.agendas import agenda_of_rhythm, library_body
from drumbeat.meetings.queries.passing import passing
from drumbeat.meetings.rules.passing import FOR_EACH, HUDDLE, first_day
from drumbeat.meetings.tests.make import meeting, rhythm
from drumbeat.people.tests.cast import TODAY
from drumbeat.people.viewer import viewer_of
from tests.queries import count_of

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)


def on(cast, own, who=None):
    return pass_on(actor=who or cast.ana, today=TODAY, now=NOW, rhythm=own)


@pytest.fixture
def huddle(cast):
    return rhythm(cast.elena, [cast.ana, cast.tom], template="weekly_huddle")


def test_a_huddle_goes_to_the_own_team_a_day_later(cast, huddle):
    body = replace(library_body("weekly_huddle"), purpose="Ours")
    change_agenda(actor=cast.elena, today=TODAY, now=NOW, rhythm=huddle, body=body)
    (made,) = on(cast, huddle)
    assert (made.template, made.chair, made.passed_from) == ("weekly_huddle", cast.ana, huddle)
    assert set(made.people.all()) == {cast.mira, cast.joao}
    assert (made.weekday, made.starts_on, made.at) == (1, date(2026, 11, 24), time(9))
    assert agenda_of_rhythm(made, NOW).purpose == "Ours"
    assert made.meetings.first().day == date(2026, 11, 24)


def test_a_one_to_one_goes_to_each_on_days_of_their_own(cast):
    own = rhythm(cast.elena, [cast.ana], frequency="two_weeks")
    made = on(cast, own)
    assert [(one.people.get().name, one.weekday, one.frequency) for one in made] == [
        ("João Ávila", 0, "two_weeks"),
        ("Mira Lund", 1, "two_weeks"),
    ]
    assert all(one.confidential for one in made)


def test_it_moves_to_a_free_time(cast, huddle):
    busy = rhythm(cast.ana, [cast.mira], weekday=1, starts_on=TODAY + timedelta(days=1))
    meeting(busy, TODAY + timedelta(days=1))
    assert on(cast, huddle)[0].at == time(10)


@pytest.mark.parametrize("who", ["elena", "stella", "mira"])
def test_only_members_with_a_team_pass_on(cast, huddle, who):
    huddle.people.add(cast.mira)
    with pytest.raises(NotToPassOn):
        on(cast, huddle, getattr(cast, who))


def test_not_twice_and_not_what_belongs_to_its_leader(cast, huddle):
    on(cast, huddle)
    with pytest.raises(NotToPassOn, match="already"):
        on(cast, huddle)
    pass_back(actor=cast.ana, today=TODAY, now=NOW, rhythm=huddle)
    assert Rhythm.objects.get(passed_from=huddle).state == Rhythm.ENDED
    assert on(cast, huddle)
    with pytest.raises(NotToPassOn, match="belongs"):
        on(cast, rhythm(cast.elena, [cast.ana], template="skip_level"))


def test_the_executive_sees_that_it_lives_and_never_a_note(cast, huddle, sign_in):
    (made,) = on(cast, huddle)
    held = meeting(made, TODAY - timedelta(days=6), closed_by=cast.ana, closed_at=NOW, state=Meeting.CLOSED)
    meeting(made, TODAY - timedelta(days=13), state=Meeting.LEFT_OUT)
    Note.objects.create(meeting=held, item="a", author=cast.ana, changed_at=NOW, plain="walnut")
    found = passing(huddle, viewer_of(cast.elena, TODAY), NOW)
    assert not found.may
    (life,) = found.lives
    assert [week.word for week in life.weeks] == [*[""] * 5, "not held", "held", ""]
    assert life.said == "held in 1 of 2 weeks"
    assert passing(huddle, viewer_of(cast.tom, TODAY), NOW).lives == ()
    assert passing(huddle, viewer_of(cast.tom, TODAY), NOW).may
    assert passing(huddle, viewer_of(cast.ana, TODAY), NOW).mine == (made,)


def test_the_panel_costs_the_same_for_many(cast, huddle):
    on(cast, huddle)
    viewer = viewer_of(cast.elena, TODAY)
    meeting(Rhythm.objects.get(passed_from=huddle), TODAY - timedelta(days=6))
    few = count_of(lambda: passing(huddle, viewer, NOW))
    on(cast, huddle, cast.tom)
    for one in Rhythm.objects.filter(passed_from=huddle):
        for week in range(2, 8):
            meeting(one, TODAY - timedelta(days=7 * week - 1))
    assert count_of(lambda: passing(huddle, viewer, NOW)) == few


def test_the_buttons(cast, huddle, sign_in):
    client = sign_in(cast.ana)
    answer = client.post(f"/rhythms/{huddle.pk}/pass-on/")
    made = Rhythm.objects.get(passed_from=huddle)
    assert answer.url == f"/rhythms/{made.pk}/"
    assert client.post(f"/rhythms/{huddle.pk}/pass-on/").status_code == 302
    assert Rhythm.objects.filter(passed_from=huddle).count() == 1
    client.post(f"/rhythms/{huddle.pk}/pass-on/back/")
    assert Rhythm.objects.get(passed_from=huddle).state == Rhythm.ENDED
    assert client.get(f"/rhythms/{huddle.pk}/pass-on/").status_code == 405


@given(day=st.dates(date(2000, 1, 1), date(2100, 1, 1)), number=st.integers(0, 30))
def test_a_passed_on_rhythm_never_begins_on_a_weekend_or_far_away(day, number):
    def works(one):
        return one.weekday() < 5

    if not works(day):
        return
    later = first_day(HUDDLE, day, number, works)
    assert works(later)
    assert 1 <= (later - day).days <= 3
    each = first_day(next(iter(FOR_EACH)), day, number, works)
    assert works(each)
    assert 0 <= (each - day).days <= 6
    assert first_day("idea_clinic", day, number, works) == day
