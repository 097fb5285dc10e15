from datetime import date
from pathlib import Path

import pytest
import yaml

from drumbeat.calendars.rules.categories import CATEGORIES, Context, categorise
from drumbeat.calendars.rules.facts import Known, Learned
from drumbeat.calendars.rules.reading import read_ics
from drumbeat.calendars.rules.words import default_words
from drumbeat.calendars.tests.make import circle, event, ics

ME, ANA, TOM, PIOTR = "elena@acme.example", "ana@acme.example", "tom@acme.example", "piotr@acme.example"
FAITH, BUYER, SELLER, LAWYER = (
    "faith@acme.example",
    "a@brandt.example",
    "b@nordmann.example",
    "c@lawyers.example",
)


def told(
    title: str, *people: str, more: tuple[str, ...] = (), learned=(), who=None
) -> tuple[str | None, str]:
    made = event("u1", "20261005T080000Z", "20261005T090000Z", *more, title=title, people=people)
    found = read_ics(ics(made), date(2026, 9, 1), date(2026, 12, 31), owner=ME)
    return categorise(found.occurrences[0], Context(who or circle(), learned, owner_address=ME))


def test_it_works():
    assert told("Catch-up", ME, ANA) == ("coach_managers", "Ana Ribeiro and nobody else: a one-to-one.")


@pytest.mark.parametrize(
    ("title", "people", "category"),
    [
        ("Weekly", (ANA, ME), "coach_managers"),
        ("1:1 forecast", (ME, ANA), "coach_managers"),
        ("Plan review", (ME, ANA), "plan_execution"),
        ("Prognose Q4", (ME, TOM), "plan_execution"),
        ("Eskalation Halden", (ME, TOM), "fires"),
        ("Entretien d'embauche", (ME, FAITH), "hiring_bench"),
        ("Weekly", (ME, ANA, TOM), "team_meetings"),
        ("Huddle", (ME, ANA, TOM, FAITH), "team_meetings"),
        ("Team day", (ME, ANA, PIOTR), "team_meetings"),
        ("Catch-up", (ME, FAITH), "internal_admin"),
        ("Sync", (ME, ANA, FAITH), "internal_admin"),
        ("Budget", (ME, FAITH), "plan_execution"),
        ("Meeting", (ME, ANA, BUYER), "customers_joint"),
        ("Meeting", (ME, PIOTR, BUYER, SELLER), "customers_joint"),
        ("Meeting", (ME, BUYER), "customers_joint"),
        ("Line card", (ME, SELLER), "suppliers"),
        ("Line card", (ME, ANA, SELLER), "suppliers"),
        ("Contract", (ME, LAWYER), "internal_admin"),
        ("Interview", (ME, "x@somewhere.example"), "hiring_bench"),
        ("Something", (ME, "x@somewhere.example"), None),
        ("Something", (ME, "x@gmail.com"), None),
        ("Something", (ME, "new@acme.example"), "internal_admin"),
        ("Something", (ME, FAITH, "x@gmail.com"), "internal_admin"),
        ("Lieferantengespräch", (ME,), "suppliers"),
        ("Focus time", (), "own_learning"),
        ("Reunión de equipo", (), "team_meetings"),
        ("Dentist", (), None),
        ("", (), None),
    ],
)
def test_each_category_by_who_takes_part_and_what_the_title_says(title, people, category):
    found, reason = told(title, *people)
    assert (found, reason) == (category, reason)
    assert reason.endswith(".")


def test_who_declined_is_not_there():
    assert told("Weekly", ME, ANA, f"{TOM}=DECLINED")[0] == "coach_managers"


def test_reasons_are_plain_words():
    assert told("x", ME, ANA, BUYER)[1] == "Ana Ribeiro and somebody from brandt.example, a customer."
    assert told("x", ME, BUYER)[1] == "Somebody from brandt.example, a customer; none of your own team."
    assert told("Forecast", ME, ANA)[1] == "“forecast” in the title."
    assert (
        told("x", ME, "x@somewhere.example")[1] == "Somebody from somewhere.example, which is not sorted yet."
    )
    assert told("x", ME, ANA, TOM)[1] == "Only your own team: Ana Ribeiro and Tom Okafor."


