"""Files in by the browser: dropped, looked at, asked about, brought in, taken back; who may."""

import io
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from drumbeat.exchange.intake.actions import keep_mapping
from drumbeat.exchange.intake.files import KEPT_FOR, put_away_old
from drumbeat.exchange.models import FileAtWork, Import, SavedMapping
from drumbeat.files.mapping import BadMapping
from drumbeat.people.models import Person
from drumbeat.people.tests.cast import TODAY
from drumbeat.plan.models import Opportunity

pytestmark = pytest.mark.django_db
DEALS = (
    "external_id,name,owner,account,stage,created_on,close_on,amount\n"
    "D1,Pumps,Mira Lund,Acme,open,2026-01-10,2026-06-30,1000\n"
    "D2,Valves,Mira Lund,Acme,won,2026-01-11,2026-03-15,2500.50\n"
    "D3,Seals,Nobody Known,Acme,won,2026-01-11,2026-03-15,2500.50\n"
)


@pytest.fixture
def elena(cast, sign_in, settings, tmp_path):
    settings.DATA_DIR = tmp_path
    return sign_in(cast.elena)


def upload(text, name="deals.csv"):
    file = io.BytesIO(text.encode())
    file.name = name
    return file


def drop(client, *uploads, status=302):
    response = client.post(reverse("exchange:lay"), {"files": list(uploads)})
    assert response.status_code == status
    return response


def page_of(client, row, **values):
    return client.get(reverse("exchange:work", args=[row.pk]), **values).content.decode()


def test_from_the_dropped_file_to_the_deals(elena, tmp_path):
    response = drop(elena, upload(DEALS))
    row = FileAtWork.objects.get()
    assert response.url == reverse("exchange:work", args=[row.pk])
    text = page_of(elena, row)
    assert "What would change" in text
    assert "Pumps" in text
    assert "line 4: The owner “Nobody Known” is nobody here" in text
    assert not Opportunity.objects.exists()

    elena.post(reverse("exchange:bringing", args=[row.pk]))
    assert Opportunity.objects.count() == 2
    made = Import.objects.get()
    assert (made.source, made.by.name) == ("page", "Elena Hartmann")
    assert "Brought in" in page_of(elena, row)
    assert not list(tmp_path.glob("uploads/*"))  # nothing of the file is left
    listed = elena.get(reverse("exchange:imports")).content.decode()
    assert "Deals: 2 new, 1 left out" in listed
    rejected = elena.get(reverse("exchange:rejects", args=[made.pk]))
    assert b"Nobody Known" in b"".join(rejected.streaming_content)

    mended = DEALS.replace("Nobody Known", "Piotr Zieliński")
    drop(elena, upload(mended))
    again = FileAtWork.objects.latest("pk")
    elena.post(reverse("exchange:bringing", args=[again.pk]))
    assert Opportunity.objects.count() == 3


def test_a_change_is_shown_before_and_after(elena):
    for text in (DEALS, DEALS.replace("2026-06-30,1000", "2026-07-31,1250")):
        drop(elena, upload(text))
        row = FileAtWork.objects.latest("pk")
        shown = page_of(elena, row)
        elena.post(reverse("exchange:bringing", args=[row.pk]))
    assert "close date: 2026-06-30 → 2026-07-31; amount: 1000 → 1250" in shown


def test_nothing_new_is_said_and_cannot_be_brought(elena):
    for _ in range(2):
        drop(elena, upload(DEALS))
        row = FileAtWork.objects.latest("pk")
        shown = page_of(elena, row)
        elena.post(reverse("exchange:bringing", args=[row.pk]))
    assert "Nothing would change" in shown
    assert "Bring it in" not in shown
    assert Import.objects.count() == 1


