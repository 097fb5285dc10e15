"""This week as a browser asks for it, and the least that a Django page with the same SQL and text costs."""

import re
import resource
import time
from collections.abc import Callable
from functools import cache
from html import unescape
from typing import Any

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine
from django.test import Client
from django.test.client import ClientHandler
from django.test.utils import override_settings
from django.urls import path
from django.utils import timezone

from drumbeat.calendars.intake import bring_in as read_calendar
from drumbeat.people.models import Person, User
from drumbeat.run import instance
from drumbeat.run.bench.places import TODAY
from drumbeat.run.generate.bring import bring
from drumbeat.run.generate.company import company, write_calendar

ADDRESS = "/week/"
Statement = tuple[str, Any]
# As much text as the page: each of its words an escaped variable, as often as makes up all its characters.
BARE_PAGE = "<!doctype html><title>Bare</title>{% for text in texts %}<p>{{ text }}</p>\n{% endfor %}"


def make_company(people: int, opportunities: int) -> dict[str, Any]:
    """Bring a made company in, the executive's calendar too, with sign-ins for the executive and the top."""
    began = time.perf_counter()
    made = company(people, opportunities, today=TODAY)
    bring(made, instance.data_dir(), history=False)
    seconds = time.perf_counter() - began
    who = made.cast
    executive = Person.objects.get(email=who.executive)
    calendar = write_calendar(made, instance.data_dir().parent)
    read_calendar(
        actor=executive, today=TODAY, at=timezone.now(), owner=executive, source=calendar, titles=True
    )
    for email in {who.executive, who.top}:
        User.objects.create_user(email, None, person=Person.objects.get(email=email))
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")  # as autovacuum does within a minute
    return {
        "executive": who.executive,
        "top": who.top,
        "load_seconds": round(seconds, 1),
        "load_mib": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024),
    }


def week(who: str) -> dict[str, Any]:
    """Seconds of one This week of the person with that address, and how many statements it asks."""
    times, answer = _timed(lambda: _client(who).get(ADDRESS))
    assert answer.status_code == 200, answer.status_code
    return {**times, "queries": len(_recorded(who)[0])}


def bare(who: str) -> dict[str, Any]:
    """Seconds of one bare page: the statements of This week, and as much text. No middleware, no sign-in."""
    statements, text = _recorded(who)
    times, answer = _timed(lambda: _bare_client(who).get("/bare/"))
    assert len(answer.content) >= len(text.encode()), "the bare page says less"
    return {**times, "queries": len(statements)}


@cache
def _client(who: str) -> Client:
    client = Client(HTTP_HOST="localhost")
    client.force_login(User.objects.get(email=who))
    client.get(ADDRESS)  # imports and fills caches
    return client


@cache
def _recorded(who: str) -> tuple[list[Statement], str]:
    """The statements of the page with their values, and its HTML."""
    asked: list[Statement] = []

    def record(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        asked.append((sql, params))
        return execute(sql, params, many, context)

    client = _client(who)
    with connection.execute_wrapper(record):
        answer = client.get(ADDRESS)
    return asked, answer.content.decode()


@cache
def _bare_client(who: str) -> Client:
    statements, text = _recorded(who)
    template = Engine().from_string(BARE_PAGE)
    texts = _as_much(text)

    def view(request: HttpRequest) -> HttpResponse:
        for sql, params in statements:
            with connection.cursor() as cursor:
                cursor.execute(sql, params)
                if cursor.description:
                    cursor.fetchall()
        return HttpResponse(template.render(Context({"texts": texts})))

    client = Client(HTTP_HOST="localhost")
    client.handler = _Bare((path("bare/", view),))
    client.get("/bare/")
    return client


def _as_much(html: str) -> list[str]:
    """The page's own texts, again and again until they and their tags are as long as the page."""
    words = [unescape(text.strip()) for text in re.findall(r">([^<]+)<", html) if text.strip()]
    texts: list[str] = []
    length, wanted = 0, len(html.encode())
    while length < wanted:
        texts.append(words[len(texts) % len(words)])
        length += len(texts[-1].encode()) + len("<p></p>\n")
    return texts


class _Bare(ClientHandler):
    """Django without any middleware and with one address."""

    def __init__(self, addresses: tuple[Any, ...]) -> None:
        super().__init__(enforce_csrf_checks=False)
        self.addresses = addresses

    def load_middleware(self, is_async: bool = False) -> None:
        with override_settings(MIDDLEWARE=[]):
            super().load_middleware(is_async)

    def resolve_request(self, request: HttpRequest) -> Any:
        request.urlconf = self.addresses  # type: ignore[assignment]
        return super().resolve_request(request)


def _timed(work: Callable[[], Any]) -> tuple[dict[str, float], Any]:
    """Seconds by the clock, and those of them that this process had a processor for."""
    began, worked = time.perf_counter(), time.process_time()
    result = work()
    return {"seconds": time.perf_counter() - began, "cpu": time.process_time() - worked}, result
