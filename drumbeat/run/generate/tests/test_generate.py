"""``drumbeat generate``: a made company in an instance."""

import argparse
from datetime import timedelta

import pytest

from drumbeat.people.models import Leave, Person, ReportingLine
from drumbeat.run.generate import command
from drumbeat.run.generate.bring import OtherPeople
from drumbeat.run.generate.people import PROMOTED_DAYS_AGO
from drumbeat.run.generate.tests.rows import TODAY

pytestmark = pytest.mark.django_db


def generate(tmp_path, people=64, opportunities=600):
    return command.run(
        argparse.Namespace(
            people=people,
            opportunities=opportunities,
            weeks=78,
            seed=1,
            as_of=TODAY,
            data_dir=tmp_path,
            json=True,
        )
    )


def test_it_works(tmp_path):
    result = generate(tmp_path)
    assert Person.objects.count() == 64
    tables = result["tables"]
    assert tables["opportunities"]["read"] == 600
    assert all(counts["rejected"] == 0 for counts in tables.values())
    assert (tmp_path / "made" / "executive.ics").exists()
    assert Leave.objects.count() == 1
    assert "64" in command.render(result)


def test_lines_are_dated_as_they_were(tmp_path):
    generate(tmp_path)
    lines = list(ReportingLine.objects.filter(member__name="Mateus Almeida").order_by("starts_on"))
    assert [line.leader.name for line in lines] == ["Helena Duarte", "Elena Hartmann"]
    assert lines[0].ends_on == lines[1].starts_on == TODAY - timedelta(days=PROMOTED_DAYS_AGO)


def test_the_history_of_changes_has_arisen(tmp_path):
    from drumbeat.plan.models import OpportunityChange

    generate(tmp_path)
    assert OpportunityChange.objects.count() > 50


def test_again_changes_nothing(tmp_path):
    generate(tmp_path)
    tables = generate(tmp_path)["tables"]
    assert all(counts["unchanged"] == counts["read"] for counts in tables.values())
    assert Leave.objects.count() == 1


def test_an_instance_with_other_people_is_refused(tmp_path):
    Person.objects.create(name="Somebody Else", email="somebody@elsewhere.example")
    with pytest.raises(OtherPeople, match=r"Somebody Else.*--data-dir\."):
        generate(tmp_path)
    assert Person.objects.count() == 1
