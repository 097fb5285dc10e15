"""The occurrences of one event, as ``recurring-ical-events`` gives them, within bounds. Pure.

A rule can repeat a million times, or each second, or never (30 February) and be looked for to the year 9999.
The library works rules out with dateutil, which cannot be stopped between two results; so each day that a
rule steps through is counted where dateutil looks at its month.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from dateutil.rrule import YEARLY, rrule  # type: ignore[import-untyped]
from recurring_ical_events import EventAdapter
from recurring_ical_events.series import Series
from recurring_ical_events.util import (
    compare_greater,
    convert_to_date,
    convert_to_datetime,
    time_span_contains_event,
    to_recurrence_ids,
)

from drumbeat.calendars.rules.facts import Limits

Time = date | datetime
ENDLESS_YEARLY = 400_000  # what a yearly rule by weekday number, which cannot be counted, may cost at worst


class TooMany(Exception):
    """A rule repeats more often than is read."""


@dataclass(slots=True)
class Meter:
    """Counts the steps of one rule and of the whole file."""

    limits: Limits
    rule_steps: int = 0
    file_steps: int = 0

    def start(self) -> None:
        """Begin with the next event."""
        self.rule_steps = 0

    def step(self) -> None:
        """One more day looked at. Raises TooMany at the limit."""
        self.rule_steps += 1
        self.file_steps += 1
        if self.rule_steps > self.limits.steps or self.file_steps > self.limits.all_steps:
            raise TooMany


class _CountedMonths(tuple[int, ...]):
    """The months of a rule; dateutil asks it once for each day that the rule steps through."""

    meter: Meter

    def __contains__(self, month: object) -> bool:
        self.meter.step()
        return tuple.__contains__(self, month)


class _Rules(Series.RecurrenceRules):
    """The library's rules, each one counted and given out one by one."""

    meter: Meter

    def rrulestr(self, rule_string: str) -> rrule:
        rule = super().rrulestr(rule_string)
        if rule._freq == YEARLY and rule._bynweekday and not rule._bymonth:
            # Here the months would change what "the 20th Monday" means.
            self.meter.file_steps += ENDLESS_YEARLY
            return rule
        months = _CountedMonths(rule._bymonth or range(1, 13))
        months.meter = self.meter
        rule._bymonth = months
        return rule

    def rrule_between(self, span_start: Time, span_stop: Time) -> Iterator[Time]:
        first = convert_to_datetime(span_start, self.tzinfo)
        last = convert_to_datetime(span_stop, self.tzinfo)
        found = 0
        for rule in self.rrules:
            for start in rule:
                self.meter.step()
                if start > last:
                    break
                if start < first or (rule.until is not None and compare_greater(start, rule.until)):
                    continue
                found += 1
                if found > self.meter.limits.per_series:
                    raise TooMany
                yield start


@dataclass(frozen=True, slots=True)
class Slot:
    """One occurrence: its times as the file writes them, the slot of the rule, and the component it comes
    from.
    """

    start: Time
    end: Time
    slot: Time | None  # None for an event that does not repeat
    component: Any
    left_out: bool = False


@dataclass(slots=True)
class Expansion:
    """Expands series after series, sharing the file's budget."""

    limits: Limits
    meter: Meter = field(init=False)
    _series: type = field(init=False)

    def __post_init__(self) -> None:
        self.meter = Meter(self.limits)
        rules = type("Rules", (_Rules,), {"meter": self.meter})
        self._series = type("Bounded", (Series,), {"RecurrenceRules": rules, "occurrence": _found})

    def slots(self, components: list[Any], first: date, last: date) -> Iterator[Slot]:
        """The occurrences of the events with one UID that touch the days, and the slots that are excluded.

        Raises TooMany, and whatever the library raises for a broken event.
        """
        self.meter.start()
        series = self._series([EventAdapter(component) for component in components])
        repeats = any("RRULE" in one or "RDATE" in one for one in components)
        stop = last + timedelta(days=1)
        for found in series.between(first, stop):
            yield _slot(found, repeats)
        if repeats and series.recurrence.has_core:
            yield from self._left_out(series, first, stop)

    def _left_out(self, series: Any, first: date, stop: date) -> Iterator[Slot]:
        rules = series.recurrence
        if not rules.core.exdates:
            return
        seen = set()
        for start in series.rrule_between(first, stop):
            excluded = convert_to_date(start) in rules.check_exdates_date or (
                rules.check_exdates_datetime & set(to_recurrence_ids(start))
            )
            if excluded and start not in seen:
                seen.add(start)
                back = rules.convert_to_original_type(start)
                end = rules.convert_to_original_type(start + rules.core.duration)
                yield Slot(back, end, back, rules.core._component, left_out=True)


@dataclass(frozen=True, slots=True)
class _Found:
    """What the library's ``between`` needs of an occurrence, and what is needed afterwards."""

    adapter: EventAdapter
    start: Time
    end: Time
    edited: bool

    def is_in_span(self, span_start: Time, span_stop: Time) -> bool:
        return bool(time_span_contains_event(span_start, span_stop, self.start, self.end))


def _found(series: Any, adapter: EventAdapter, start: Time | None = None, end: Time | None = None) -> _Found:
    """Stands in for the library's occurrence; without a start the adapter is an edited occurrence itself."""
    if start is None or end is None:
        return _Found(adapter, adapter.start, adapter.end, edited=True)
    return _Found(adapter, start, end, edited=False)


def _slot(found: _Found, repeats: bool) -> Slot:
    component = found.adapter._component
    if found.edited and "RECURRENCE-ID" in component:
        return Slot(found.start, found.end, component["RECURRENCE-ID"].dt, component)
    slot = found.start - found.adapter.move_recurrences_by if repeats else None
    return Slot(found.start, found.end, slot, component)
