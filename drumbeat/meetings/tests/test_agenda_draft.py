"""Whatever is typed becomes an agenda that can be kept, or one sentence."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drumbeat.core.content import meeting_templates
from drumbeat.meetings.rules.agenda import LEADS, PARTS, from_library, read
from drumbeat.meetings.rules.agenda_draft import BadAgenda, Row, body_of, draft_of, parts_for, turned
from drumbeat.promises.tests.make import outcome

TEXT = st.one_of(st.text(max_size=40), st.sampled_from(["\0", "<b>x</b>", "x" * 400, "9" * 30, "5", "12:00"]))
ROWS = st.lists(
    st.builds(
        Row,
        key=st.one_of(TEXT, st.sampled_from("abcdef")),
        minutes=st.one_of(st.sampled_from(["1", "5", "15"]), TEXT),
        text=TEXT,
        lead=st.one_of(st.sampled_from(list(LEADS)), TEXT),
        part=st.one_of(st.sampled_from(PARTS), TEXT),
    ),
    max_size=22,
)
TEMPLATES = st.sampled_from(sorted(meeting_templates()))


def library(template):
    row = meeting_templates()[template]
    body = from_library(row)
    taken = {one.key for one in body.items}
    return body, {"confidential": row["confidential"], "leads": LEADS, "taken": taken}


@settings(deadline=None)
@given(template=TEMPLATES, rows=ROWS, deeds=st.lists(TEXT, max_size=3), lines=TEXT)
def test_an_agenda_or_one_sentence(template, rows, deeds, lines):
    base, told = library(template)
    good = draft_of(base)
    draft = replace(good, rows=(*good.rows, *rows), rules=lines)
    for deed in deeds:
        draft = turned(draft, deed)
    body = outcome(lambda: body_of(draft, base, **told))
    if isinstance(body, BadAgenda):
        assert str(body).endswith(".")
        return
    keys = [one.key for one in body.items]
    assert len(keys) == len(set(keys))
    assert (body.demands, body.clock, body.name) == (base.demands, base.clock, base.name)
    assert {one.part for one in body.items} <= set(parts_for(told["confidential"]))
    assert read(body.as_json()) == body
    assert "\0" not in repr(body)
    assert body_of(draft_of(body), body, **{**told, "taken": {*told["taken"], *keys}}) == body


@settings(deadline=None)
@given(template=TEMPLATES, place=st.integers(0, 8), deed=st.sampled_from(["up", "down"]))
def test_moving_keeps_every_item(template, place, deed):
    base, told = library(template)
    moved = body_of(turned(draft_of(base), f"{deed}:{place}"), base, **told)
    assert sorted(one.key for one in moved.items) == sorted(one.key for one in base.items)
    assert {one.key: one for one in moved.items} == {one.key: one for one in base.items}


@pytest.mark.parametrize("template", sorted(meeting_templates()))
def test_the_library_may_be_saved_as_it_is_and_its_minutes_add_up(template):
    base, told = library(template)
    assert body_of(draft_of(base), base, **told) == base
    assert draft_of(base).said == f"{base.minutes} of {base.minutes} minutes"


def test_a_key_never_comes_to_mean_another_item():
    base, told = library("one_to_one")
    rows = (*draft_of(base).rows[1:], Row(text="New", minutes="5"), Row(key="zz", text="Forged", minutes="1"))
    made = body_of(replace(draft_of(base), rows=rows), base, **told)
    assert [one.key for one in made.items] == ["b", "c", "d", "e", "f", "g", "h"]
