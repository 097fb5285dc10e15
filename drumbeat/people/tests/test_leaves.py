"""leave.add and leave.remove."""

from datetime import timedelta

import pytest

from drumbeat.people.actions.leaves import AwayAlready, EndsBeforeStart, add_leave, remove_leave
from drumbeat.people.models import Leave
from drumbeat.people.tests.cast import TODAY
from drumbeat.people.tests.make import TOMORROW, last_entry


def away(cast, first=TODAY, last=TOMORROW):
    return add_leave(actor=cast.adam, today=TODAY, person=cast.mira, starts_on=first, ends_on=last)


def test_it_works(cast):
    leave = away(cast)
    assert list(cast.mira.leaves.all()) == [leave]
    assert (last_entry().verb, last_entry().object_name) == ("leave.add", "Mira Lund")


def test_one_day_is_a_leave(cast):
    assert away(cast, TODAY, TODAY).ends_on == TODAY


def test_the_wrong_way_round_is_refused(cast):
    with pytest.raises(EndsBeforeStart, match="lies before the first"):
        away(cast, TOMORROW, TODAY)


def test_two_on_one_day_are_refused(cast):
    away(cast)
    with pytest.raises(AwayAlready):
        away(cast, TOMORROW, TOMORROW + timedelta(days=3))
    away(cast, TOMORROW + timedelta(days=1), TOMORROW + timedelta(days=3))


def test_removing_works(cast):
    remove_leave(actor=cast.adam, today=TODAY, leave=away(cast))
    assert not Leave.objects.exists()
    assert last_entry().verb == "leave.remove"
