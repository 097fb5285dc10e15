"""What can be done with promises."""

from drumbeat.promises.actions.making import make_promise, promise_by_line
from drumbeat.promises.actions.moving import (
    NeedsReason,
    NotOpen,
    accept,
    drop,
    give_new_date,
    give_new_dates,
    mark_done,
    resume,
    wait_for,
)
from drumbeat.promises.actions.undoing import NothingToTakeBack, take_back, take_back_many

__all__ = [
    "NeedsReason",
    "NotOpen",
    "NothingToTakeBack",
    "accept",
    "drop",
    "give_new_date",
    "give_new_dates",
    "make_promise",
    "mark_done",
    "promise_by_line",
    "resume",
    "take_back",
    "take_back_many",
    "wait_for",
]
