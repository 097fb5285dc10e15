"""Two rooms of the cast: a sealed one and a plain one."""

import pytest

from drumbeat.meetings.models import Meeting
from drumbeat.meetings.tests import make


@pytest.fixture
def one(cast) -> Meeting:
    """Elena's one-to-one with Ana, today at nine."""
    return make.meeting(make.rhythm(cast.elena, [cast.ana]))


@pytest.fixture
def huddle(cast) -> Meeting:
    """Elena's huddle with Ana and Tom, today at nine."""
    return make.meeting(make.rhythm(cast.elena, [cast.ana, cast.tom], "weekly_huddle"))
