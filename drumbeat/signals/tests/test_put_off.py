import pytest

from drumbeat.people.tests.cast import TODAY
from drumbeat.signals import actions
from drumbeat.signals.models import PutOff

pytestmark = pytest.mark.django_db


def put_off(cast, word="not_now"):
    return actions.put_off(actor=cast.elena, today=TODAY, key="unmet", about=cast.ana, word=word)


def test_it_works(cast):
    said = put_off(cast)
    assert (said.person, said.about, said.day, said.word) == (cast.elena, cast.ana, TODAY, "not_now")


def test_said_twice_on_a_day_it_stands_once(cast):
    put_off(cast)
    put_off(cast, "not_useful")
    assert PutOff.objects.get().word == "not_now"


def test_another_word_is_refused(cast):
    with pytest.raises(actions.NoSuchWord, match="not useful"):
        put_off(cast, "never")
    assert not PutOff.objects.exists()


def test_it_can_be_taken_back(cast):
    actions.bring_back(actor=cast.elena, today=TODAY, said=put_off(cast))
    assert not PutOff.objects.exists()
