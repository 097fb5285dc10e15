from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from drumbeat.core.refusal import Refused
from drumbeat.files.dates import DateReader, DateVotes
from drumbeat.files.values import BadValue

DAY = date(2016, 10, 20)


class Asked(Refused):
    pass


def refuse():
    raise Asked("The column is ambiguous.")


def read(text, order=None, settle=refuse):
    return DateReader(order, settle).read(text)


def column(*texts):
    def settle():
        votes = DateVotes()
        votes.add(texts)
        return votes.result() or refuse()

    reader = DateReader(None, settle)
    return [reader.read(text) for text in texts]


@pytest.mark.parametrize(
    "text",
    [
        "2016-10-20",
        " 2016-10-20 ",
        "2016-10-20T09:12:44.000Z",
        "2016-10-20T09:12:44+02:00",
        "2016-10-20 09:12",
        "2016/10/20",
        "2016.10.20",
        "20161020",
        "10/20/2016",
        "10/20/16",
        "10/20/2016 9:12 PM",
        "10/20/2016, 9:12:00 a.m.",
        "20.10.2016",
        "20. 10. 2016",
        "20-10-2016",
        "20.10.2016 09:12",
        "20 Oct 2016",
        "20. Oktober 2016",
        "20-Oct-16",
        "Oct 20, 2016",
        "October 20, 2016 9:12 AM",
        "42663",
        "42663.75",
        "42663,75",
        42663,
        42663.75,
        DAY,
        datetime(2016, 10, 20, 23, 59),
    ],
)
def test_one_day_in_many_hands(text):
    assert read(text) == DAY
    assert type(read(text)) is date


@pytest.mark.parametrize("text", ["", " ", "TBD", "-", "n/a", None])
def test_unknown(text):
    assert read(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "2017-02-29", "30.02.2017", "02/30/2017", "13/13/2017", "2017-13-01", "1823-01-31", "2200-01-01",
        "0000-00-00", "soon", "2017", "12", "123456789", "10/20", "20/10-2016", "2017-10-20 noon",
        "20 Foo 2016", 2017, 5.0, True, float("nan"), 10**9,
    ],
)  # fmt: skip
def test_impossible_dates_reject_their_row(text):
    with pytest.raises(BadValue) as caught:
        read(text)
    assert str(caught.value).endswith(".")


def test_the_column_tells_the_order():
    assert column("03/04/2017", "20/10/2016") == [date(2017, 4, 3), DAY]
    assert column("03/04/2017", "10/20/2016") == [date(2017, 3, 4), DAY]


def test_the_column_is_not_asked_where_both_ways_are_one_day():
    assert column("04/04/2017", "2017-01-02") == [date(2017, 4, 4), date(2017, 1, 2)]


def test_ambiguous_is_refused_until_the_mapping_tells():
    with pytest.raises(Asked):
        column("03/04/2017", "05/06/2017")
    with pytest.raises(Asked):
        column("03/04/2017", "20/10/2016", "10/20/2016")
    assert read("03/04/2017", "dmy") == date(2017, 4, 3)
    assert read("03/04/2017", "mdy") == date(2017, 3, 4)
    assert read("16/10/20", "ymd") == DAY


def test_a_stray_date_is_read_alike_before_and_after_an_ambiguous_one():
    stray = "10/20/2016"
    texts = [stray, "03/04/2017", stray] + [f"{day}/04/2017" for day in range(13, 31)] * 3
    assert column(*texts)[:3] == [DAY, date(2017, 4, 3), DAY]


def test_a_given_order_holds_for_every_date():
    with pytest.raises(BadValue):
        read("10/20/2016", "dmy")


days = st.dates(date(1900, 1, 1), date(2199, 12, 31))


@given(days)
def test_iso_and_serials_are_exact(day):
    assert read(day.isoformat()) == day
    serial = (day - date(1899, 12, 30)).days
    if serial >= 10_000:
        assert read(str(serial)) == read(serial) == read(serial + 0.99) == day


@given(st.lists(days, min_size=1), st.sampled_from(["%d/%m/%Y", "%m/%d/%Y"]))
def test_a_column_is_read_in_its_own_order_or_refused(written, form):
    texts = [day.strftime(form) for day in written]
    try:
        found = column(*texts)
    except Asked:
        assert all(day.day <= 12 for day in written)
    else:
        assert found == written


@given(st.text(max_size=40))
def test_any_text_is_a_day_unknown_or_refused(text):
    try:
        day = read(text, "dmy")
    except BadValue:
        return
    assert day is None or date(1900, 1, 1) <= day <= date(2199, 12, 31)


def test_last_serial():
    assert read("109574") == date(2199, 12, 31) == date(1899, 12, 30) + timedelta(days=109_574)
    with pytest.raises(BadValue):
        read("109575")
