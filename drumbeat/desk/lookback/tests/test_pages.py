"""The look back in the browser: from dropped files to the truths, and what is refused on the way."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from drumbeat.desk.lookback import store
from drumbeat.desk.lookback.tests.make import MAVEN, TODAY, deals, people, won, write
from drumbeat.desk.lookback.tests.test_hours import CAST, ELENA, calendar, event
from tests.real_data import real_data

pytestmark = pytest.mark.django_db
LOOK_BACK = "/look-back/"


@pytest.fixture
def client():
    """A browser on this machine: until an account exists nobody else is let in."""
    return Client(HTTP_HOST="localhost")


@pytest.fixture(autouse=True)
def own_place(tmp_path, monkeypatch):
    """A temporary folder of this test's own."""
    place = tmp_path / "system-temp"
    place.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(place))
    yield place
    store.forget_all()


def bring(client, *paths, follow=True, **data):
    files = [SimpleUploadedFile(path.name, path.read_bytes()) for path in paths]
    return client.post(LOOK_BACK, {"files": files, "day": TODAY.isoformat(), **data}, follow=follow)


def small(folder):
    return [people(folder, ("Rob", "Ana"), ("Sam", "Ana")), deals(folder, won(1, "Rob", "2017-12-01", 1234))]


def text_of(response):
    return re.sub(r"<[^>]+>", "", response.content.decode())


def test_it_works(client, tmp_path):
    assert "Drop the files here" in client.get(LOOK_BACK).content.decode()
    response = bring(client, *small(tmp_path))
    assert response.redirect_chain == [(LOOK_BACK, 302)]
    page = text_of(response)
    assert "Your last 13 weeks" in page
    assert "One of two reps has no deal at all." in page
    assert "1,234" in page
    assert "Not known: your hours and one-to-ones: no calendar" in page


def test_maven(client):
    """The real files as of the end of 2017, every truth opened to its rows, and the page as PDF."""
    response = bring(client, *[real_data("maven") / name for name in MAVEN])
    page = text_of(response)
    assert "1,291 of 1,589 deals in progress are older than any deal you ever closed." in page
    assert "670,788" in page
    for key in ("aged_deals", "rep_share", "reps_without_deals", "win_rate_chance", "unowned_facts"):
        rows = client.get(reverse("desk:look_back_rows", args=[key]))
        assert rows.status_code == 200
        assert "How we know" in text_of(rows)
    assert "M7I5O9YU" in client.get(reverse("desk:look_back_rows", args=["aged_deals"])).content.decode()
    last = client.get(reverse("desk:look_back_rows", args=["aged_deals"]), {"page": 13})
    assert "1201 to 1291" in text_of(last).replace(",", "")
    sheet = client.get(reverse("desk:look_back_sheet"))
    assert sheet["Content-Type"] == "application/pdf"
    assert sheet.content.startswith(b"%PDF-")


def test_with_a_calendar_the_companies_are_sorted_once(client, tmp_path):
    tables = [
        people(tmp_path, *CAST, header=("name", "email", "manager")),
        deals(tmp_path, won(1, "Rob", "2017-12-01")),
    ]
    mine = calendar(
        tmp_path,
        event("a", "20171110", "Visit", "bea@drum.example", "buyer@acme.example", hours=3),
        event("s", "20171115", "Terms", "sales@parts.example", hours=8),
        event("t", "20171116", "Terms", "sales@parts.example", hours=2),
    )
    response = bring(client, *tables, mine)
    assert response.redirect_chain[-1][0] == reverse("desk:look_back_domains")
    page = response.content.decode()
    assert page.index("parts.example, in 2 entries") < page.index("acme.example, in one entry")
    chosen = re.findall(r'name="(domain_\d)" value="customer"[^>]*checked', page)
    assert chosen == ["domain_1"]  # guessed from the account Acme
    response = client.post(
        reverse("desk:look_back_domains"), {"domain_0": "supplier", "domain_1": "customer"}, follow=True
    )
    assert "You spent 10 hours with suppliers" in text_of(response)
    assert "1 day at customers together" in text_of(response)
    rows = text_of(client.get(reverse("desk:look_back_rows", args=["minutes_mix"])))
    assert "Terms" in rows


