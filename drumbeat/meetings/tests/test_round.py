from datetime import timedelta

import pytest

from drumbeat.meetings.actions.round import NoSuchLine, NothingSaid, hand_on, offer_help, say_line, say_won
from drumbeat.meetings.models import Meeting, RoundLine, Seat
from drumbeat.meetings.standing import RoomIsShut
from drumbeat.meetings.tests import make
from drumbeat.meetings.tests.deeds import NINE, by, prework, told
from drumbeat.people.tests.cast import TODAY

pytestmark = pytest.mark.django_db


def say(meeting, person, must_win="Win Brandt", help_needed="", actor=None):
    return say_line(
        **by(actor or person), meeting=meeting, person=person, must_win=must_win, help_needed=help_needed
    )


def here(meeting, *people):
    for seat in meeting.seats.filter(person__in=people):
        seat.seen_at = NINE
        seat.save()


def test_it_works(huddle, cast):
    line = say(huddle, cast.ana, " Win\r\nBrandt\0 ", "a price  by Friday")
    assert (line.must_win, line.help_needed) == ("Win Brandt", "a price by Friday")
    assert Seat.objects.get(meeting=huddle, person=cast.ana).spoke
    assert told(huddle) == ["round", "closing"]
    say(huddle, cast.ana, "Win Kessler")
    assert RoundLine.objects.get().must_win == "Win Kessler"


def test_the_one_who_is_on_the_phone_is_written_for(huddle, cast):
    assert say(huddle, cast.ana, actor=cast.elena).person == cast.ana


def test_the_word_goes_round_and_the_chair_speaks_last(huddle, cast):
    order = [hand_on(**by(cast.elena), meeting=huddle) for _n in range(4)]
    assert order == [cast.ana.pk, cast.tom.pk, cast.elena.pk, None]
    assert not Seat.objects.filter(meeting=huddle, spoke=False).exists()


def test_those_who_are_here_come_first_and_the_absent_are_left_out(huddle, cast):
    here(huddle, cast.tom)
    assert hand_on(**by(cast.elena), meeting=huddle) == cast.tom.pk
    assert hand_on(**by(cast.elena), meeting=huddle) == cast.elena.pk
    Seat.objects.filter(meeting=huddle, person=cast.ana).update(absent=True)
    assert hand_on(**by(cast.elena), meeting=huddle) is None


def test_the_word_is_given_to_somebody(huddle, cast):
    assert hand_on(**by(cast.elena), meeting=huddle, to=cast.tom.pk) == cast.tom.pk
    assert hand_on(**by(cast.elena), meeting=huddle, to=cast.tom.pk) == cast.tom.pk
    assert Meeting.objects.get(pk=huddle.pk).turn == cast.tom
    assert told(huddle) == ["round"]


def test_help_is_offered_and_taken_back(huddle, cast):
    line = say(huddle, cast.ana, help_needed="a price")
    assert offer_help(**by(cast.tom), meeting=huddle, person=cast.ana.pk)
    assert list(line.helpers.all()) == [cast.tom]
    assert not offer_help(**by(cast.tom), meeting=huddle, person=cast.ana.pk)
    assert not line.helpers.exists()


def test_last_weeks_must_win_is_won_or_not(cast):
    rhythm = make.rhythm(cast.elena, [cast.ana], "weekly_huddle")
    before, now = make.meeting(rhythm, TODAY - timedelta(days=7)), make.meeting(rhythm)
    line = say(before, cast.ana)
    for won in (True, True, False, None):
        say_won(actor=cast.tom, today=TODAY, meeting=now, line=line, won=won)
        assert RoundLine.objects.get().won is won
    assert told(now) == ["item-b"] * 3


@pytest.mark.parametrize(
    ("must_win", "help_needed", "said"),
    [(" \0", "", "must Ana Ribeiro win"), ("x" * 501, "", "45 seconds"), ("Win", "x" * 501, "45 seconds")],
)
def test_nothing_and_speeches_are_refused(huddle, cast, must_win, help_needed, said):
    with pytest.raises(NothingSaid, match=said):
        say(huddle, cast.ana, must_win, help_needed)


def test_who_has_no_seat_has_no_word(huddle, cast):
    with pytest.raises(NoSuchLine):
        say(huddle, cast.stella)
    with pytest.raises(NoSuchLine):
        hand_on(**by(cast.elena), meeting=huddle, to=cast.stella.pk)


