"""Two in one field: whatever they do, no text is lost, and nothing stands there twice."""

from hypothesis import given
from hypothesis import strategies as st

from drumbeat.meetings.rules.notes import BESIDE, REPLACE, THERE, Kept, cleaned, joined, settle

FIELD = Kept("Brandt wants a price", 3, "b", 7)


def put(kept=FIELD, text="Kessler is late", number=3, client="a", sequence=1):
    return settle(kept, text, number=number, client=client, sequence=sequence)


def test_it_works():
    assert put() == REPLACE
    assert put(None, number=0) == REPLACE
    assert put(number=2) == BESIDE


def test_the_same_save_twice_is_once():
    assert put(client="b", sequence=7) == THERE
    assert put(client="b", sequence=6, number=1) == THERE


def test_going_on_after_a_lost_answer():
    assert put(client="b", sequence=8, number=2) == REPLACE


def test_nothing_stands_there_twice():
    assert put(text="wants a price", number=1) == THERE
    assert put(text="Brandt wants a price by Friday", number=1) == REPLACE


def test_line_ends_and_nul():
    assert cleaned("a\r\nb\rc\0") == "a\nb\nc"


TEXTS = st.lists(st.text("ab c", min_size=1, max_size=6), min_size=1, max_size=5)


@given(TEXTS)
def test_joined_loses_nothing_and_doubles_nothing(texts):
    whole = joined(texts)
    assert all(text.strip() in whole for text in texts)
    assert joined([whole, *texts]) == whole


SAVES = st.lists(
    st.tuples(st.sampled_from("ab"), st.text("xyz", min_size=1, max_size=3), st.booleans()), max_size=12
)


@given(SAVES)
def test_no_text_of_another_is_lost(saves):
    """Each of two pages, behind or not, saves; what another page wrote last always stays somewhere."""
    field, beside, seen = None, {}, {"a": 0, "b": 0}
    sequences = {"a": 0, "b": 0}
    for client, text, looks_first in saves:
        if looks_first and field:
            seen[client] = field.number
        sequences[client] += 1
        before = field
        goes = settle(field, text, number=seen[client], client=client, sequence=sequences[client])
        if goes == BESIDE:
            beside[client] = text
        elif goes == REPLACE:
            field = Kept(text, (field.number if field else 0) + 1, client, sequences[client])
        assert text in field.text or text in beside.get(client, "")
        overwritten = before is not None and before.client != client and before.text not in field.text
        assert not overwritten or seen[client] == before.number  # only by one who had seen it
        if goes == REPLACE:
            seen[client] = field.number
