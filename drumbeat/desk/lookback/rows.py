"""The rows behind each truth, as they are shown. Pure."""

from collections.abc import Callable, Iterable, Mapping, Sequence

from drumbeat.desk.lookback.counting import Deal
from drumbeat.desk.lookback.result import Entry
from drumbeat.signals.rules.truth import Truth
from drumbeat.signals.rules.words import figure

Table = tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]
DEAL_COLUMNS = ("Deal", "Rep", "Account", "State", "Created", "Close date", "Amount")
ENTRY_COLUMNS = ("Day", "Entry", "Minutes", "Category")


def rows_behind(
    truths: Iterable[Truth],
    deals: Sequence[Deal],
    entries: Mapping[str, Entry],
    rep_name: Callable[[str], str],
) -> dict[str, Table]:
    """The rows of each truth by its key, in the order of its ids; what is unknown is an empty cell."""
    truths = list(truths)
    wanted = {one for truth in truths if truth.row_kind == "deals" for one in truth.rows}
    known = {deal.id: deal for deal in deals if deal.id in wanted}
    tables: dict[str, Table] = {}
    for truth in truths:
        if truth.row_kind == "deals":
            tables[truth.key] = (
                DEAL_COLUMNS,
                tuple(_deal_cells(known[one], rep_name) for one in truth.rows if one in known),
            )
        elif truth.row_kind == "reps":
            tables[truth.key] = ("Rep",), tuple((one,) for one in truth.rows)
        elif truth.row_kind == "events":
            found = sorted(
                (entries[one] for one in truth.rows if one in entries), key=lambda entry: entry.day
            )
            tables[truth.key] = ENTRY_COLUMNS, tuple(_entry_cells(entry) for entry in found)
        else:
            tables[truth.key] = _by_manager(truth)
    return tables


def _deal_cells(deal: Deal, rep_name: Callable[[str], str]) -> tuple[str, ...]:
    return (
        deal.id if deal.name is None or deal.name in deal.id else f"{deal.name} ({deal.id})",
        rep_name(deal.owner),
        deal.account or "",
        deal.state,
        deal.created_on.isoformat() if deal.created_on else "",
        deal.close_on.isoformat() if deal.close_on else "",
        figure(deal.amount) if deal.amount is not None else "",
    )


def _entry_cells(entry: Entry) -> tuple[str, ...]:
    return entry.day.isoformat(), entry.title, figure(entry.minutes), entry.category


def _by_manager(truth: Truth) -> Table:
    names = tuple(dict.fromkeys(name for each in truth.by_manager for name in each.numbers))
    header = ("Manager", *(name.replace("_", " ").capitalize() for name in names))
    rows = (
        (each.manager or "not known", *(str(each.numbers.get(name, "")) for name in names))
        for each in truth.by_manager
    )
    return header, tuple(rows)
