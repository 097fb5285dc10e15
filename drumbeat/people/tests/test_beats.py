"""beat.choose."""

import pytest

from drumbeat.journal.models import Entry
from drumbeat.people.actions.beats import NotABeat, choose_beat
from drumbeat.people.models import Beat
from drumbeat.people.tests.cast import TODAY
from drumbeat.people.tests.make import last_entry


def choose(cast, days=14, huddle=0):
    return choose_beat(
        actor=cast.elena, today=TODAY, leader=cast.elena, one_to_one_days=days, huddle_weekday=huddle
    )


def test_it_works(cast):
    choose(cast)
    beat = Beat.objects.get(leader=cast.elena)
    assert (beat.one_to_one_days, beat.huddle_weekday) == (14, 0)
    assert last_entry().verb == "beat.choose"


def test_it_can_be_changed_and_the_huddle_left_out(cast):
    choose(cast)
    choose(cast, days=7, huddle=None)
    beat = Beat.objects.get(leader=cast.elena)
    assert (beat.one_to_one_days, beat.huddle_weekday) == (7, None)


def test_the_same_again_writes_nothing(cast):
    choose(cast)
    before = Entry.objects.count()
    choose(cast)
    assert Entry.objects.count() == before


@pytest.mark.parametrize(("days", "huddle"), [(0, 0), (91, 0), (14, 7), (14, -1)])
def test_refusals(cast, days, huddle):
    with pytest.raises(NotABeat):
        choose(cast, days, huddle)
    assert not Beat.objects.exists()
