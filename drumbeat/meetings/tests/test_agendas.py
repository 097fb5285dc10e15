"""Which version of an agenda a meeting has, and who writes the next one."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from drumbeat.core.content import meeting_templates
from drumbeat.meetings.actions.agendas import ChangedMeanwhile, change_agenda, change_template
from drumbeat.meetings.models import Agenda, Seat
from drumbeat.meetings.queries.agendas import (
    agenda_of,
    agenda_of_rhythm,
    agenda_of_template,
    kept,
    library_body,
)
from drumbeat.meetings.rules.agenda import RHYTHM_TEMPLATES, read
from drumbeat.meetings.tests.make import meeting, rhythm
from drumbeat.people.tests.cast import TODAY
from tests.queries import count_of

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 6, tzinfo=UTC)


def version(number, at, name, **values):
    body = {**library_body("one_to_one").as_json(), "name": name}
    return Agenda.objects.create(template="one_to_one", number=number, body=body, made_at=at, **values)


def test_the_library_is_the_first_version():
    assert agenda_of_template("one_to_one", NOW) == library_body("one_to_one")
    assert set(RHYTHM_TEMPLATES) <= set(meeting_templates())


@pytest.mark.parametrize("template", list(meeting_templates()))
def test_a_version_is_read_as_it_was_kept(template):
    assert read(library_body(template).as_json()) == library_body(template)


def test_a_meeting_has_what_was_newest_when_it_began(cast, django_assert_num_queries):
    own = rhythm(cast.elena, [cast.ana])
    first, second = meeting(own), meeting(own, NOW.date() + timedelta(days=7))
    version(1, NOW - timedelta(days=1), "Company")
    version(2, NOW + timedelta(days=3), "Company later")
    with django_assert_num_queries(2):
        assert (agenda_of(first).name, agenda_of(second).name) == ("Company", "Company later")
    version(1, NOW + timedelta(days=1), "Own", rhythm=own)
    assert (agenda_of(first).name, agenda_of(second).name) == ("Company", "Own")
    assert agenda_of_rhythm(own, NOW).name == "Company"
    assert agenda_of_template("one_to_one", NOW + timedelta(days=9)).name == "Company later"


# Writing the next version


def change(cast, **values):
    body = {**library_body("one_to_one").as_json(), **values.pop("body", {})}
    common = {"actor": cast.adam, "today": TODAY, "now": NOW, "template": "one_to_one"}
    return change_template(**{**common, "body": read(body), **values})


def test_a_change_touches_coming_meetings_and_never_held_ones(cast):
    own = rhythm(cast.elena, [cast.ana])
    before, after = meeting(own, TODAY - timedelta(days=7)), meeting(own)
    change(cast, body={"name": "Ours", "prework_days": 0, "prework_at": "07:00"})
    assert (agenda_of(before).name, agenda_of(after).name) == ("One-to-one", "Ours")
    due = {seat.meeting_id: seat.prework_due_at for seat in Seat.objects.filter(person=cast.ana)}
    assert due[after.pk] == datetime(2026, 11, 23, 6, tzinfo=UTC)
    assert due[before.pk] == datetime(2026, 11, 13, 11, tzinfo=UTC)


def test_a_rhythm_of_its_own_does_not_follow_the_company(cast):
    own = rhythm(cast.elena, [cast.ana])
    mine = replace(library_body("one_to_one"), purpose="Mine")
    made = change_agenda(actor=cast.elena, today=TODAY, now=NOW, rhythm=own, body=mine)
    assert (made.number, agenda_of(meeting(own)).purpose) == (1, "Mine")
    change(cast, body={"purpose": "Company"}, now=NOW + timedelta(minutes=1))
    assert agenda_of(own.meetings.get()).purpose == "Mine"


def test_nothing_new_makes_no_version(cast):
    assert change(cast) is None
    assert not Agenda.objects.exists()


def test_two_at_once_lose_nothing_unseen(cast):
    change(cast, body={"purpose": "First"}, based_on=0)
    with pytest.raises(ChangedMeanwhile):
        change(cast, body={"purpose": "Second"}, based_on=0)
    assert kept("one_to_one", None, NOW).body.purpose == "First"


# Pages


def fields(page, **changes):
    """What a browser would send of the form as it is shown."""
    draft = page.context["draft"]
    names = ("purpose", "minutes", "prework_days", "prework_at", "comes_in", "goes_out", "rules")
    sent = {name: getattr(draft, name) for name in names}
    sent["based_on"] = page.context["based_on"]
    for name in ("key", "minutes", "text", "lead", "part"):
        sent[f"item_{name}"] = [getattr(row, name) for row in draft.rows]
    return {**sent, **changes}


def test_the_administrator_changes_a_template_and_goes_back(cast, sign_in):
    client = sign_in(cast.adam)
    url = "/templates/one_to_one/change/"
    page = client.get(url)
    assert "45 of 45 minutes" in page.content.decode()
    texts = [*[row.text for row in page.context["draft"].rows[:-1]], "<b>Start, stop & keep</b>"]
    answer = client.post(url, fields(page, item_text=texts, minutes="50"))
    assert answer.status_code == 302
    body = agenda_of_template("one_to_one", datetime.now(UTC))
    assert (body.minutes, body.items[-1].text) == (50, "<b>Start, stop & keep</b>")
    assert [item.key for item in body.items] == list("abcdef")
    assert [item.lead for item in body.items] == [item.lead for item in library_body("one_to_one").items]
    shown = client.get("/templates/one_to_one/").content.decode()
    assert "&lt;b&gt;Start" in shown
    assert "As it was delivered" in shown
    client.post("/templates/one_to_one/back/0/")
    assert agenda_of_template("one_to_one", datetime.now(UTC)) == library_body("one_to_one")
    assert Agenda.objects.count() == 2
    assert client.post("/templates/one_to_one/back/9/").status_code == 404
    assert client.get("/templates/nothing/").status_code == 404


def test_rows_are_added_moved_and_removed_without_saving(cast, sign_in):
    client = sign_in(cast.adam)
    url = "/templates/weekly_huddle/change/"
    page = client.post(url, fields(client.get(url), do="down:0", purpose="kept"))
    assert [row.key for row in page.context["draft"].rows] == list("bacdef")
    assert page.context["draft"].purpose == "kept"
    page = client.post(url, fields(page, do="remove:1"))
    page = client.post(url, fields(page, do="add"))
    assert [row.key for row in page.context["draft"].rows] == ["b", "c", "d", "e", "f", ""]
    assert not Agenda.objects.exists()
    rows = page.context["draft"].rows
    client.post(
        url,
        fields(page, item_text=[*[row.text for row in rows[:-1]], "New"], item_minutes=["1"] * 6),
    )
    items = agenda_of_template("weekly_huddle", datetime.now(UTC)).items
    assert (items[-1].key, items[-1].text) == ("g", "New")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"minutes": "ten"}, "whole minutes"),
        ({"minutes": "1000000000"}, "whole minutes"),
        ({"prework_at": "25:00"}, "12:00"),
        ({"prework_days": "-1"}, "working days"),
        ({"item_text": ["\0", "b", "c", "d", "e", "f"]}, "Item 1 has no words"),
        ({"item_minutes": ["5", "0", "5", "5", "5", "5"]}, "item 2 its whole minutes"),
        ({"item_part": ["round", *["promises"] * 4, "keep"]}, "what item 1 shows"),
        ({"item_part": [*["notes"] * 5, "keep"]}, "for promises"),
        ({"item_part": ["promises"] * 6}, "start, stop or keep"),
        ({"item_lead": ["nobody", *["both"] * 5]}, "who leads item 1"),
        ({"rules": "x\n" * 10_000}, "12 lines at most"),
        ({"comes_in": "x" * 5000}, "too long"),
        ({"item_text": ["x" * 10_000, *"bcdef"]}, "too long"),
        ({"item_text": []}, "at least one item"),
        ({"item_text": ["x"] * 500}, "20 at most"),
        ({"based_on": "7"}, "meanwhile"),
    ],
)
def test_bad_input_is_one_sentence_and_stays_typed(cast, sign_in, changes, sentence):
    client = sign_in(cast.adam)
    url = "/templates/one_to_one/change/"
    answer = client.post(url, fields(client.get(url), purpose="typed", **changes))
    assert answer.status_code == 422
    assert sentence in answer.context["problem"]
    assert answer.context["draft"].purpose == "typed"
    assert not Agenda.objects.exists()


def test_the_chair_alone_writes_a_rhythms_agenda(cast, sign_in):
    own = rhythm(cast.elena, [cast.ana])
    url = f"/rhythms/{own.pk}/agenda/"
    assert sign_in(cast.ana).get(url).status_code == 403
    client = sign_in(cast.elena)
    page = client.get(url)
    assert client.post(url, fields(page, purpose="Ours")).status_code == 302
    assert agenda_of_rhythm(own, datetime.now(UTC)).purpose == "Ours"
    assert "As the company has it" in client.get(url).content.decode()
    client.post(f"/rhythms/{own.pk}/agenda/back/0/")
    assert agenda_of_rhythm(own, datetime.now(UTC)) == library_body("one_to_one")


def test_templates_cost_the_same_however_often_they_changed(cast, sign_in):
    client = sign_in(cast.elena)
    client.get("/templates/")
    few = [count_of(lambda url=url: client.get(url)) for url in ("/templates/", "/templates/one_to_one/")]
    for number in range(1, 30):
        version(number, NOW - timedelta(days=40 - number), "Again", made_by=cast.adam)
    many = [count_of(lambda url=url: client.get(url)) for url in ("/templates/", "/templates/one_to_one/")]
    assert few == many
    assert max(many) <= 8  # session, user, viewer, versions …
    assert sign_in(cast.mira).get("/templates/").status_code == 403
