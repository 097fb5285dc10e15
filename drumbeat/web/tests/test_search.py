"""Search: what is found by whom, as a page and in the dialog."""

import time

import pytest

from drumbeat.customers.models import Account
from drumbeat.people.models import Person, ReportingLine
from drumbeat.people.reach import refresh
from drumbeat.people.tests.cast import TODAY
from drumbeat.people.viewer import viewer_of
from drumbeat.plan.tests.make import deal
from drumbeat.web.search import FEW, MANY, find

pytestmark = pytest.mark.django_db


def names(person, typed, **more):
    return [hit.name for group in find(viewer_of(person, TODAY), typed, **more).groups for hit in group.hits]


def test_people_by_part_of_a_name_whatever_the_accents(cast):
    assert names(cast.elena, "avila") == ["João Ávila"]
    assert names(cast.elena, "ZIELINSKI") == ["Piotr Zieliński"]
    assert names(cast.elena, "beiro an") == ["Ana Ribeiro"]


def test_names_that_begin_so_come_first_then_words_that_do(cast):
    Person.objects.create(name="Mark Anders")
    Person.objects.create(name="Susanna Holm")
    Person.objects.create(name="Ånna Berg")
    assert names(cast.elena, "an")[:2] == ["Ana Ribeiro", "Ånna Berg"]
    assert names(cast.elena, "an")[2] == "Mark Anders"
    assert "Susanna Holm" in names(cast.elena, "an")[3:]


def test_address_and_title_find_only_whom_one_may_read(cast):
    assert names(cast.elena, "sales manager") == ["Ana Ribeiro", "Tom Okafor"]
    assert names(cast.elena, "mira@nordhaus") == ["Mira Lund"]
    assert names(cast.stella, "sales manager") == []
    assert names(cast.stella, "mira@nordhaus") == []


def test_a_colleague_is_found_by_name_only_and_leads_nowhere(cast):
    (hit,) = find(viewer_of(cast.tom, TODAY), "ribeiro").groups[0].hits
    assert (hit.name, hit.beside, hit.url) == ("Ana Ribeiro", "by name only", "")
    (hit,) = find(viewer_of(cast.elena, TODAY), "ribeiro").groups[0].hits
    assert (hit.beside, hit.url) == ("Sales manager · North", f"/people/{cast.ana.pk}/")


def test_a_leaver_is_found_by_who_keeps_people(cast):
    (hit,) = find(viewer_of(cast.adam, TODAY), "berger").groups[0].hits
    assert hit.beside == "left"
    assert names(cast.tom, "berger") == []


def test_an_account_leads_to_the_open_deals_that_one_sees(cast, sign_in):
    account = Account.objects.create(name="Halden Møbel AS")
    deal(cast.mira, amount="20", account=account, name="Shelf line")
    deal(cast.mira, amount="20", name="Something else")
    client = sign_in(cast.elena)
    (hit,) = find(viewer_of(cast.elena, TODAY), "mobel").groups[1].hits
    seen = client.get(hit.url).content.decode()
    assert "Open deals with Halden Møbel AS" in seen
    assert "Shelf line" in seen
    assert "Something else" not in seen
    client.force_login(cast.stella.user)
    (hit,) = find(viewer_of(cast.stella, TODAY), "mobel").groups[1].hits
    assert "Shelf line" not in client.get(hit.url).content.decode()
    assert client.get(f"/plan/{cast.stella.pk}/open/?account=987654321").status_code == 404


def test_eight_of_a_kind_and_a_page_of_more(cast, sign_in):
    Person.objects.bulk_create(
        Person(name=f"Quill {n:02}", name_key=f"quill {n:02}") for n in range(MANY + 9)
    )
    client = sign_in(cast.adam)
    few = client.get("/find/?q=quill").content.decode()
    assert few.count("<b>Quill") == FEW
    assert "?q=quill&amp;kind=people" in few
    assert client.get("/find/?q=quill&kind=people").content.decode().count("<b>Quill") == MANY
    assert client.get("/find/?q=quill&kind=people&page=2").content.decode().count("<b>Quill") == 9
    assert "No more people here" in client.get("/find/?q=quill&kind=people&page=3").content.decode()


def test_the_dialog_gets_the_hits_alone(cast, sign_in):
    answer = sign_in(cast.elena).get("/find/?q=ana", headers={"HX-Request": "true", "HX-Target": "find-hits"})
    seen = answer.content.decode()
    assert "Ana Ribeiro" in seen
    assert "<html" not in seen


def test_the_page_says_what_is_searched(cast, sign_in):
    seen = sign_in(cast.stella).get("/find/").content.decode()
    assert "Nothing confidential is searched" in seen


@pytest.mark.parametrize(
    "typed",
    [
        "",
        " ",
        "%",
        "_",
        "\0",
        "'; DROP TABLE people_person;--",
        "[",
        "(((",
        "\\",
        "a" * 100_000,
        "x{1,9999}",
        "\ud800",
        "💥",
        "(a+)+$",
    ],
)
def test_empty_huge_and_hostile_texts_are_looked_for_calmly(cast, sign_in, typed):
    client = sign_in(cast.elena)
    assert client.get("/find/", {"q": typed.encode("utf-8", "replace").decode()}).status_code == 200
    assert names(cast.elena, typed) in ([], *([each] for each in ("Ana Ribeiro",)))


@pytest.mark.parametrize(
    "query", ["page=0", "page=-1", "page=x", "page=99999", "kind=secrets", "kind=people&page=9999"]
)
def test_nonsense_in_the_address_is_a_page(cast, sign_in, query):
    assert sign_in(cast.elena).get(f"/find/?q=ana&{query}").status_code == 200


def test_two_statements_and_quick_among_ten_thousand(cast, django_assert_num_queries):
    made = Person.objects.bulk_create(
        Person(name=f"Jürgen Nowak {n}", name_key=f"jürgen nowak {n}", title="Rep") for n in range(10_000)
    )
    ReportingLine.objects.bulk_create(ReportingLine(member=p, leader=cast.ana) for p in made)
    Account.objects.bulk_create(Account(name=f"Nowak {n}", name_key=f"nowak {n}") for n in range(10_000))
    refresh([person.pk for person in made])
    viewer = viewer_of(cast.elena, TODAY)
    began = time.perf_counter()
    with django_assert_num_queries(2):
        found = find(viewer, "jurgen 9999")
    assert [hit.name for hit in found.groups[0].hits] == ["Jürgen Nowak 9999"]
    assert time.perf_counter() - began < 1.5