def test_files_of_several_kinds_become_a_row_each_and_wait_for_the_people(elena):
    people = "name,email,manager\nNobody Known,nobody@company.example,Ana Ribeiro\n"
    drop(elena, upload(DEALS), upload(people, "people.csv"))
    crm, roster = FileAtWork.objects.get(kind="crm"), FileAtWork.objects.get(kind="people")
    assert crm.preview["tables"]["opportunities"]["rejected"] == 1
    elena.post(reverse("exchange:bringing", args=[roster.pk]))
    assert Person.objects.filter(name="Nobody Known").exists()
    crm.refresh_from_db()
    assert crm.state == FileAtWork.READY
    assert crm.preview["tables"]["opportunities"]["rejected"] == 0  # looked at again


ODD = "Ref,Wer,Phase,Summe\nD1,Mira Lund,Kalt,100\nD2,Mira Lund,Fertig,200\n"


def test_unknown_columns_are_asked_for_and_the_answer_is_kept(elena, cast):
    drop(elena, upload(ODD, "odd.csv"))
    row = FileAtWork.objects.get()
    assert row.state == FileAtWork.ASKING
    url = reverse("exchange:columns", args=[row.pk])
    assert "Say which column is what" in page_of(elena, row)
    assert "Wer" in elena.get(url).content.decode()
    answer = {
        "table": "opportunities",
        "column_external_id": "Ref",
        "column_owner": "Wer",
        "column_stage": "Phase",
        "column_amount": "Summe",
        "name": "Our export",
        "step": "go",
    }
    asked = elena.post(url, answer)
    assert asked.status_code == 422
    assert "Say whether “Kalt” is open, won or lost." in asked.content.decode()
    done = elena.post(url, answer | {"stage_0": "open", "stage_1": "won"})
    assert done.status_code == 302
    row.refresh_from_db()
    assert row.state == FileAtWork.READY
    elena.post(reverse("exchange:bringing", args=[row.pk]))
    assert Opportunity.objects.get(key="D2").state == "won"
    assert SavedMapping.objects.get().name == "Our export"

    drop(elena, upload(ODD.replace("200", "300"), "odd2.csv"))  # the next one is read by itself
    assert FileAtWork.objects.latest("pk").state == FileAtWork.READY


def test_a_mapping_kept_twice_is_one(cast):
    from drumbeat.journal.models import Entry

    text = '[people]\nname = "Wer"\n'
    for _ in range(2):
        keep_mapping(actor=cast.elena, today=TODAY, name="Ours", text=text)
    assert Entry.objects.filter(verb="mapping.keep").count() == 1
    keep_mapping(actor=cast.elena, today=TODAY, name="Ours", text=text.replace("Wer", "Who"))
    assert SavedMapping.objects.get().text.count("Who") == 1
    with pytest.raises(BadMapping):
        keep_mapping(actor=cast.elena, today=TODAY, name="Bad", text="x")


def test_a_file_that_is_no_table_fails_with_its_sentence(elena):
    drop(elena, upload("%PDF-1.7 ...", "report.csv"))
    row = FileAtWork.objects.get()
    text = page_of(elena, row)
    assert "is a PDF, not a table" in text
    assert "Nothing was changed" in text
    elena.post(reverse("exchange:removal", args=[row.pk]))
    assert not FileAtWork.objects.exists()


def test_no_file_and_too_large_a_file_are_refused(elena, settings):
    assert "Choose at least one file" in drop(elena, status=422).content.decode()
    settings.DRUMBEAT_MAX_UPLOAD_MB = 0
    assert "is larger than" in drop(elena, upload(DEALS), status=422).content.decode()


def test_progress_is_a_fragment_of_the_same_page(elena):
    drop(elena, upload(DEALS))
    row = FileAtWork.objects.get()
    FileAtWork.objects.update(state=FileAtWork.READING, rows_done=1500, rows_all=3000)
    whole = page_of(elena, row)
    part = page_of(elena, row, HTTP_HX_REQUEST="true", HTTP_HX_TARGET="work")
    assert "<html" in whole
    assert "<html" not in part
    assert 'hx-trigger="every 1s"' in part
    assert "1,500 of about 3,000 rows" in part


