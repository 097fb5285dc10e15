"""The same opportunities as an export of an earlier day would have shown them.

Loading the demonstration brings in the exports of a few earlier days first, so that real history arises:
close dates that slipped, amounts that changed, deals that went from a rep who left to a colleague.
"""

from drumbeat.run.generate.deals import Deal

# How many days ago the close dates moved, the last move first, and by how much each move put them off.
SLIPPED_DAYS_AGO = (3, 18, 40)
SLIP_DAYS = 28
SNAPSHOT_WEEKS = (8, 4, 1)
_AMOUNT_CHANGED_DAYS_AGO = 25


class Earlier:
    """One opportunity as of an earlier day; the same names as Deal, days as ordinals."""

    __slots__ = ("amount", "category", "close", "owner", "state")

    def __init__(self, deal: Deal, day: int, now: int) -> None:
        self.owner = deal.owner
        self.state = deal.state
        self.category = deal.category
        self.close = deal.close
        self.amount = deal.amount
        left = deal.former_owner.left_on if deal.former_owner else None
        if deal.former_owner and left and day <= left.toordinal():
            self.owner = deal.former_owner
        if deal.state != "open" and (deal.close or 0) > day:
            self.state = "open"
            self.category = _category(deal, day)
        if self.state == "open" and deal.close is not None:
            later = sum(1 for ago in SLIPPED_DAYS_AGO[: deal.slips] if day < now - ago)
            planned = deal.close - later * SLIP_DAYS
            self.close = max(planned, deal.created or planned)
        if (
            self.state == "open"
            and deal.amount
            and deal.dice % 8 == 0
            and day < now - _AMOUNT_CHANGED_DAYS_AGO
        ):
            self.amount = int(deal.amount * (0.8 if deal.dice & 16 else 1.15) / 10) * 10


def earlier(deal: Deal, day: int, now: int) -> Earlier | None:
    """The opportunity as the export of ``day`` had it; None where it was not there yet."""
    if day >= now:
        return Earlier(deal, now, now)
    if deal.created is not None and deal.created > day:
        return None
    if deal.created is None and deal.dice % 4 == 0:
        return None
    found = Earlier(deal, day, now)
    return found if found.owner.started_on.toordinal() <= day else None


def _category(deal: Deal, day: int) -> str:
    """What was said about a deal that closed later: nearer ones were committed more often."""
    away = (deal.close or day) - day
    if away < 25 and deal.dice % 3:
        return "commit"
    return "best_case" if away < 60 else "pipeline"