def test_the_reason_never_gives_the_title_away():
    secret = "Project Nightingale"
    for people in ((ME, ANA), (ME, BUYER), (ME, FAITH), (), (ME, "x@somewhere.example")):
        assert "nightingale" not in told(f"{secret} forecast", *people)[1].lower()


def test_private_events_are_not_looked_into():
    assert told("Forecast", ME, ANA, more=("CLASS:PRIVATE",)) == (None, "It is marked as private.")


def test_corrections_win_series_then_domain_then_word():
    word = Learned("word", "kanban", "own_learning")
    domain = Learned("domain", "brandt.example", "fires")
    series = Learned("series", "u1", "hiring_bench")
    assert told("Kanban", ME, ANA, BUYER)[0] == "customers_joint"
    assert told("Kanban", ME, ANA, BUYER, learned=[word])[0] == "own_learning"
    assert told("Kanban", ME, ANA, BUYER, learned=[word, domain])[0] == "fires"
    assert told("Kanban", ME, ANA, BUYER, learned=[word, domain, series]) == (
        "hiring_bench",
        "You put this meeting here yourself.",
    )
    assert told("Kanbanisation", ME, ANA, learned=[word])[0] == "coach_managers"


# -- files without addresses ----------------------------------------------------------------------

MAVEN = circle(
    owner=Known("me", "Elena Rossi"),
    reports=(Known("mm", "Melvin Marxen"), Known("cl", "Cara Losch")),
    below=((Known("mj", "Mei-Mei Johns"), "mm"),),
    colleagues=(),
    own_domains=frozenset(),
    customer_names=frozenset({"kan-code", "bioplex"}),
)


@pytest.mark.parametrize(
    ("title", "category"),
    [
        ("1:1 Melvin Marxen", "coach_managers"),
        ("1:1 Melvin", "coach_managers"),
        ("Melvin Marxen / Elena", "coach_managers"),
        ("Melvin Marxen & Cara Losch", "team_meetings"),
        ("Visit with Melvin Marxen", "customers_joint"),
        ("Kan-code: frame contract", "customers_joint"),
        ("Forecast Melvin Marxen", "plan_execution"),
        ("Mei-Mei Johns", "team_meetings"),
        ("Lunch Melvin", None),
    ],
)
def test_names_in_titles_count_where_there_are_no_addresses(title, category):
    assert told(title, who=MAVEN)[0] == category


@pytest.mark.parametrize(
    "attendee",
    [
        "ATTENDEE;CN=Melvin Marxen:mailto:mm@x.example",
        'ATTENDEE;CN="Marxen, Melvin":mailto:m@x.example',
        "ATTENDEE:mailto:melvin.marxen@acme.example",
        "ATTENDEE;CN=melvin marxen:invalid:nomail",
    ],
)
def test_people_without_a_known_address_are_matched_by_exact_name(attendee):
    assert told("Weekly", ME, more=(attendee,), who=MAVEN)[0] == "coach_managers"


def test_a_namesake_with_another_address_is_not_taken_for_somebody_known():
    same_name = "ATTENDEE;CN=Ana Ribeiro:mailto:ana@elsewhere.example"
    assert told("Weekly", ME, more=(same_name,))[0] is None


# -- the lists ----------------------------------------------------------------------------------


def test_the_categories_are_those_of_the_word_list_and_the_library():
    assert set(default_words().categories) == set(CATEGORIES)
    library = Path(__file__).resolve().parents[4] / "shared" / "design" / "content_library.yaml"
    if library.exists():
        names = [one["id"] for one in yaml.safe_load(library.read_text())["attention_categories"]]
        assert sorted(names) == sorted(CATEGORIES)
