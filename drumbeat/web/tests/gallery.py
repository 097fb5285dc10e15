# ruff: noqa: E501
"""Every component with eight managers, one, none, sixty, and a name of fifty letters: for eyes, axe and tests."""

from datetime import date, timedelta
from types import SimpleNamespace as Thing
from typing import Any

from django import forms

TODAY = date(2026, 11, 25)
LONG = "Wilhelmina-Konstantina Papadopoulou-Wiśniewska-Ober"
NAMES = [
    "Ana Ribeiro",
    "Ben Whitaker",
    "Claire Dubois",
    "Ingrid Solheim",
    "Joanna Kowalczyk-Wiśniewska",
    "Mateus Almeida",
    "Rahul Menon",
    "Tom Okafor",
]


class InvitationForm(forms.Form):
    name = forms.CharField(label="Name", help_text="As colleagues say it.")
    email = forms.EmailField(label="E-mail")
    title = forms.CharField(label="Title", required=False)
    country = forms.ChoiceField(label="Country", choices=[("DE", "Germany"), ("PT", "Portugal")])
    note = forms.CharField(label="A word with it", widget=forms.Textarea, required=False)
    keep = forms.BooleanField(
        label="Keep titles of calendar entries", required=False, help_text="Only you can read them."
    )
    interval = forms.ChoiceField(
        label="One-to-one", choices=[("7", "each week"), ("14", "every two weeks")], widget=forms.RadioSelect
    )


def monday(week: int) -> str:
    first = TODAY - timedelta(days=TODAY.weekday()) + timedelta(weeks=week - 13)
    return f"{first + timedelta(days=1):%a} {(first + timedelta(days=1)).day} {first:%B}"


def mark(week: int, kind: str, words: str) -> dict[str, Any]:
    return {"week": week, "kind": kind, "label": f"{monday(week)}: {words}", "url": f"#m{week}"}


def lane(name: str, shape: int) -> dict[str, Any]:
    step = 1 if shape % 3 == 0 else 2
    marks = [mark(week, "held" if shape % 2 else "took_place", "held") for week in range(0, 13, step)]
    if shape % 8 == 3:
        marks = [
            *marks[:4],
            mark(8, "not_held", "not held"),
            mark(10, "not_held_again", "not held again"),
            mark(12, "not_held_again", "not held again"),
        ]
    if shape % 8 == 2:
        marks[1:3] = [
            mark(3, "away", "away"),
            mark(4, "unknown", "not known"),
            mark(6, "moved", "held on Thursday instead"),
        ]
    if shape % 8 == 5:
        marks = marks[3:]
    marks += [mark(week, "planned", "planned") for week in range(13, 18, step)]
    days = [
        {
            "week": (shape * 3) % 12,
            "kind": "was",
            "label": f"{monday((shape * 3) % 12)}: at Halden together",
            "url": "#d",
        }
    ]
    if shape % 2 == 0:
        days.append(
            {"week": 15, "kind": "planned", "label": f"{monday(15)}: at Kessler together, planned", "url": ""}
        )
    return {"name": name.split()[0], "marks": marks, "days": days}


SENTENCES = [
    "Three days out together. Waits for your call with Brandt.",
    "Won the sensor line at Halden back.",
    "One idea in test at Lemaire.",
    "Three one-to-ones in a row fell to supplier visits.",
    "Two reps of seven have no deal at all.",
    "Still closing deals himself: 4 of 9.",
    "More than a bad month: six weeks below, two deals moved twice.",
    "Coverage is enough; the calls are too high.",
]
PACE = [1.04, 0.96, 0.99, 1.18, 1.01, 0.88, 0.74, 0.91]


def row(name: str, at: int) -> Thing:
    pace = PACE[at % 8]
    return Thing(
        name=name,
        url=f"#p{at}",
        note=f"{['North', 'South', 'East', 'West'][at % 4]} · {4 + at % 5} reps",
        figure=f"{pace:.0%}",
        beside=f"{'+' if pace >= 1 else '−'}{abs(round((pace - 1) * 2000))} k",
        reached=pace * 0.62,
        due=0.62,
        trouble=pace < 0.8,
        lane=lane(name, at),
        sentence=SENTENCES[at % 8],
        aside="",
        calm=at % 8 in (1, 2, 4, 5, 7),
    )