def test_columns_are_asked_for_where_not_known(client, tmp_path):
    """A table with words of its own: each column and stage chosen, previewed, then read."""
    odd = write(
        tmp_path / "odd.csv", ("Who", "How", "When", "What"), [("Rob", "Erledigt", "2017-12-01", "77")] * 2
    )
    response = bring(client, odd)
    columns = reverse("desk:look_back_columns")
    assert response.redirect_chain[-1][0] == columns
    chosen = {
        "table": "opportunities",
        "column_owner": "Who",
        "column_stage": "How",
        "column_close_on": "When",
        "column_amount": "What",
    }
    preview = client.post(columns, chosen | {"step": "preview"})
    assert "“Erledigt” means" in text_of(preview)
    assert "2017-12-01" in text_of(preview)
    refused = client.post(columns, chosen | {"step": "go"})
    assert refused.status_code == 422
    assert "Say whether “Erledigt” is open, won or lost." in text_of(refused)
    response = client.post(columns, chosen | {"step": "go", "stage_0": "won"}, follow=True)
    assert response.redirect_chain[-1][0] == LOOK_BACK
    assert "154" in text_of(response)


def test_a_file_can_be_left_out(client, tmp_path):
    odd = write(tmp_path / "odd.csv", ("x", "y"), [(1, 2)])
    assert bring(client, *small(tmp_path), odd).redirect_chain[-1][0] == reverse("desk:look_back_columns")
    response = client.post(reverse("desk:look_back_columns"), {"step": "leave_out"}, follow=True)
    assert "One of two reps" in text_of(response)


def test_dates_that_can_be_read_in_two_ways(client, tmp_path):
    header = ("opportunity_id", "sales_agent", "deal_stage", "close_date", "close_value")
    odd = write(tmp_path / "odd.csv", header, [("1", "Rob", "Won", "12/11/2017", "5")])
    assert bring(client, odd).redirect_chain[-1][0] == reverse("desk:look_back_columns")
    data = {
        "table": "opportunities",
        "column_owner": "sales_agent",
        "column_stage": "deal_stage",
        "column_close_on": "close_date",
        "column_amount": "close_value",
        "stage_0": "won",
        "date_order": "dmy",
        "step": "go",
    }
    response = client.post(reverse("desk:look_back_columns"), data, follow=True)
    assert response.redirect_chain[-1][0] == LOOK_BACK
    assert "1 won, 0 lost" in text_of(response) or "Won 1 and lost 0" in text_of(response)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("photo.csv", b"\x89PNG\r\n\x1a\n" + b"x" * 99, "is an image"),
        ("empty.csv", b"", "empty"),
        ("page.csv", b"<html><body>", "web page"),
    ],
)
def test_bad_files(client, tmp_path, name, content, says):
    """One clear sentence, the page to drop files again, and nothing of that drop is kept."""
    (tmp_path / name).write_bytes(content)
    response = bring(client, *small(tmp_path), tmp_path / name)
    assert response.status_code == 422
    assert says in text_of(response)
    assert client.get(LOOK_BACK).content.decode().count("<li><span>") == 3  # only what is read, no file


def test_a_broken_calendar_is_refused_beside_the_field(client, tmp_path):
    (tmp_path / "cut.ics").write_text("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\nDTSTART:2017")
    response = bring(client, *small(tmp_path), tmp_path / "cut.ics")
    assert response.status_code in (200, 422)
    assert "Traceback" not in text_of(response)


def test_nothing_dropped(client):
    response = client.post(LOOK_BACK, {})
    assert response.status_code == 422
    assert "Choose at least one file" in text_of(response)


def test_another_day(client, tmp_path):
    bring(client, *small(tmp_path), day="2026-11-23")
    page = client.get(LOOK_BACK).content.decode()
    assert "The newest deal is of 1 December 2017" in page
    response = client.post(reverse("desk:look_back_question"), {"day": "2017-12-01", "me": ""}, follow=True)
    assert "2 September 2017 to 1 December 2017" in text_of(response)
    assert client.post(reverse("desk:look_back_question"), {"day": "0001-01-01"}).status_code == 422


