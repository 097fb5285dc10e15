from drumbeat.promises.queries.kept import Kept, Month, kept_both_ways
from drumbeat.promises.queries.lists import Both, Group, Row, opening_of, owed_between, promises_of, row_of
from drumbeat.promises.queries.team import TeamRow, team_of

__all__ = [
    "Both",
    "Group",
    "Kept",
    "Month",
    "Row",
    "TeamRow",
    "kept_both_ways",
    "opening_of",
    "owed_between",
    "promises_of",
    "row_of",
    "team_of",
]
