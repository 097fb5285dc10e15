"""The look back over small files whose figures can be worked out by hand."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drumbeat.core.periods import before, weeks_to
from drumbeat.core.refusal import Refused
from drumbeat.desk.lookback.counting import Counter, Deal
from drumbeat.desk.lookback.look import BadWeeks, look_back
from drumbeat.desk.lookback.organisation import Organisation, ReportingCycle
from drumbeat.desk.lookback.sources import NothingToLookAt
from drumbeat.desk.lookback.tests.make import TODAY, deals, open_deal, people, won, write

CAST = [("Ana", "Elena"), ("Bea", "Elena"), ("Rob", "Ana"), ("Sam", "Ana"), ("Tim", "Bea"), ("Elena", "")]


def row_of(look, manager):
    return next(row for row in look.managers if row.manager == manager)


def test_it_works(tmp_path):
    files = [
        people(tmp_path, *CAST),
        deals(
            tmp_path,
            won(1, "Rob", "2017-10-02"),
            won(2, "Sam", "2017-12-31", 50),
            won(3, "Rob", "2017-10-01", 7),
            won(4, "Rob", "2017-07-03", 5),
            won(5, "Rob", "2017-07-02", 3),
            ("D6", "Tim", "Acme", "Lost", "2017-09-01", "2017-11-01", 0),
            open_deal(7, "Tim"),
        ),
    ]
    look = look_back(files, as_of=TODAY)
    ana = row_of(look, "Ana")
    assert (ana.reps, ana.won_amount, ana.won_count, ana.won_amount_before) == (
        2,
        Decimal(150),
        2,
        Decimal(12),
    )
    bea = row_of(look, "Bea")
    assert (bea.reps, bea.won_count, bea.lost_count) == (1, 0, 1)
    assert [row.manager for row in look.managers] == ["Ana", "Bea"]  # Elena leads nobody who leads nobody


def test_the_document_to_the_letter(tmp_path):
    files = [people(tmp_path, *CAST), deals(tmp_path, won(1, "Rob", "2017-12-10", "12.50"))]
    document = look_back(files, as_of=TODAY, weeks=2).as_json()
    assert list(document) == ["as_of", "from", "to", "truths", "managers", "minutes", "unknown"]
    assert (document["as_of"], document["from"], document["to"]) == ("2017-12-31", "2017-12-18", "2017-12-31")
    assert document["minutes"] is None
    assert document["managers"][0] == {
        "manager": "Ana",
        "reps": 2,
        "won_amount": "0",
        "won_count": 0,
        "lost_count": 0,
        "won_amount_before": "12.50",
        "one_to_ones": None,
        "customer_days": None,
        "minutes_together": None,
        "sentence": "One rep of two has no deal at all.",
    }
    assert list(document["truths"][0]) == ["key", "sentence", "numbers", "by_manager", "rows"]


def test_as_of_a_day(tmp_path):
    """Open are those that were there and not closed by the day, by the dates known now."""
    files = [
        people(tmp_path, *CAST),
        deals(
            tmp_path,
            won(1, "Rob", "2018-01-05"),  # still open
            open_deal(2, "Rob", created="2018-01-01"),  # not there yet
            open_deal(3, "Rob", created=""),  # there since an unknown day
            won(4, "Rob", "2017-12-31"),  # won by then
        ),
    ]
    look = look_back(files, as_of=TODAY)
    truth = next(truth for truth in look.truths if truth.key == "unowned_facts")
    assert truth.numbers == {"account": 0, "amount": 1, "close_date": 1, "of": 2}
    assert row_of(look, "Ana").won_count == 1
    assert "the age of 1 open deal without a created date" in look.unknown


def test_a_move_parts_won_from_open(tmp_path):
    """Won and lost belong to who led the owner on the close date, open deals to who leads on the day."""
    header = ("name", "manager", "line_from")
    rows = [("Rob", "Ana", ""), ("Rob", "Bea", "2017-11-01"), ("Sam", "Ana", ""), ("Tim", "Bea", "")]
    files = [
        people(tmp_path, *rows, header=header),
        deals(
            tmp_path,
            won(1, "Rob", "2017-10-31", 5),
            won(2, "Rob", "2017-11-01", 7),
            open_deal(3, "Rob", account=""),
        ),
    ]
    look = look_back(files, as_of=TODAY)
    assert row_of(look, "Ana").won_amount == 5
    assert row_of(look, "Bea").won_amount == 7
    truth = next(truth for truth in look.truths if truth.key == "unowned_facts")
    assert [each.manager for each in truth.by_manager] == ["Bea"]


def test_a_row_covers_everyone_below(tmp_path):
    """Dana leads a rep and Ana, who leads reps: Dana's row holds both teams, the truths keep them apart."""
    files = [
        people(tmp_path, ("Ana", "Dana"), ("Rob", "Ana"), ("Zoe", "Dana")),
        deals(
            tmp_path,
            won(1, "Rob", "2017-12-01", 5),
            won(2, "Zoe", "2017-12-01", 7),
            won(3, "Ana", "2017-12-01", 2),
        ),
    ]
    look = look_back(files, as_of=TODAY)
    assert (row_of(look, "Ana").won_amount, row_of(look, "Ana").reps) == (7, 1)
    assert (row_of(look, "Dana").won_amount, row_of(look, "Dana").reps) == (14, 2)


