import pytest
from django.db import connection

from drumbeat.calendars.actions import NoSuchCategory, correct, follow_accounts, sort_domains
from drumbeat.calendars.intake import bring_in
from drumbeat.calendars.models import Event, LearnedCategory, MailDomain
from drumbeat.calendars.tests.make import event, ics
from drumbeat.calendars.tests.test_bring_in import ANA, ME, NOW, one_to_one
from drumbeat.customers.models import Account
from drumbeat.journal.models import Entry
from drumbeat.people.tests.cast import TODAY

pytestmark = pytest.mark.django_db


def take(cast, *events: str, titles: bool = False):
    bring_in(actor=cast.elena, today=TODAY, at=NOW, owner=cast.elena, source=ics(*events), titles=titles)


def put(cast, uid: str, category: str, **more):
    one = Event.objects.filter(uid=uid, **more).order_by("starts_at")[0]
    return correct(actor=cast.elena, today=TODAY, event=one, category=category)


def category_of(uid: str) -> str:
    return Event.objects.filter(uid=uid).latest("starts_at").category


def outside(uid: str, day: str, domain: str) -> str:
    return event(uid, f"{day}T080000Z", f"{day}T090000Z", people=(ME, f"x@{domain}"))


def test_it_works(cast):
    take(cast, one_to_one())
    done = put(cast, "w", "hiring_bench")
    assert (done.also, done.because) == (11, "series")
    assert set(Event.objects.values_list("category", flat=True)) == {"hiring_bench"}
    assert Event.objects.filter(corrected=True).count() == 1
    assert Entry.objects.latest("pk").verb == "event.correct"


def test_a_lesson_holds_at_the_next_reading(cast):
    take(cast, one_to_one())
    put(cast, "w", "fires")
    take(cast, one_to_one().replace("COUNT=12", "COUNT=14"))
    assert set(Event.objects.values_list("category", flat=True)) == {"fires"}


def test_a_company_nobody_sorted_is_learned(cast):
    take(cast, outside("a", "20261005", "newco.example"), outside("b", "20261012", "newco.example"))
    assert category_of("b") == ""
    done = put(cast, "a", "suppliers")
    assert (done.also, done.because, category_of("b")) == (1, "domain", "suppliers")


def test_a_customer_corrected_once_stays_a_customer(cast):
    MailDomain.objects.create(domain="brandt.example", kind="customer")
    take(cast, outside("a", "20261005", "brandt.example"), outside("b", "20261012", "brandt.example"))
    assert put(cast, "a", "fires").because == ""
    assert (category_of("a"), category_of("b")) == ("fires", "customers_joint")


def test_a_title_is_learned_where_it_is_kept_and_never_readable(cast):
    alone = [event(d, f"{d}T080000Z", f"{d}T090000Z", title="Kanban Dojo") for d in ("20261005", "20261012")]
    take(cast, *alone, titles=True)
    done = put(cast, "20261005", "own_learning")
    assert (done.also, done.because, category_of("20261012")) == (1, "word", "own_learning")
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM calendars_learnedcategory")
        assert "dojo" not in repr(cursor.fetchall()).lower()


def test_without_titles_only_that_event(cast):
    take(cast, event("a", "20261005T080000Z", "20261005T090000Z", title="Kanban Dojo"))
    assert put(cast, "a", "own_learning").because == ""
    assert not LearnedCategory.objects.exists()


def test_giving_it_back_to_the_rules(cast):
    take(cast, one_to_one())
    put(cast, "w", "fires")
    put(cast, "w", "", corrected=True)
    assert set(Event.objects.values_list("category", "corrected")) == {("coach_managers", False)}
    assert not LearnedCategory.objects.exists()


def test_an_event_corrected_by_itself_is_not_overruled(cast):
    take(cast, one_to_one())
    put(cast, "w", "fires")
    put(cast, "w", "suppliers", recurrence_id="20261019T080000Z")
    assert Event.objects.get(recurrence_id="20261005T080000Z").category == "fires"
    assert Event.objects.get(recurrence_id="20261026T080000Z").category == "suppliers"


def test_an_unknown_category_is_refused(cast):
    take(cast, one_to_one())
    with pytest.raises(NoSuchCategory, match="none of the nine"):
        put(cast, "w", "golf")
    assert not Event.objects.filter(corrected=True).exists()


# -- mail domains ---------------------------------------------------------------------------------


def test_sorting_a_domain_tells_its_events_again(cast):
    take(cast, outside("a", "20261005", "nordmann.example"), outside("b", "20261012", "brandt.example"))
    changed = sort_domains(
        actor=cast.elena, today=TODAY, customers=["Brandt.example "], suppliers=["@nordmann.example"]
    )
    assert (changed, category_of("a"), category_of("b")) == (2, "suppliers", "customers_joint")
    assert sort_domains(actor=cast.elena, today=TODAY, customers=["brandt.example"]) == 0


def test_sorting_leaves_corrections_and_words_alone(cast):
    take(
        cast,
        outside("a", "20261005", "agency.example"),
        event(
            "i",
            "20261006T080000Z",
            "20261006T090000Z",
            title="Interview",
            people=(ME, ANA, "x@agency.example"),
        ),
    )
    Event.objects.filter(uid="a").update(category="fires", corrected=True)
    sort_domains(actor=cast.elena, today=TODAY, other=["agency.example"])
    assert (category_of("a"), category_of("i")) == ("fires", "hiring_bench")


def test_accounts_that_come_later_make_customers_of_their_domains(cast):
    take(cast, outside("a", "20261005", "brandt.example"), outside("b", "20261012", "brandt.example"))
    Event.objects.filter(uid="b").update(category="fires", corrected=True)
    Account.objects.create(name="Brandt", domain="brandt.example")
    assert follow_accounts(actor=cast.elena, today=TODAY) == 1
    assert (category_of("a"), category_of("b")) == ("customers_joint", "fires")
    assert follow_accounts(actor=cast.elena, today=TODAY) == 0
