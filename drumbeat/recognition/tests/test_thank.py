import pytest

from drumbeat.journal.models import Entry
from drumbeat.people.tests.cast import TODAY
from drumbeat.recognition.actions import CannotThank, thank
from drumbeat.recognition.models import Thanks

pytestmark = pytest.mark.django_db


def say(cast, text="For staying calm at Brandt", receiver="tom", confidential=True):
    return thank(
        actor=cast.ana,
        today=TODAY,
        receiver=getattr(cast, receiver),
        text=text,
        confidential=confidential,
    )


def test_it_works(cast):
    made = say(cast, " For staying\0 calm at Brandt ")
    kept = Thanks.objects.get()
    assert kept == made
    assert (kept.giver, kept.receiver, kept.given_on) == (cast.ana, cast.tom, TODAY)
    assert kept.text == "For staying calm at Brandt"
    assert kept.plain == ""


def test_in_company_it_is_plain(cast):
    assert say(cast, confidential=False).plain == "For staying calm at Brandt"


def test_the_journal_names_it_by_kind_and_date(cast):
    say(cast, "Secret of Brandt")
    line = Entry.objects.get(verb="thanks.give")
    assert line.object_name == "thanks of 23 November 2026"
    assert line.details == {}


@pytest.mark.parametrize(
    ("text", "receiver", "said"),
    [(" \0 ", "tom", "few words"), ("x" * 2001, "tom", "longer"), ("Well done, me", "ana", "somebody else")],
)
def test_what_is_no_thanks_is_said(cast, text, receiver, said):
    with pytest.raises(CannotThank, match=said):
        say(cast, text, receiver)
    assert not Thanks.objects.exists()