def test_owners_by_id_then_mail_then_name(tmp_path):
    header = ("name", "email", "external_id", "manager")
    rows = [("Rob", "rob@x.org", "7", "Ana"), ("Rob Roy", "roy@x.org", "Rob", "Bea")]
    files = [
        people(tmp_path, *rows, header=header),
        deals(
            tmp_path,
            won(1, "Rob", "2017-12-01", 1),
            won(2, "ROB@x.org", "2017-12-01", 2),
            won(3, "rob  roy", "2017-12-01", 4),
        ),
    ]
    look = look_back(files, as_of=TODAY)
    assert row_of(look, "Bea").won_amount == 5
    assert row_of(look, "Ana").won_amount == 2


def test_unknown_owners_stand_apart(tmp_path):
    files = [people(tmp_path, *CAST), deals(tmp_path, won(1, "Nobody", "2017-12-01"))]
    look = look_back(files, as_of=TODAY)
    assert look.managers[-1].manager is None
    assert look.managers[-1].won_amount == 100
    assert "the manager of 1 rep" in look.unknown


def test_who_left_is_no_rep(tmp_path):
    header = ("name", "manager", "left_on")
    files = [
        people(tmp_path, ("Rob", "Ana", "2017-06-30"), ("Sam", "Ana", ""), header=header),
        deals(tmp_path),
    ]
    look = look_back([*files[:1], deals(tmp_path, won(1, "Sam", "2017-12-01"))], as_of=TODAY)
    assert row_of(look, "Ana").reps == 1


def test_a_repeated_id(tmp_path):
    """Equal rows count once, later different ones are left out and said to be."""
    rows = [won(1, "Rob", "2017-12-01"), won(1, "Rob", "2017-12-01"), won(1, "Rob", "2017-12-02")]
    look = look_back([people(tmp_path, *CAST), deals(tmp_path, *rows)], as_of=TODAY)
    assert row_of(look, "Ana").won_count == 1
    assert any("1 row of deals.csv that cannot be read" in unknown for unknown in look.unknown)


def test_bookings_stand_beside(tmp_path):
    orders = write(
        tmp_path / "orders.csv",
        ("external_id", "owner", "booked_on", "amount"),
        [
            ("1", "Rob", "2017-12-01", "10.50"),
            ("2", "Tim", "2017-09-30", "4"),
            ("3", "Rob", "2018-01-01", "9"),
        ],
    )
    files = [people(tmp_path, *CAST), deals(tmp_path, won(1, "Rob", "2017-12-01")), orders]
    document = look_back(files, as_of=TODAY).as_json()
    assert document["managers"][0]["booked_amount"] == "10.50"
    assert document["managers"][1]["booked_amount_before"] == "4"


def test_refusals(tmp_path):
    with pytest.raises(NothingToLookAt):
        look_back([], as_of=TODAY)
    with pytest.raises(Refused):
        look_back([tmp_path / "nothing.csv"], as_of=TODAY)
    file = deals(tmp_path, won(1, "Rob", "2017-12-01"))
    for weeks in (0, -1, 521):
        with pytest.raises(BadWeeks):
            look_back([file], as_of=TODAY, weeks=weeks)


def test_a_circle_is_refused(tmp_path):
    files = [people(tmp_path, ("Ana", "Bea"), ("Bea", "Ana")), deals(tmp_path, won(1, "Ana", "2017-12-01"))]
    with pytest.raises(ReportingCycle, match="Ana leads Bea"):
        look_back(files, as_of=TODAY)


days = st.dates(date(2017, 1, 1), date(2018, 3, 1))
some_deals = st.lists(
    st.builds(
        Deal,
        id=st.uuids().map(str),
        owner=st.sampled_from(["Rob", "Sam", "Tim", "Ana", "Elena", "Nobody"]),
        state=st.sampled_from(["open", "won", "lost"]),
        account=st.sampled_from([None, "Acme"]),
        created_on=st.none() | days,
        close_on=st.none() | days,
        amount=st.none() | st.integers(0, 99).map(Decimal),
        name=st.none(),
    ),
    max_size=30,
)


@settings(max_examples=150, deadline=None)
@given(some_deals)
def test_every_deal_is_counted_once(found):
    """The teams' counts add up to a plain count over the deals, whoever owns them."""
    organisation = Organisation()
    organisation.add_rows([{"name": name, "manager": manager or None} for name, manager in CAST])
    span = weeks_to(TODAY, 13)
    counter = Counter(organisation, TODAY, span, before(span))
    counter.add(found)
    facts = counter.facts({"account", "amount", "close_on"})
    inside = [d for d in found if d.state != "open" and d.close_on and d.close_on in span]
    still = [
        d
        for d in found
        if not (d.state != "open" and (d.close_on is None or d.close_on <= TODAY))
        and (d.created_on is None or d.created_on <= TODAY)
    ]
    teams = facts.teams
    assert sum(team.won_count for team in teams) == sum(d.state == "won" for d in inside)
    assert sum(team.lost_count for team in teams) == sum(d.state == "lost" for d in inside)
    assert sum(team.won_amount for team in teams) == sum(d.amount or 0 for d in inside if d.state == "won")
    assert facts.open_count == len(still)
    assert sum(team.in_progress for team in teams) == sum(d.created_on is not None for d in still)
    assert sum(team.unowned["account"] for team in teams) == facts.unowned["account"].count
    assert sum(team.closed.all for team in teams) == facts.quarter_ends.closed