def test_undo_asks_first(elena):
    drop(elena, upload(DEALS))
    elena.post(reverse("exchange:bringing", args=[FileAtWork.objects.get().pk]))
    asked = elena.get(reverse("exchange:undo")).content.decode()
    assert "Deals: 2 go, 0 are what they were before" in asked
    assert Opportunity.objects.exists()
    elena.post(reverse("exchange:undo"))
    assert not Opportunity.objects.exists()
    listed = elena.get(reverse("exchange:imports")).content.decode()
    assert "Taken back." in listed
    assert reverse("exchange:undo") not in listed


def test_an_administrator_brings_people_and_sees_no_deals(cast, sign_in, elena):
    drop(elena, upload(DEALS))
    row = FileAtWork.objects.get()
    elena.post(reverse("exchange:bringing", args=[row.pk]))
    adam = sign_in(cast.adam)
    listed = adam.get(reverse("exchange:imports")).content.decode()
    assert "deals.csv" not in listed
    assert "Deals: 2 new, 1 left out" in listed  # of what is not theirs, the counts
    assert adam.get(reverse("exchange:work", args=[row.pk])).status_code == 404
    assert adam.get(reverse("exchange:rejects", args=[Import.objects.get().pk])).status_code == 404
    drop(adam, upload(DEALS))
    own = FileAtWork.objects.latest("pk")
    assert "You may not bring deals in" in page_of(adam, own)
    drop(adam, upload("name,email\nNina Neu,nina@company.example\n", "people.csv"))
    people = FileAtWork.objects.latest("pk")
    adam.post(reverse("exchange:bringing", args=[people.pk]))
    assert Person.objects.filter(name="Nina Neu").exists()


@pytest.mark.parametrize("name", ["ana", "mira", "hanna", "stella"])
def test_others_have_no_imports(cast, sign_in, name):
    client = sign_in(getattr(cast, name))
    assert client.get(reverse("exchange:imports")).status_code == 403


def test_the_list_costs_the_same_at_one_import_and_at_thirty(elena, django_assert_max_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def cost():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            elena.get(reverse("exchange:imports"))
        return len(queries)

    def many(count):
        Import.objects.bulk_create(
            Import(kind="crm", day="2026-01-01", made_at="2026-01-01T00:00Z", file_names=["a.csv"],
                   by=Person.objects.get(name="Elena Hartmann"), rejects_file="x.csv")
            for _ in range(count)
        )  # fmt: skip

    many(1)
    one = cost()
    many(29)
    assert cost() == one <= 14


def test_uploads_that_nobody_brings_in_go_after_a_week(elena, tmp_path):
    drop(elena, upload(DEALS))
    row = FileAtWork.objects.get()
    put_away_old()
    assert (tmp_path / row.folder / "deals.csv").exists()
    FileAtWork.objects.update(changed_at=timezone.now() - KEPT_FOR - timedelta(seconds=1))
    put_away_old()
    assert not FileAtWork.objects.exists()
    assert not (tmp_path / row.folder).exists()


def test_columns_that_were_recognised_wrongly_are_said_anew(elena):
    drop(elena, upload(DEALS))
    row = FileAtWork.objects.get()
    assert "The columns are others" in page_of(elena, row)
    response = elena.post(reverse("exchange:asking", args=[row.pk]), follow=True)
    assert response.redirect_chain == [(reverse("exchange:columns", args=[row.pk]), 302)]
    assert "stage" in response.content.decode()
    assert FileAtWork.objects.get().state == FileAtWork.ASKING
    assert not Opportunity.objects.exists()


def test_only_what_waits_to_be_brought_in_is_asked_about(elena):
    drop(elena, upload(DEALS))
    row = FileAtWork.objects.get()
    elena.post(reverse("exchange:bringing", args=[row.pk]))
    elena.post(reverse("exchange:asking", args=[row.pk]))
    assert FileAtWork.objects.get().state == FileAtWork.DONE
