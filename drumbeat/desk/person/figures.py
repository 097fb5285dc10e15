"""A person's figures and hours as the page writes them: each with its measure and its rows."""

from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from drumbeat.core import wording
from drumbeat.desk.person.together import Hours, Together
from drumbeat.people.models import Person
from drumbeat.plan.person import PersonPlan


@dataclass(frozen=True)
class Figure:
    """One number: what it is, what it is measured against, and the address of its rows (may be empty)."""

    label: str
    number: str
    beside: str = ""
    url: str = ""


def figures_of(person: Person, plan: PersonPlan) -> list[Figure]:
    """Won, lost, booked, open; lost and booked only where there is any."""

    def rows(what: str) -> str:
        return f"{reverse('plan:rows', args=[person.pk, what])}?period={plan.period.name}"

    found = [_money("Won", plan.won.amount, plan.won.count, "deal", rows("won"))]
    if plan.lost.count:
        rate = f"{wording.percent(plan.win_rate)} of closed deals won"
        found.append(Figure("Lost", wording.count(plan.lost.count, "deal"), rate, rows("lost")))
    if plan.booked.count:
        booked = _money("Booked", plan.booked.amount, plan.booked.count, "order", rows("booked"))
        if plan.booked.margin is not None:
            margin = f"{booked.beside}, margin {wording.short_money(plan.booked.margin)}"
            booked = Figure(booked.label, booked.number, margin, booked.url)
        found.append(booked)
    found.append(_money("Open", plan.open.amount, plan.open.count, "deal", rows("open")))
    return found


def _money(label: str, amount: object, count: int, noun: str, url: str) -> Figure:
    """An amount over its count; a count alone where no amount is known; without rows no link."""
    counted = wording.count(count, noun)
    if not count:
        return Figure(label, f"no {noun}s")
    if amount is None:
        return Figure(label, counted, "amounts not known", url)
    return Figure(label, wording.short_money(amount), counted, url)


def bullet_words(plan: PersonPlan) -> str:
    """What the bar says to a reader who does not see it."""
    reached, due = wording.percent(plan.attainment), wording.percent(plan.share)
    return f"{reached} of the target reached, {due} due by today"


def hours_of(together: Together) -> list[Figure]:
    """Hours together in each span; where the calendar begins within a span, that is said."""
    return [_hours(each) for each in together.hours]


def _hours(each: Hours) -> Figure:
    beside = f"since {wording.short_day(each.since)}, where the calendar begins" if each.since else ""
    return Figure(each.words.capitalize(), wording.hours(each.minutes), beside)


def beat_words(together: Together, today: date) -> str:
    """The last and the next one-to-one in a sentence."""
    if together.last_on is None and not together.calendar:
        last = "No one-to-one has been held here yet"
    elif together.last_on is None:
        begins = wording.day(together.covered_from, today)
        last = f"No one-to-one has taken place since your calendar begins, {begins}"
    else:
        last = f"The last one-to-one was {wording.days_ago(together.last_on, today)}"
    if together.next_on is None:
        return f"{last}; none is planned."
    if together.next_on == today:
        return f"{last}; the next is planned for today."
    return f"{last}; the next is planned for {wording.day(together.next_on, today)}."
