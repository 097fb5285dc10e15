"""Which three things stand on This week. Pure."""

from collections.abc import Hashable, Iterable, Mapping
from datetime import date, timedelta

from drumbeat.signals.rules.week import SEVERITIES, Signal

MOST = 3
COOL_DOWN = timedelta(days=14)
# Rules that measure something noisy speak only when they held a week ago too; clocks speak at once.
HELD_TWICE = frozenset({"plan_pace"})

Silenced = Mapping[tuple[str, Hashable], date]


def confirmed(now: Iterable[Signal], a_week_ago: Iterable[Signal]) -> list[Signal]:
    """The signals of now, without the noisy ones that did not hold a week ago, computed as of that day."""
    before = {(signal.key, signal.about) for signal in a_week_ago}
    return [signal for signal in now if signal.key not in HELD_TWICE or (signal.key, signal.about) in before]


def choose(signals: Iterable[Signal], *, today: date, silenced: Silenced | None = None) -> list[Signal]:
    """At most three, the gravest first.

    ``silenced`` says on which day a (key, about) was put off with "not useful" or "not now"; it stays away
    for 14 days. Two about one person only where fewer than three people are spoken of; of one's own debts
    only one, unless nothing else speaks. The order is severity, then how far over the line within a rule,
    then key and name.
    """
    quiet = silenced or {}
    heard = sorted(
        (s for s in signals if not _is_silent(s, quiet, today)),
        key=lambda s: (SEVERITIES.index(s.severity), s.order[:1] if s.order else (0.0,), s.key, s.name),
    )
    other_matter = any(not signal.own_debt for signal in heard)
    chosen: list[Signal] = []
    for same_person in (False, True):
        for signal in heard:
            if len(chosen) == MOST:
                break
            if signal in chosen or (not same_person and any(c.about == signal.about for c in chosen)):
                continue
            if other_matter and signal.own_debt and any(c.own_debt for c in chosen):
                continue
            chosen.append(signal)
    return sorted(chosen, key=heard.index)


def _is_silent(signal: Signal, quiet: Silenced, today: date) -> bool:
    since = quiet.get((signal.key, signal.about))
    return since is not None and today < since + COOL_DOWN