def context(how_many: int = 8) -> dict[str, Any]:
    names = NAMES[:how_many] if how_many <= 8 else [f"{NAMES[at % 8]} {at}" for at in range(how_many)]
    if how_many == 1:
        names = [LONG]
    rows = [row(name, at) for at, name in enumerate(names)]
    wrong = InvitationForm(
        {
            "name": "",
            "email": "ana.at.example",
            "title": "Regional manager",
            "country": "PT",
            "interval": "14",
        },
        auto_id="wrong_%s",
    )
    wrong.is_valid()
    return {
        "nav": [
            {"words": words, "url": "#", "current": not at}
            for at, words in enumerate(("This week", "People", "Plan", "My hours", "Imports", "Settings"))
        ],
        "search_url": "#",
        "viewer": Thing(person=Thing(name="Elena Ruiz", title="Senior Sales Executive")),
        "account_links": [{"words": "Your person page", "url": "#"}],
        "demo": True,
        "demo_looks": [
            {"words": words, "url": "#", "current": not at}
            for at, words in enumerate(("executive", "manager", "rep", "administrator"))
        ],
        "own_data_url": "#",
        "version": "0.1.0",
        "figures_day": TODAY,
        "today": TODAY,
        "rows": rows,
        "how_many": how_many,
        "calm": sum(one.calm for one in rows),
        "lanes": [one.lane for one in rows],
        "csrf_token": "x",
        "things": [
            Thing(
                sentence="Ingrid, 118% of plan: no one-to-one for six weeks.",
                detail="Three fell to supplier visits. You are both free Wednesday 9:00 and Thursday 16:30.",
                rows_url="#",
                rows_label="See the entries",
                action=Thing(label="Copy both times", copy="Wed 9:00 or Thu 16:30", url=""),
                later_url="#",
                dismiss_url="#",
            ),
            Thing(
                sentence="Rahul: this is more than a bad month.",
                detail="74% of plan to date for six weeks; two of his largest deals moved twice.",
                rows_url="#",
                rows_label="See the 12 deals",
                action=Thing(label="Write to Rahul", url="mailto:rahul@example.com", copy=""),
                later_url="#",
                dismiss_url="#",
            ),
            Thing(
                sentence="Mateus still closes deals himself: 4 of 9.",
                detail="He leads six reps since 12 October.",
                rows_url="#",
                rows_label="See the 9 deals",
                action=None,
                later_url="#",
                dismiss_url="#",
            ),
        ],
        "thanks": Thing(
            sentence="Joanna’s rep Piotr closed the Halden frame contract.", url="#", verb="Write two lines"
        ),
        "truths": [
            Thing(
                sentence="1,291 of 1,589 deals in progress are older than any deal you ever closed.",
                detail="The longest took 138 days. For Melvin and Dustin it is 99% and 98%.",
                rows_url="#",
                rows_label="See the 1,291 deals",
                known_url="",
            ),
            Thing(
                sentence="You spent 61 hours with suppliers and 9 on coaching.",
                detail="None of the 9 with Melvin since 6 October.",
                rows_url="#",
                rows_label="See the entries",
                known_url="",
            ),
            Thing(
                sentence="Who wins more is chance, so far.",
                detail="Win rates run from 62 to 64%; six managers with the same skill would differ as much in four of five years.",
                rows_url="",
                rows_label="",
                known_url="#",
            ),
        ],
        "form": InvitationForm(),
        "wrong": wrong,
        "columns": ["Deal", "Rep", "Stage", ("Amount", "num"), ("Close", "num"), ("Age, days", "num")],
        "table_rows": [
            [("Halden frame contract", "#"), "Piotr Nowak", "Negotiation", "84,200", "12 Dec", "41"],
            [(LONG, "#"), LONG, "Proposal", "1,210,000", None, "388"],
            [("Brandt sensors", "#"), "Mira Lang", "Qualified", "9,150", "30 Jan", "12"],
        ],
        "total": ["Three deals", "", "", "1,303,350", "", ""],
        "events": [
            Thing(
                when=date(2026, 11, 24), text="One-to-one planned, 9:00", detail="", url="#", kind="planned"
            ),
            Thing(
                when=date(2026, 11, 12),
                text="At Kessler together",
                detail="With Mira Lang",
                url="#",
                kind="was",
            ),
            Thing(
                when=date(2026, 11, 10),
                text="One-to-one took place by the calendar",
                detail="",
                url="",
                kind="took_place",
            ),
            Thing(
                when=date(2026, 10, 27),
                text="One-to-one not held again: supplier visit at that hour",
                detail="",
                url="#",
                kind="not_held_again",
            ),
            Thing(
                when=date(2026, 10, 13),
                text="One-to-one not held",
                detail="Cancelled by you the evening before",
                url="",
                kind="not_held",
            ),
            Thing(
                when=date(2026, 10, 1),
                text="Target for the quarter came in: 2,000,000",
                detail="",
                url="",
                kind="",
            ),
        ],
        "facts": [
            ("Leads", "7 reps in North"),
            ("Since", "1 March 2024"),
            ("Time zone", "Europe/Berlin"),
            ("E-mail", None),
        ],
        "periods": [("Week", "#", False), ("Four weeks", "#", True), ("Quarter", "#", False)],
        "chips": ["supplier", ("customer", "#", True), ("other", "#", False)],
        "page": Thing(
            has_previous=True,
            has_next=True,
            previous_page_number=1,
            next_page_number=3,
            start_index=51,
            end_index=100,
            number=2,
        ),
        "kinds": ["held", "moved", "took_place", "not_held", "not_held_again", "unknown", "planned", "away"],
    }
