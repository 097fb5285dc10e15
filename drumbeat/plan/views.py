from datetime import date

from django.http import Http404, HttpResponse

from drumbeat.core import periods
from drumbeat.core.pages import page
from drumbeat.core.periods import Period
from drumbeat.customers.models import Account
from drumbeat.people.access import allows, get_visible
from drumbeat.people.http import Request
from drumbeat.people.models import Person, RoleGrant
from drumbeat.plan.queries import team_report
from drumbeat.plan.rows import MISSING, WHAT, Only, rows_behind


@allows("report.read")
def report(request: Request) -> HttpResponse:
    """Plan figures of one's managers."""
    period, problem = asked_period(request)
    viewer = request.viewer
    leader = viewer.person
    if not viewer.leads:
        leader = Person.objects.filter(pk__in=viewer.serves(RoleGrant.DELEGATE)).first()
    found = team_report(leader, period, request.today)
    choices = [(each.words, f"?period={each.name}", each == period) for each in offered(request.today)]
    return page(
        request,
        "plan/report.html",
        {"report": found, "leader": leader, "choices": choices, "problem": problem},
    )


@allows("figures.read")
def rows(request: Request, pk: int, what: str) -> HttpResponse:
    """The deals or bookings behind one figure."""
    if what not in WHAT:
        raise Http404
    manager = get_visible(Person.objects.all(), request, "figures.read", pk=pk)
    period, problem = asked_period(request)
    number = request.GET.get("page", "1")
    only = asked_only(request)
    found = rows_behind(manager, what, period, request.today, small_number(number) or 1, only=only)
    context = {"manager": manager, "period": period, "found": found, "problem": problem, "only": only}
    return page(request, "plan/rows.html", context)


def asked_only(request: Request) -> Only:
    """Which of the rows the address asks for; nonsense asks for all, an unknown account is not there."""
    missing = request.GET.get("missing", "")
    number = request.GET.get("account", "")
    if number.isascii() and number.isdecimal() and len(number) <= 18:
        account = get_visible(Account.objects.all(), request, "account.name", pk=int(number))
        return Only(account=account.pk, account_name=account.name)
    return Only(small_number(request.GET.get("older", "")), missing if missing in MISSING else "")


def small_number(text: str) -> int | None:
    """A whole number of at most six digits, or None."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) <= 6 else None


def asked_period(request: Request) -> tuple[Period, str]:
    """The period of the address, with a sentence where it is none and this quarter stands instead."""
    asked = request.GET.get("period", "")
    try:
        return (periods.parse(asked) if asked else periods.quarter_of(request.today)), ""
    except periods.NotAPeriod as refusal:
        return periods.quarter_of(request.today), str(refusal)


def offered(today: date) -> list[Period]:
    """This month, quarter and year, and the quarter before."""
    quarter = periods.quarter_of(today)
    return [periods.before(quarter), quarter, periods.month_of(today), periods.year_of(today)]
