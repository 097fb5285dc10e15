"""The steps in which a made company is brought in."""

from datetime import timedelta

from drumbeat.run.generate.company import company, write_calendar
from drumbeat.run.generate.load import steps
from drumbeat.run.generate.tests.rows import TODAY, demo


def test_the_demonstration_comes_in_as_of_five_days(tmp_path):
    made = demo().company
    seen = []
    for step in steps(made, tmp_path):
        assert all(file.is_file() for file in step.files)
        seen.append((step.kind, (TODAY - step.day).days, [file.stem for file in step.files]))
    crm = ["accounts", "products", "opportunities", "bookings"]
    assert seen == [
        ("people", 78 * 7 - 1, ["people"]),
        *[
            (kind, days, crm if kind == "crm" else ["people"])
            for days in (56, 28, 7)
            for kind in ("people", "crm")
        ],
        ("people", 0, ["people"]),
        ("crm", 0, crm),
        ("targets", 0, ["targets"]),
    ]
    assert list(tmp_path.iterdir()) == []


def test_a_large_company_comes_in_as_of_today_alone(tmp_path):
    made = company(40, 200, today=TODAY)
    kinds = [step.kind for step in steps(made, tmp_path, history=False)]
    assert kinds == ["people", "people", "crm", "targets"]


def test_every_leader_of_a_step_is_known_by_then(tmp_path):
    known = set()
    for step in steps(demo().company, tmp_path):
        for file in step.files:
            lines = [line.split(",") for line in file.read_text(encoding="utf-8").splitlines()[1:]]
            if file.stem == "people":
                known |= {line[1] for line in lines}
                assert {line[3] for line in lines if line[3]} <= known
            if file.stem == "opportunities":
                assert {line[2] for line in lines} <= known
                assert step.day >= TODAY - timedelta(weeks=8)


def test_the_calendar_is_written_beside(tmp_path):
    path = write_calendar(demo().company, tmp_path / "new")
    assert path.read_bytes().startswith(b"BEGIN:VCALENDAR\r\n")
