"""Weeks of the tone. Pure."""

from datetime import date, timedelta

LONGEST = 300


def monday_of(day: date) -> date:
    """The Monday of the week of a day."""
    return day - timedelta(days=day.weekday())
