"""How every action writes its line: in the same transaction as its change.

``@action("person.move")`` wraps a keyword-only function that takes ``actor`` (a person, or SYSTEM) and
``today``. Inside, ``note(...)`` writes a line. An action that ends without a line, and without having said
``unchanged()``, raises NotJournalled and is rolled back: a convention without a check decays.
"""

import functools
import inspect
from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol, TypeVar, cast

from django.db import transaction
from django.utils import timezone

from drumbeat.journal.models import Entry


class Actor(Protocol):
    """Whoever acts: a person, or the system."""

    @property
    def pk(self) -> Any: ...

    @property
    def name(self) -> Any: ...


@dataclass(frozen=True)
class System:
    """The named system person: what jobs act as."""

    pk: None = None
    name: str = "Drumbeat"


SYSTEM = System()


class NotJournalled(RuntimeError):
    """An action changed something and wrote no line."""


@dataclass
class _Open:
    verb: str
    actor: Actor
    today: date
    written: int = 0
    unchanged: bool = False
    lines: list[Entry] = field(default_factory=list)


_current: ContextVar[_Open | None] = ContextVar("journal", default=None)
F = TypeVar("F", bound=Callable[..., Any])
# Every action by module and name: one verb may be done by more than one of them.
ACTIONS: dict[str, Callable[..., Any]] = {}


def action(verb: str) -> Callable[[F], F]:
    """Mark a public action: one transaction, one or more journal lines, listed in ACTIONS."""

    def wrap(function: F) -> F:
        kinds = {p.kind for p in inspect.signature(function).parameters.values()}
        assert kinds <= {inspect.Parameter.KEYWORD_ONLY}, f"{function.__name__} must be keyword-only"
        assert {"actor", "today"} <= set(inspect.signature(function).parameters), (
            f"{function.__name__}: actor, today"
        )

        @functools.wraps(function)
        def run(*, actor: Actor, today: date, **values: Any) -> Any:
            opened = _Open(verb, actor, today)
            token = _current.set(opened)
            try:
                with transaction.atomic():
                    result = function(actor=actor, today=today, **values)
                    if not opened.lines and not opened.unchanged:
                        raise NotJournalled(f"{verb} wrote no journal line")
                    Entry.objects.bulk_create(opened.lines)
                    return result
            finally:
                _current.reset(token)

        run.verb = verb  # type: ignore[attr-defined]
        ACTIONS[f"{function.__module__}.{function.__qualname__}"] = run
        return cast(F, run)

    return wrap


def note(thing: Any, *, kind: str = "", name: str | None = None, verb: str = "", **details: Any) -> None:
    """Write a line about ``thing`` (a model instance, or None) in the running action."""
    opened = _current.get()
    if opened is None:
        raise NotJournalled("note() outside of an action")
    label = str(thing) if name is None and thing is not None else (name or "")
    opened.lines.append(
        Entry(
            at=timezone.now(),
            day=opened.today,
            actor_id=opened.actor.pk,
            actor_name=str(opened.actor.name)[:200],
            verb=verb or opened.verb,
            object_kind=kind or (thing._meta.model_name if thing is not None else opened.verb.split(".")[0]),
            object_id=thing.pk if thing is not None else None,
            object_name=label[:300],
            details=details,
        )
    )


def unchanged() -> None:
    """Say that the running action found nothing to change; it then writes no line."""
    opened = _current.get()
    if opened is not None:
        opened.unchanged = True
