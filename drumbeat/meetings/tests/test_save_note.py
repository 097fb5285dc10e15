import pytest

from drumbeat.journal.models import Entry
from drumbeat.meetings.actions.notes import NoteTooLong, join_notes, save_note
from drumbeat.meetings.actions.room import NoSuchItem
from drumbeat.meetings.models import Meeting, Note
from drumbeat.meetings.standing import RoomIsShut
from drumbeat.meetings.tests.deeds import NINE, by, told

pytestmark = pytest.mark.django_db


def save(meeting, person, text, number=0, client="page", sequence=1, item="a"):
    return save_note(
        **by(person), meeting=meeting, item=item, text=text, number=number, client=client, sequence=sequence
    )


def texts(meeting, item="a") -> list[str]:
    return [note.text for note in meeting.notes.filter(item=item).order_by("beside", "pk")]


def test_it_works(one, cast):
    saved = save(one, cast.ana, "Count to\r\nten\0")
    assert (saved.number, saved.kept_beside) == (1, False)
    note = Note.objects.get()
    assert (note.text, note.plain, note.author) == ("Count to\nten", "", cast.ana)
    assert told(one) == ["item-a"]


def test_in_a_huddle_it_is_plain(huddle, cast):
    save(huddle, cast.ana, "A market signal")
    assert Note.objects.get().plain == "A market signal"


def test_same_field_keeps_both_texts(one, cast):
    save(one, cast.elena, "Elena was first", client="e")
    saved = save(one, cast.ana, "Ana was offline", client="a")
    assert (saved.number, saved.kept_beside) == (0, True)
    assert texts(one) == ["Elena was first", "Ana was offline"]


def test_who_is_behind_goes_on_beside_and_never_over_the_other(one, cast):
    save(one, cast.elena, "Elena was first", client="e")
    for sequence, text in enumerate(["Ana was", "Ana was offline", "Ana was offline for a minute"], 1):
        saved = save(one, cast.ana, text, client="a", sequence=sequence, number=0)
        assert saved.kept_beside
    assert texts(one) == ["Elena was first", "Ana was offline for a minute"]
    # Her page has now drawn the field anew, with what Elena wrote: she goes on there.
    saved = save(one, cast.ana, "Elena was first, yes", client="a", sequence=4, number=1)
    assert not saved.kept_beside
    assert texts(one) == ["Elena was first, yes", "Ana was offline for a minute"]


def test_what_is_sent_again_is_there_once(one, cast):
    for _n in range(3):
        assert save(one, cast.elena, "Once", client="e").number == 1
    save(one, cast.ana, "Twice?", client="a")
    for _n in range(2):
        assert save(one, cast.ana, "Twice?", client="a").kept_beside
    assert texts(one) == ["Once", "Twice?"]
    assert sorted(one.notes.values_list("number", flat=True)) == [1, 1]


def test_two_in_different_items_at_once(one, cast):
    save(one, cast.elena, "Mine", item="a")
    save(one, cast.ana, "Hers", item="b")
    assert (texts(one), texts(one, "b")) == (["Mine"], ["Hers"])


def test_a_client_is_of_its_person(one, cast):
    save(one, cast.elena, "Elena", client="same")
    save(one, cast.ana, "Ana", client="same")
    assert texts(one) == ["Elena", "Ana"]


def test_an_empty_field_makes_no_note(one, cast):
    assert save(one, cast.ana, " \n").number == 0
    assert not Note.objects.exists()


def test_a_field_can_be_emptied_by_who_has_seen_it(one, cast):
    save(one, cast.ana, "Gone")
    assert save(one, cast.elena, "", number=1, client="e").number == 2
    assert texts(one) == [""]


def test_only_the_first_writing_of_a_person_is_a_line_and_never_its_text(one, cast):
    for sequence in range(1, 6):
        save(one, cast.ana, f"Secret {sequence}", number=sequence - 1, sequence=sequence)
    line = Entry.objects.get(verb="note.save")
    assert line.object_name == "note of 23 November 2026"
    assert "Secret" not in str(line.details)


def test_both_put_together_by_one_tap(one, cast):
    save(one, cast.elena, "First", client="e")
    save(one, cast.ana, "Second", client="a")
    join_notes(**by(cast.ana), meeting=one, item="a")
    note = Note.objects.get()
    assert (note.text, note.beside, note.number, note.confidential) == ("First\nSecond", "", 2, True)
    join_notes(**by(cast.ana), meeting=one, item="a")
    assert Note.objects.get().number == 2
    # The page that was behind sends its last save again: it is there already.
    assert save(one, cast.ana, "Second", client="a", number=0).number == 2
    assert texts(one) == ["First\nSecond"]


def test_refusals(one, cast):
    with pytest.raises(NoSuchItem):
        save(one, cast.ana, "x", item="z")
    with pytest.raises(NoteTooLong):
        save(one, cast.ana, "x" * 200_001)
    Meeting.objects.filter(pk=one.pk).update(state=Meeting.CLOSED, closed_at=NINE)
    with pytest.raises(RoomIsShut):
        save(one, cast.ana, "x")
    with pytest.raises(RoomIsShut):
        join_notes(**by(cast.ana), meeting=one, item="a")
    assert not Note.objects.exists()


def test_together_too_long_both_stay(one, cast):
    save(one, cast.elena, "a" * 150_000, client="e")
    save(one, cast.ana, "b" * 150_000, client="a")
    with pytest.raises(NoteTooLong):
        join_notes(**by(cast.ana), meeting=one, item="a")
    assert len(texts(one)) == 2


# Pages


def test_a_script_is_answered_in_json(one, cast, sign_in):
    client, url = sign_in(cast.ana), f"/meetings/{one.pk}/notes/a/"
    data = {"text": "Hello", "number": "0", "client": "c", "sequence": "1"}
    answer = client.post(url, data, headers={"Accept": "application/json"})
    assert answer.json() == {"number": 1, "kept_beside": False}
    answer = client.post(
        url, {**data, "text": "x" * 200_001, "sequence": "2"}, headers={"Accept": "application/json"}
    )
    assert answer.status_code == 422
    assert "200,000" in answer.json()["refused"]


@pytest.mark.parametrize("number", ["", "-1", "x", "9" * 30, "\0", "²"])
def test_a_nonsense_number_is_none(one, cast, sign_in, number):
    answer = sign_in(cast.ana).post(
        f"/meetings/{one.pk}/notes/a/", {"text": "Hello", "number": number, "sequence": number}
    )
    assert answer.status_code == 302
    assert texts(one) == ["Hello"]


def test_both_texts_are_shown_and_joined_without_script(one, cast, sign_in):
    save(one, cast.elena, "Elena was first", client="e")
    client, url = sign_in(cast.ana), f"/meetings/{one.pk}/notes/a/"
    client.post(url, {"text": "Ana was offline", "number": "0", "client": "form", "sequence": "1"})
    text = client.get(f"/meetings/{one.pk}/").content.decode()
    assert "Elena was first" in text
    assert "Ana was offline" in text
    assert "Put both together" in text
    answer = client.post(f"{url}together/")
    assert answer["Location"] == f"/meetings/{one.pk}/#part-item-a"
    assert texts(one) == ["Elena was first\nAna was offline"]


def test_too_long_a_text_is_kept_in_the_form(one, cast, sign_in):
    answer = sign_in(cast.ana).post(f"/meetings/{one.pk}/notes/a/", {"text": "y" * 200_001})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "A note holds 200,000 characters" in text
    assert "y" * 200_001 in text
