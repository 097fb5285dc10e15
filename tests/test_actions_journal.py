"""Every action writes its line in the same transaction as its change.

An action is a public function of an ``actions`` module. The decorator demands the line at each call; this
walks all modules so that no action goes without the decorator.
"""

import ast
import importlib
import inspect
import pkgutil
from datetime import date
from pathlib import Path

import pytest
from django.db import transaction

import drumbeat
from drumbeat.journal.models import Entry
from drumbeat.journal.record import ACTIONS, SYSTEM, NotJournalled, action, note, unchanged
from drumbeat.people.models import Person
from drumbeat.people.tests.cast import TODAY

ROOT = Path(drumbeat.__file__).parent


def action_modules() -> list[str]:
    """The names of every ``actions`` module, in a file or in a folder of that name."""
    found = [
        module.name
        for module in pkgutil.walk_packages(drumbeat.__path__, "drumbeat.")
        if "actions" in module.name.split(".") and ".tests" not in module.name
    ]
    assert found
    return sorted(found)


def public_functions() -> list[tuple[str, str]]:
    """Module and name of every public function that an ``actions`` module defines itself."""
    found = []
    for name in action_modules():
        source = Path(str(importlib.import_module(name).__file__)).read_text(encoding="utf-8")
        found += [
            (name, node.name)
            for node in ast.parse(source).body
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and not node.name.startswith("_")
        ]
    return found


@pytest.mark.parametrize(("module", "name"), public_functions())
def test_every_public_function_of_an_actions_module_is_an_action(module, name):
    assert f"{module}.{name}" in ACTIONS, (
        f"Mark {name} of {module} with @action, or move it: only what a person does stands in actions"
    )


@pytest.mark.parametrize(("module", "name"), public_functions())
def test_every_action_is_called_by_a_test_of_its_app(module, name):
    """With the decorator, a call that succeeds is a call that wrote its line."""
    tests = [
        *ROOT.glob(f"{module.split('.')[1]}/**/tests/**/test_*.py"),
        *Path(__file__).parent.glob("test_*.py"),
    ]
    assert any(name in path.read_text(encoding="utf-8") for path in tests), f"No test calls {module}.{name}"


def test_every_action_says_what_it_does():
    for name, function in ACTIONS.items():
        assert (inspect.getdoc(function) or "").strip(), name


# The decorator itself, on actions made up here.


@action("test.note")
def rename(*, actor, today: date, person: Person, name: str) -> None:
    """Writes and says so."""
    person.name = name
    person.save()
    note(person, to=name)


@action("test.silent")
def rename_silently(*, actor, today: date, person: Person, name: str) -> None:
    """Writes and forgets to say so."""
    person.name = name
    person.save()


@action("test.nothing")
def change_nothing(*, actor, today: date) -> None:
    """Finds nothing to change."""
    unchanged()


@action("test.fails")
def rename_and_fail(*, actor, today: date, person: Person) -> None:
    """Writes, says so, and fails."""
    person.name = "Nobody"
    person.save()
    note(person)
    raise ValueError


@action("test.outer")
def rename_twice(*, actor, today: date, person: Person, fail: bool = False) -> None:
    """Calls another action within itself."""
    rename(actor=actor, today=today, person=person, name="Second")
    note(person)
    if fail:
        raise ValueError


@pytest.fixture
def mira(cast):
    return cast.mira


def kept(person):
    return Person.objects.get(pk=person.pk).name


def test_a_line_says_who_what_which_and_the_day(mira):
    rename(actor=mira, today=TODAY, person=mira, name="Mira Berg")
    line = Entry.objects.get(verb="test.note")
    assert (line.actor_id, line.actor_name) == (mira.pk, "Mira Berg")
    assert (line.object_kind, line.object_id, line.object_name) == ("person", mira.pk, "Mira Berg")
    assert (line.day, line.details) == (TODAY, {"to": "Mira Berg"})


def test_an_action_that_writes_without_a_line_is_rolled_back(mira):
    with pytest.raises(NotJournalled, match=r"test\.silent"):
        rename_silently(actor=SYSTEM, today=TODAY, person=mira, name="Nobody")
    assert kept(mira) == "Mira Lund"


def test_an_action_that_fails_leaves_neither_change_nor_line(mira):
    before = Entry.objects.count()
    with pytest.raises(ValueError):
        rename_and_fail(actor=SYSTEM, today=TODAY, person=mira)
    assert (kept(mira), Entry.objects.count()) == ("Mira Lund", before)


def test_nothing_changed_writes_nothing(mira):
    before = Entry.objects.count()
    change_nothing(actor=SYSTEM, today=TODAY)
    assert Entry.objects.count() == before


def test_an_action_within_an_action_writes_both_or_neither(mira):
    with pytest.raises(ValueError):
        rename_twice(actor=SYSTEM, today=TODAY, person=mira, fail=True)
    assert kept(mira) == "Mira Lund"
    assert not Entry.objects.filter(verb__startswith="test.").exists()
    rename_twice(actor=SYSTEM, today=TODAY, person=mira)
    verbs = Entry.objects.filter(verb__startswith="test.").values_list("verb", flat=True)
    assert list(verbs.order_by("pk")) == ["test.note", "test.outer"]


def test_a_line_falls_with_the_transaction_around_it(mira):
    with transaction.atomic():
        rename(actor=SYSTEM, today=TODAY, person=mira, name="Nobody")
        transaction.set_rollback(True)
    assert kept(mira) == "Mira Lund"
    assert not Entry.objects.filter(verb="test.note").exists()


def test_note_belongs_into_an_action(mira):
    with pytest.raises(NotJournalled):
        note(mira)


def test_an_action_takes_actor_and_today_by_name():
    for function in (lambda person: None, lambda *, actor: None, lambda *, today: None):
        with pytest.raises(AssertionError):
            action("test.wrong")(function)


@pytest.fixture(autouse=True, scope="module")
def _only_for_these_tests():
    yield
    for name in [name for name in ACTIONS if name.startswith(__name__)]:
        del ACTIONS[name]
