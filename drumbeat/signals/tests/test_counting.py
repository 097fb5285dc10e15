"""Counts that files and database share."""

from datetime import date

from drumbeat.signals.counting import quarter_ends
from drumbeat.signals.facts import QuarterEnds, Tally

TODAY = date(2017, 12, 31)


def test_quarter_ends_by_hand():
    # Q4 2017 has 92 days; its last nine begin on 23 December. From 1 October on: 92 days, 9 of them late.
    closings = {date(2017, 10, 1): ["a"], date(2017, 12, 22): ["b"], date(2017, 12, 23): ["c", "d"]}
    tallies = {day: Tally.of(ids) for day, ids in closings.items()}
    ends = quarter_ends(tallies, date(2017, 1, 1), TODAY)
    assert (ends.closed, ends.late.ids, ends.days, ends.late_days) == (4, ("c", "d"), 92, 9)


def test_counts_alone_are_enough_and_a_day_without_a_closing_is_none():
    closings = {date(2017, 10, 1): Tally(0), date(2017, 12, 1): Tally(5), date(2017, 12, 31): Tally(2)}
    ends = quarter_ends(closings, date(2017, 1, 1), TODAY)
    assert (ends.closed, ends.late, ends.days, ends.late_days) == (7, Tally(2), 31, 9)
    assert quarter_ends({date(2017, 10, 1): Tally(0)}, date(2017, 1, 1), TODAY) == QuarterEnds()
