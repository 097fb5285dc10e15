"""What a person does with the own calendar: bring it in, correct it, sort domains."""

from drumbeat.calendars.actions.calendars import (
    add_calendar,
    forget_calendar,
    keep_titles,
    note_problem,
    set_address,
)
from drumbeat.calendars.actions.corrections import NoSuchCategory, correct
from drumbeat.calendars.actions.domains import follow_accounts, sort_domains
from drumbeat.calendars.actions.reading import keep_reading

__all__ = [
    "NoSuchCategory",
    "add_calendar",
    "correct",
    "follow_accounts",
    "forget_calendar",
    "keep_reading",
    "keep_titles",
    "note_problem",
    "set_address",
    "sort_domains",
]