def test_no_help_for_nothing_nor_for_oneself(huddle, cast):
    with pytest.raises(NoSuchLine, match="Nothing was said"):
        offer_help(**by(cast.tom), meeting=huddle, person=cast.ana.pk)
    say(huddle, cast.ana, help_needed="a price")
    with pytest.raises(NoSuchLine, match="own line"):
        offer_help(**by(cast.ana), meeting=huddle, person=cast.ana.pk)


def test_a_must_win_of_another_rhythm_is_none(huddle, cast):
    other = make.meeting(make.rhythm(cast.elena, [cast.ana], "weekly_huddle"), TODAY - timedelta(days=7))
    with pytest.raises(NoSuchLine):
        say_won(actor=cast.ana, today=TODAY, meeting=huddle, line=say(other, cast.ana), won=True)


def test_a_closed_room_has_no_round(huddle, cast):
    line = say(huddle, cast.ana, help_needed="a price")
    Meeting.objects.filter(pk=huddle.pk).update(state=Meeting.CLOSED, closed_at=NINE)
    for deed in (
        lambda: say(huddle, cast.ana),
        lambda: hand_on(**by(cast.ana), meeting=huddle),
        lambda: offer_help(**by(cast.tom), meeting=huddle, person=cast.ana.pk),
        lambda: say_won(actor=cast.ana, today=TODAY, meeting=huddle, line=line, won=True),
    ):
        with pytest.raises(RoomIsShut):
            deed()


# Pages


def test_the_round_without_script(huddle, cast, sign_in):
    prework(huddle, cast.ana, "Win Brandt\nA price list,\nand Tom")
    client, url = sign_in(cast.elena), f"/meetings/{huddle.pk}/"
    assert client.post(f"{url}round/turn/")["Location"] == f"{url}#part-round"
    text = client.get(url).content.decode()
    assert "Ana Ribeiro has the word" in text
    assert 'value="Win Brandt"' in text
    assert 'value="A price list, and Tom"' in text
    client.post(f"{url}round/{cast.ana.pk}/", {"must_win": "Win Brandt", "help_needed": "A price list"})
    text = client.get(url).content.decode()
    assert "Tom Okafor has the word" in text
    assert "Needs help: A price list" in text
    client.force_login(cast.tom.user)
    client.post(f"{url}round/{cast.ana.pk}/help/")
    assert "Tom Okafor helps" in client.get(url).content.decode()


def test_a_refusal_keeps_what_was_typed(huddle, cast, sign_in):
    hand_on(**by(cast.elena), meeting=huddle)
    answer = sign_in(cast.ana).post(
        f"/meetings/{huddle.pk}/round/{cast.ana.pk}/", {"must_win": "", "help_needed": "Only help"}
    )
    assert answer.status_code == 422
    assert "One line is enough" in answer.content.decode()
    assert 'value="Only help"' in answer.content.decode()


def test_last_time_stands_at_the_number(cast, sign_in):
    rhythm = make.rhythm(cast.elena, [cast.ana], "weekly_huddle")
    before, now = make.meeting(rhythm, TODAY - timedelta(days=7)), make.meeting(rhythm)
    line = say(before, cast.ana, "Win Brandt")
    client, url = sign_in(cast.elena), f"/meetings/{now.pk}/"
    assert "Win Brandt" in client.get(url).content.decode()
    client.post(f"{url}won/{line.pk}/", {"won": "yes"})
    assert RoundLine.objects.get().won
    other = make.meeting(make.rhythm(cast.elena, [cast.ana], "weekly_huddle"))
    assert client.post(f"/meetings/{other.pk}/won/{line.pk}/", {"won": "no"}).status_code == 404


def test_who_is_not_there_is_not_there(huddle, cast, sign_in):
    client, url = sign_in(cast.elena), f"/meetings/{huddle.pk}/"
    assert client.post(f"{url}round/{cast.stella.pk}/", {"must_win": "x"}).status_code == 404
    assert client.post(f"{url}round/turn/", {"to": "99999999999999"}).status_code == 302
    assert client.post(f"{url}round/turn/", {"to": str(cast.stella.pk)}).status_code == 422
