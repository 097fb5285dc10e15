"""How a rhythm is passed on to the own team. Pure."""

from collections.abc import Callable
from datetime import date, timedelta

HUDDLE = "weekly_huddle"
# One rhythm for each report; the others are one rhythm with the whole team.
FOR_EACH = frozenset({"one_to_one", "monthly_plan_review"})
# A skip-level talk and a check-in belong to the one who leads them.
STAYS = frozenset({"skip_level", "new_manager_checkin"})


def first_day(template: str, day: date, number: int, works: Callable[[date], bool]) -> date:
    """The first day of a rhythm passed on from one that meets on ``day``.

    A huddle is on the next weekday: what was said on Monday reaches the reps by Tuesday. Where each report
    gets a rhythm, report ``number`` (from 0) gets the weekday so many later, so that one day is not full.
    ``works`` says whether people work on a day; a single holiday does not make a weekday free.
    """
    steps = 1 if template == HUDDLE else number % 5 if template in FOR_EACH else 0
    for _ in range(steps):
        day += timedelta(days=1)
        for _ in range(6):
            if any(works(day + timedelta(weeks=week)) for week in range(4)):
                break
            day += timedelta(days=1)
    return day
