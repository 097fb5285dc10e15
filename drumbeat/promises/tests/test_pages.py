from datetime import timedelta

import pytest

from drumbeat.journal.models import Entry, Opening
from drumbeat.people.models import Person
from drumbeat.people.tests.cast import TODAY
from drumbeat.promises.models import Promise
from drumbeat.promises.tests.make import promise
from tests.queries import at_most, count_of

pytestmark = pytest.mark.django_db
PAGES = ["/promises/", "/promises/?by=person", "/promises/?by=meeting", "/promises/?pick=1&sort=new"]
PAGES += ["/promises/owed/", "/promises/owed/?by=person", "/promises/team/", "/promises/kept/"]


@pytest.fixture
def elena(cast, sign_in):
    return sign_in(cast.elena)


def text_of(client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_it_works(elena, cast):
    promise(cast.elena, cast.ana, "headcount answer", due=TODAY)
    promise(cast.ana, cast.elena, "zanzibar", due=TODAY - timedelta(days=3))
    mine, owed = text_of(elena, "/promises/"), text_of(elena, "/promises/owed/")
    assert "headcount answer" in mine
    assert "zanzibar" not in mine
    assert "zanzibar" in owed
    assert "3 days late" in owed
    assert "1 thing owed to me, 1 of them late" in owed


@pytest.mark.parametrize("address", PAGES)
def test_empty_pages_teach(elena, address):
    assert text_of(elena, address)


@pytest.mark.parametrize(
    "query",
    ["by=x", "q=%00", "q=" + "x" * 5000, "page=9999999999", "page=-1", "sort=%27", "pick=2&by=meeting"],
)
def test_a_nonsense_address_shows_a_page(elena, cast, query):
    promise(cast.elena, cast.ana)
    for path in ("/promises/", "/promises/owed/", "/promises/team/", "/promises/kept/"):
        assert text_of(elena, f"{path}?{query}")


def test_grouped_and_found(elena, cast):
    promise(cast.tom, cast.elena, "alpha")
    promise(cast.ana, cast.elena, "beta")
    groups = elena.get("/promises/owed/?by=person").context["groups"]
    assert [(group.name, [row.text for row in group.rows]) for group in groups] == [
        ("Ana Ribeiro", ["beta"]),
        ("Tom Okafor", ["alpha"]),
    ]
    assert [row.text for row in elena.get("/promises/owed/?q=RIBEIRO").context["rows"]] == ["beta"]
    assert "Nothing here has" in text_of(elena, "/promises/owed/?q=gamma")


def test_the_team_is_counts_without_texts(elena, cast):
    promise(cast.mira, cast.ana, "zanzibar", due=TODAY - timedelta(days=5))
    promise(cast.mira, cast.mira, "own note")
    answer = elena.get("/promises/team/")
    assert "zanzibar" not in answer.content.decode()
    row = answer.context["rows"][0]
    assert (row.person, row.open, row.late, row.oldest) == (cast.mira, 1, 1, 5)
    assert not Opening.objects.exists()


def test_nobody_above_reads_a_text(elena, cast):
    made = promise(cast.mira, cast.ana, "zanzibar")
    assert elena.get(f"/promises/{made.pk}/").status_code == 403
    assert elena.post(f"/promises/{made.pk}/done/").status_code == 403


def test_kept_both_ways(elena, cast):
    early = TODAY.replace(day=2)
    promise(cast.elena, cast.ana, due=early, state="done", done_on=early)
    promise(cast.elena, cast.ana, due=early, state="accepted", done_on=TODAY)
    promise(cast.ana, cast.elena, due=early, first_due=early, new_dates=1)
    promise(cast.ana, cast.elena, due=early, state="dropped", dropped_on=early)
    promise(cast.elena, cast.elena, due=early)
    text = text_of(elena, "/promises/kept/")
    assert "<b>1 of 2</b> kept in time, 1 late" in text
    assert "<b>0 of 2</b> kept in time, 1 given a new date, 1 dropped" in text


def test_an_opening_is_kept_of_anothers_sealed_text(elena, cast):
    sealed = promise(cast.ana, cast.elena, author=cast.ana)
    promise(cast.ana, cast.elena, author=cast.ana, confidential=False)
    promise(cast.ana, cast.elena, author=cast.elena)
    for _ in range(2):
        text_of(elena, "/promises/owed/")
    text_of(elena, f"/promises/{sealed.pk}/")
    assert list(Opening.objects.values_list("viewer_id", "object_kind", "object_id", "author_id")) == [
        (cast.elena.pk, "promise", sealed.pk, cast.ana.pk)
    ]


def test_a_line_makes_one_and_undo_takes_it_back(elena, cast):
    answer = elena.post("/promises/new/", {"line": "@Ana Fri zanzibar", "back": "/week/"}, follow=True)
    assert answer.redirect_chain[0][0] == "/week/"
    said = str(next(iter(answer.context["messages"])))
    assert said == "Ana owes you. Due Fri 27 November."
    made = Promise.objects.get()
    assert "zanzibar" not in str(Entry.objects.values_list("object_name", "details"))
    elena.post(f"/promises/{made.pk}/taking-back/?back=/week/")
    assert not Promise.objects.exists()


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("@Ana 31 February list", "There is no 31 February"),
        ("@Ana list", "By when?"),
        ("@Nobody Fri <script>alert(1)</script>", "Nobody here is called"),
        ("\0", "who owes what by when"),
        ("line\n" * 10_000, "at most 500 letters"),
        ("@Ana in 1000000000 weeks list", "By when?"),
    ],
)
def test_a_line_that_cannot_be_read_is_kept(elena, line, sentence):
    answer = elena.post("/promises/new/", {"line": line})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert sentence in text
    assert "<script>alert" not in text
    assert line.replace("\0", "")[:20].split("<")[0].strip() in text
    assert not Promise.objects.exists()


