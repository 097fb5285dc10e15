"""What a deal was before an import changed it, asked as of any day; against a naive model."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from drumbeat.exchange.imports import preview, undo
from drumbeat.exchange.imports.undoing import NothingToUndo
from drumbeat.exchange.tests.make import DEALS, PEOPLE, bring, counts, file, months, months_anew
from drumbeat.journal.record import SYSTEM
from drumbeat.people.models import Person, Reach, ReportingLine
from drumbeat.plan.history import as_of
from drumbeat.plan.models import Booking, Opportunity, OpportunityChange, OwnerMonth


@pytest.mark.django_db
def test_history_of_changes_is_kept(tmp_path):
    bring("people", tmp_path, PEOPLE, day=date(2026, 1, 1))
    bring("crm", tmp_path, DEALS, day=date(2026, 3, 1))
    changed = DEALS.replace(
        "D1,Pumps,mira@co.example,Acme,Pump,open,2026-01-10,2026-06-30,1000",
        "D1,Pumps,piotr@co.example,Acme,Pump,won,2026-01-10,2026-05-20,1250.75",
    )
    result = bring("crm", tmp_path, changed, day=date(2026, 6, 1))
    assert counts(result, "opportunities") == (4, 0, 1, 3, 0)

    deal = Opportunity.objects.get(key="D1")
    mira, piotr = Person.objects.get(external_id="E4"), Person.objects.get(external_id="E6")
    before = {
        "owner_id": mira.pk,
        "stage": "open",
        "state": "open",
        "close_on": date(2026, 6, 30),
        "amount": Decimal(1000),
    }
    after = {
        "owner_id": piotr.pk,
        "stage": "won",
        "state": "won",
        "close_on": date(2026, 5, 20),
        "amount": Decimal("1250.75"),
    }
    assert plain(as_of(date(2026, 4, 15))[deal.pk]) == before  # between the two
    assert plain(as_of(date(2026, 5, 31))[deal.pk]) == before  # the eve of the second
    assert plain(as_of(date(2026, 6, 1))[deal.pk]) == after
    assert OpportunityChange.objects.count() == 1  # for changed rows only
    assert months() == months_anew()


@pytest.mark.django_db
def test_two_changes_of_one_day_keep_the_day_before(tmp_path):
    bring("people", tmp_path, PEOPLE)
    bring("crm", tmp_path, DEALS, day=date(2026, 3, 1))
    bring("crm", tmp_path, DEALS.replace("2026-06-30,1000", "2026-06-30,1100"), day=date(2026, 3, 9))
    bring("crm", tmp_path, DEALS.replace("2026-06-30,1000", "2026-06-30,1200"), day=date(2026, 3, 9))
    deal = Opportunity.objects.get(key="D1")
    assert as_of(date(2026, 3, 8))[deal.pk]["amount"] == 1000
    assert as_of(date(2026, 3, 9))[deal.pk]["amount"] == 1200


@pytest.mark.django_db
def test_an_import_of_an_earlier_day_does_not_turn_history_round(tmp_path):
    bring("people", tmp_path, PEOPLE)
    bring("crm", tmp_path, DEALS, day=date(2026, 3, 1))
    bring("crm", tmp_path, DEALS.replace("2026-06-30,1000", "2026-06-30,1100"), day=date(2026, 3, 9))
    bring("crm", tmp_path, DEALS.replace("2026-06-30,1000", "2026-06-30,1200"), day=date(2026, 3, 5))
    deal = Opportunity.objects.get(key="D1")
    assert [as_of(date(2026, 3, day))[deal.pk]["amount"] for day in (4, 6, 8, 9)] == [1000, 1000, 1000, 1200]


START = date(2026, 3, 1)
OWNERS = ["E2", "E4", "E6"]
CLOSES = ["", "2026-03-02", "2026-03-31", "2026-04-01"]
AMOUNTS = ["", "0", "100.10", "999.99", "1000000"]
row = st.tuples(
    st.integers(0, 4),
    st.sampled_from(OWNERS),
    st.sampled_from(["open", "won", "lost"]),
    st.sampled_from(CLOSES),
    st.sampled_from(AMOUNTS),
)
booking = st.tuples(
    st.integers(0, 2),
    st.sampled_from(OWNERS),
    st.sampled_from(CLOSES[1:]),
    st.sampled_from(["-5.05", "10.10", "77"]),
    st.sampled_from(["", "1.01"]),
)
step = st.one_of(
    st.tuples(st.integers(0, 2), st.lists(row, max_size=5), st.lists(booking, max_size=2)),
    st.just("undo"),
)


@pytest.mark.django_db(transaction=True)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(step, max_size=6))
def test_any_sequence_is_as_a_naive_model_has_it(tmp_path, steps):
    wipe()
    bring("people", tmp_path, PEOPLE, day=START)
    owners = dict(Person.objects.values_list("external_id", "pk"))
    states = [(START, {}, {})]
    day, may_undo = START, False
    for number, each in enumerate(steps):
        if each == "undo":
            if may_undo:
                undo(actor=SYSTEM, today=day, data_dir=tmp_path / "data")
                states.pop()
                may_undo = False
            continue
        day += timedelta(days=each[0])
        deals, bookings = dict(states[-1][1]), dict(states[-1][2])
        deals |= first_of_each(each[1], owners)
        bookings |= first_of_each(each[2], owners)
        result = bring("crm", tmp_path, deal_file(each[1], number), booking_file(each[2]), day=day)
        totals = [counts(result, table) for table in result.tables]
        assert all(
            read == sum(rest)
            for table, (read, *rest) in zip(result.tables, totals, strict=True)
            if table in ("opportunities", "bookings")
        )
        if (deals, bookings) != states[-1][1:]:
            states.append((day, deals, bookings))
            may_undo = True
    check(states, owners)


def check(states, owners):
    _, deals, bookings = states[-1]
    kept = {int(o.key): (o.owner_id, o.state, o.close_on, o.amount) for o in Opportunity.objects.all()}
    assert kept == deals
    assert {
        int(b.external_id): (b.owner_id, b.booked_on, b.amount, b.margin) for b in Booking.objects.all()
    } == bookings
    assert months() == months_anew()
    ids = dict(Opportunity.objects.values_list("pk", "key"))
    first_seen = {key: next(day for day, known, _ in states if key in known) for key in deals}
    for offset in range(-1, 14):
        day = START + timedelta(days=offset)
        past = next((known for on, known, _ in reversed(states) if on <= day), {})
        expected = {key: past[key] if first_seen[key] <= day else values for key, values in deals.items()}
        found = {
            int(ids[pk]): (v["owner_id"], v["state"], *plain(v, "close_on", "amount"))
            for pk, v in as_of(day).items()
        }
        assert found == expected


def first_of_each(rows, owners):
    """The first row of each id counts; equal or different later ones do not."""
    found = {}
    for key, owner, *values in rows:
        found.setdefault(key, (owners[owner], *map(typed, values)))
    return found


def typed(text):
    if text in ("open", "won", "lost"):
        return text
    if text.startswith("20"):
        return date.fromisoformat(text)
    return Decimal(text) if text else None


def deal_file(rows, number):
    """The deals in one of two orders, since the order of columns and rows means nothing."""
    lines = ["external_id,owner,stage,close_on,amount"]
    lines += [",".join(map(str, each)) for each in rows]
    return "\n".join(lines) + "\n"


def booking_file(rows):
    lines = ["external_id,owner,booked_on,amount,margin"]
    lines += [",".join(map(str, each)) for each in rows]
    return "\n".join(lines) + "\n"


def plain(values, *names):
    """SQLite tells amounts and days of plain SQL in its own words."""
    fixed = dict(values)
    if isinstance(fixed["close_on"], str):
        fixed["close_on"] = date.fromisoformat(fixed["close_on"])
    if fixed["amount"] is not None:
        fixed["amount"] = Decimal(str(fixed["amount"]))
    return tuple(fixed[name] for name in names) if names else fixed


def wipe():
    """Begin anew: hypothesis runs many examples within one test."""
    from drumbeat.customers.models import Account, Product
    from drumbeat.exchange.models import CompanyFact, Import, Undo
    from drumbeat.journal.models import Entry

    for model in (
        OpportunityChange, Opportunity, Booking, OwnerMonth, Undo, CompanyFact, Import, Account, Product,
        Reach, ReportingLine, Person, Entry,
    ):  # fmt: skip
        model.objects.all().delete()


@pytest.mark.django_db
def test_undo_without_an_import_is_refused(tmp_path):
    with pytest.raises(NothingToUndo):
        undo(actor=SYSTEM, today=START, data_dir=tmp_path)


@pytest.mark.django_db
def test_preview_writes_nothing(tmp_path):
    bring("people", tmp_path, PEOPLE)
    result, rejects = preview("crm", [file(tmp_path, DEALS)], today=START)
    assert counts(result, "opportunities") == (4, 4, 0, 0, 0)
    assert [example.name for example in result.examples if example.table == "opportunities"] == [
        "Pumps",
        "Valves",
        "Seals",
    ]
    assert len(rejects) == 0
    assert not Opportunity.objects.exists()