def test_each_browser_sees_its_own(client, tmp_path):
    bring(client, *small(tmp_path))
    other = Client(HTTP_HOST="localhost")
    assert "Drop the files here" in other.get(LOOK_BACK).content.decode()
    for name in ("look_back_sheet", "look_back_columns", "look_back_domains"):
        assert other.get(reverse(f"desk:{name}")).status_code == 404
    assert other.get(reverse("desk:look_back_rows", args=["aged_deals"])).status_code == 404


def test_forgetting(client, tmp_path, own_place):
    bring(client, *small(tmp_path))
    assert list(own_place.rglob("deals.csv"))
    client.post(reverse("desk:look_back_forgetting"))
    assert not list(own_place.rglob("deals.csv"))
    assert "Drop the files here" in client.get(LOOK_BACK).content.decode()


def test_gone_after_an_hour(client, tmp_path, own_place):
    import os
    import time

    bring(client, *small(tmp_path))
    folder = next(own_place.glob("*/*"))
    long_ago = time.time() - store.HOUR - 1
    os.utime(folder, (long_ago, long_ago))
    assert "Drop the files here" in client.get(LOOK_BACK).content.decode()
    assert not folder.exists()


def test_names_that_lead_elsewhere(own_place):
    folder = store.new_folder()
    path = folder.add("../../etc/passwd", [b"x"])
    assert path.parent == folder.path / "files"
    assert folder.add("\x00..", [b"x"]).parent == folder.path / "files"


def test_the_place_is_closed_to_others(own_place):
    folder = store.new_folder()
    assert oct(folder.path.stat().st_mode)[-3:] == "700"
    assert oct(folder.path.parent.stat().st_mode)[-3:] == "700"
    folder.path.parent.chmod(0o755)
    with pytest.raises(store.NoSafePlace):
        store.new_folder()


def test_gone_at_stop(own_place):
    folder = store.new_folder()
    store.forget_all()
    assert not folder.path.exists()


@pytest.mark.parametrize("token", ["", "../x", "a" * 32, None])
def test_a_made_up_token_opens_nothing(own_place, token):
    assert store.open_folder(token) is None


def test_a_rep_cannot_use_it(cast, sign_in):
    client = sign_in(cast.mira)
    assert client.get(LOOK_BACK).status_code == 403
    assert sign_in(cast.elena).get(LOOK_BACK).status_code == 200


def test_a_visitor_is_sent_to_sign_in_once_an_account_exists(cast, client, on_monday):
    assert client.get(LOOK_BACK).status_code == 302


def test_queries_do_not_grow(client, tmp_path, django_assert_max_num_queries):
    """The page reads the session (2: session and whether an account exists), nothing else."""
    bring(client, *small(tmp_path))
    with django_assert_max_num_queries(4):
        client.get(LOOK_BACK)


def test_the_owner_is_asked(client, tmp_path):
    tables = [
        people(tmp_path, *CAST, header=("name", "email", "manager")),
        deals(tmp_path, won(1, "Rob", "2017-12-01")),
    ]
    mine = calendar(tmp_path, event("a", "20171110", "1:1", "ana@drum.example"))
    response = bring(client, *tables, mine, me=ELENA)
    assert "1 one-to-one" in text_of(response)


def test_of_very_many_rows_the_first_are_kept(client, tmp_path, monkeypatch):
    monkeypatch.setattr("drumbeat.desk.lookback.steps.MOST_ROWS", 5)
    rows = [(f"D{n}", "Rob", "", "Engaging", "2017-12-01", "", "") for n in range(7)]
    bring(client, deals(tmp_path, *rows))
    page = text_of(client.get(reverse("desk:look_back_rows", args=["unowned_facts"])))
    assert "The first 5 of 7." in page
    assert "D4" in page
    assert "D5" not in page
