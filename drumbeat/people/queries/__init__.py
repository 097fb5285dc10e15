"""Loaders: finding people here, pages in their own modules."""

from drumbeat.people.queries.find import (
    NoSuchPerson,
    SeveralPeople,
    find_person,
    leaders_of,
    managers_of,
    reps_below,
)

__all__ = ["NoSuchPerson", "SeveralPeople", "find_person", "leaders_of", "managers_of", "reps_below"]
