"""Promises that came out of a meeting: grouped by it, read by who sat there, made nowhere else."""

import pytest

from drumbeat.meetings.models import Outcome
from drumbeat.meetings.tests.make import meeting, rhythm
from drumbeat.people.tests.cast import TODAY
from drumbeat.promises.queries import owed_between, promises_of
from drumbeat.promises.tests.make import promise
from tests.queries import at_most

pytestmark = pytest.mark.django_db


@pytest.fixture
def huddle(cast):
    return meeting(rhythm(cast.elena, [cast.ana, cast.tom], "weekly_huddle", name="Monday huddle"))


def test_it_works(cast, sign_in, huddle):
    for n, owner in enumerate([cast.ana, cast.tom]):
        made = promise(owner, cast.elena, f"number {n}", confidential=False)
        Outcome.objects.create(meeting=huddle, promise=made)
    promise(cast.ana, cast.elena, "in the car")
    groups = sign_in(cast.elena).get("/promises/owed/?by=meeting").context["groups"]
    assert [(group.name, [row.text for row in group.rows]) for group in groups] == [
        ("Monday huddle", ["number 0", "number 1"]),
        ("Outside of meetings", ["in the car"]),
    ]
    row = groups[0].rows[0]
    assert (row.meeting_pk, row.meeting_day) == (huddle.pk, TODAY)


def test_who_sat_there_reads_it_and_changes_nothing(cast, sign_in, huddle):
    made = promise(cast.ana, cast.elena, "zanzibar", confidential=False)
    Outcome.objects.create(meeting=huddle, promise=made)
    tom = sign_in(cast.tom)
    text = tom.get(f"/promises/{made.pk}/").content.decode()
    assert "zanzibar" in text
    assert "Give it a new date" not in text
    assert tom.post(f"/promises/{made.pk}/done/").status_code == 403


def test_both_ways_in_one_statement(cast):
    promise(cast.ana, cast.elena, "hers")
    promise(cast.elena, cast.ana, "mine")
    promise(cast.elena, cast.tom, "to another")
    promise(cast.elena, cast.ana, "over", state="done", done_on=TODAY)
    with at_most(1):
        both = owed_between(cast.elena.pk, cast.ana.pk, TODAY)
    assert [row.text for row in both.mine] == ["mine"]
    assert [row.text for row in both.theirs] == ["hers"]
    with at_most(1):
        assert len(promises_of(cast.elena, TODAY)) == 3