def test_names_are_offered(elena, cast):
    def offered(typed: str) -> list[str]:
        return [one["write"] for one in elena.get("/promises/people/", {"q": typed}).json()["people"]]

    assert offered("an") == ["Ana Ribeiro"]
    assert offered("OKA") == ["Tom Okafor"]
    assert offered("joao") == offered("avi") == ["João Ávila"]
    assert offered("lou") == offered("") == offered("\0") == []  # Lou has left
    twin = Person.objects.create(name="Ana Ribeiro")
    assert offered("ana") == [f"Ana Ribeiro #{cast.ana.pk}", f"Ana Ribeiro #{twin.pk}"]
    elena.post("/promises/new/", {"line": f"@Ana Ribeiro #{twin.pk} Fri list"})
    assert Promise.objects.get().owner == twin


def test_every_step_by_its_form(elena, cast):
    made = promise(cast.elena, cast.ana)

    def step(name: str, **typed: str) -> Promise:
        answer = elena.post(f"/promises/{made.pk}/{name}/", {**typed, "back": "/promises/"})
        assert answer.status_code == 302
        return Promise.objects.get()

    assert step("new-date", due="next Fri", reason="ill").due.isoformat() == "2026-12-04"
    assert step("wait", person="@tom okafor").waiting_for == cast.tom
    assert step("going-on").state == "open"
    assert step("done").state == "done"
    assert elena.post(f"/promises/{made.pk}/acceptance/").status_code == 403
    assert step("taking-back").state == "open"
    assert step("dropping", reason="not wanted").state == "dropped"


@pytest.mark.parametrize(
    ("step", "typed", "sentence"),
    [
        ("new-date", {"due": "31 Feb", "reason": "why so"}, "There is no 31 February"),
        ("new-date", {"due": "x" * 10**5}, "Which day?"),
        ("dropping", {"reason": " "}, "Say in a few words"),
        ("wait", {"person": "\0"}, "Nobody here is called"),
        ("wait", {"person": "Elena"}, "name somebody else"),
    ],
)
def test_a_refusal_stands_beside_its_form(elena, cast, step, typed, sentence):
    made = promise(cast.elena, cast.ana)
    answer = elena.post(f"/promises/{made.pk}/{step}/", typed)
    assert answer.status_code == 422
    assert sentence in answer.content.decode()
    assert all(f'value="{value}"' in answer.content.decode() for value in typed.values() if value == "why so")


def test_what_is_over_says_so(elena, cast):
    made = promise(cast.elena, cast.ana, state="dropped", dropped_on=TODAY)
    answer = elena.post(f"/promises/{made.pk}/done/")
    assert answer.status_code == 422
    assert "It was dropped on Mon 23 November" in answer.content.decode()


def test_many_get_a_new_date_and_it_is_taken_back(elena, cast):
    made = [promise(cast.elena, cast.ana, due=TODAY + timedelta(days=n)) for n in (0, 1)]
    others = promise(cast.mira, cast.ana)
    pks = [one.pk for one in (*made, others)]
    answer = elena.post(
        "/promises/new-dates/",
        {"promise": pks, "how": "days", "days": "3", "back": "/promises/"},
        follow=True,
    )
    message = next(iter(answer.context["messages"]))
    assert str(message) == "2 promises given a new date."
    assert Promise.objects.get(pk=others.pk).new_dates == 0
    elena.post(message.extra_tags.removeprefix("undo:"))
    assert not Promise.objects.filter(new_dates=1).exists()


@pytest.mark.parametrize(
    "typed",
    [
        {},
        {"promise": ["x", "9" * 30, "-1"]},
        {"promise": "MINE", "how": "days", "days": "1000000000"},
        {"promise": "MINE", "due": "31 Feb"},
        {"promise": "MINE", "due": "\0"},
        {"promise": list(range(500)), "due": "Fri"},
    ],
)
def test_many_refused_with_a_sentence(elena, cast, typed):
    made = promise(cast.elena, cast.ana)
    typed = {name: made.pk if value == "MINE" else value for name, value in typed.items()}
    answer = elena.post("/promises/new-dates/", typed, follow=True)
    assert [message.level_tag for message in answer.context["messages"]] == ["error"]
    assert Promise.objects.get().new_dates == 0


@pytest.mark.parametrize("back", ["//evil.example/", "https://evil.example", "javascript:a", "/" * 600])
def test_a_step_leads_nowhere_else(elena, cast, back):
    made = promise(cast.elena, cast.ana)
    assert elena.post(f"/promises/{made.pk}/done/", {"back": back}).headers["Location"] == "/promises/"


@pytest.mark.parametrize("address", PAGES)
def test_statements_do_not_grow(elena, cast, address):
    def some(number: int) -> None:
        for n in range(number):
            for owner, asked in [(cast.elena, cast.ana), (cast.ana, cast.elena), (cast.mira, cast.tom)]:
                promise(owner, asked, f"number {n}", author=cast.ana)
            promise(cast.elena, cast.ana, state="waiting", waiting_for=cast.tom, waiting_since=TODAY)

    some(1)
    elena.get(address)
    one = count_of(lambda: elena.get(address))
    some(29)
    # Session, user, viewer; the rows; where texts of others are shown, their openings (in a savepoint).
    with at_most(min(one, 9)):
        elena.get(address)
