"""What is typed about rhythms and single meetings."""

from dataclasses import replace
from typing import Any

from django import forms
from django.db.models import QuerySet

from drumbeat.core.content import meeting_templates
from drumbeat.core.refusal import Refused
from drumbeat.meetings.facts import LONGEST, SHORTEST, Facts, NotARhythm
from drumbeat.meetings.models import Rhythm
from drumbeat.meetings.overlaps import Overlaps
from drumbeat.meetings.rules.agenda import RHYTHM_TEMPLATES
from drumbeat.meetings.rules.recurrence import LAST, WEEKDAYS
from drumbeat.people.forms import day_field
from drumbeat.people.models import Person
from drumbeat.people.queries import find_person

NTH = [(1, "first"), (2, "second"), (3, "third"), (4, "fourth"), (LAST, "last")]
MONTHS = [(1, "first month of the quarter"), (2, "second month"), (3, "third month")]


def _time_field(label: str) -> forms.TimeField:
    return forms.TimeField(label=label, widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}))


def _text(label: str, most: int, help_text: str = "") -> forms.CharField:
    return forms.CharField(label=label, max_length=most, required=False, help_text=help_text)


class Told(forms.Form):
    """A rhythm. ``reports`` are offered by name, everyone else is written."""

    chair = forms.ModelChoiceField(label="Who leads it", queryset=Person.objects.none())
    name = _text("Name", 200)
    reports = forms.ModelMultipleChoiceField(
        label="Who comes",
        queryset=Person.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    others = forms.CharField(
        label="And who else",
        max_length=20_000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Names or e-mail addresses, one a line.",
    )
    frequency = forms.ChoiceField(label="How often", choices=Rhythm.FREQUENCIES)
    weekday = forms.TypedChoiceField(label="On", choices=list(enumerate(WEEKDAYS)), coerce=int)
    nth = forms.TypedChoiceField(
        label="Which of the month", choices=NTH, coerce=int, help_text="For every month and every quarter."
    )
    month = forms.TypedChoiceField(
        label="In which month", choices=MONTHS, coerce=int, help_text="For every quarter."
    )
    at = _time_field("At")
    minutes = forms.IntegerField(label="Minutes", min_value=SHORTEST, max_value=LONGEST)
    starts_on = day_field("From", help_text="Every two weeks are counted from here.")
    place = _text("Place", 300)
    join_link = _text("Link to join", 20_000, "Teams, Zoom, Meet, Webex or any other; https only.")
    dial_in = _text("Dial-in", 300, "Number and code.")

    def __init__(
        self,
        *args: Any,
        template: str,
        chairs: "QuerySet[Person]",
        reports: "QuerySet[Person]",
        **values: Any,
    ) -> None:
        super().__init__(*args, **values)
        self.template = template
        self.fields["chair"].queryset = chairs  # type: ignore[attr-defined]
        self.fields["reports"].queryset = reports  # type: ignore[attr-defined]
        # Where there is one, nobody is asked.
        self.only_chair = chairs[0] if len(chairs) == 1 else None
        if self.only_chair:
            del self.fields["chair"]
        if not reports:
            del self.fields["reports"]
            self.fields["others"].label = "Who comes"
        self.overlaps = False

    def clean_others(self) -> list[Person]:
        found: list[Person] = []
        for line in self.cleaned_data["others"].replace(";", "\n").splitlines()[:600]:
            if line.strip():
                try:
                    found.append(find_person(line))
                except Refused as refusal:
                    raise forms.ValidationError(str(refusal)) from refusal
        return found

    def chair_of(self) -> Person:
        """Who leads the rhythm that was typed."""
        chair: Person = self.only_chair or self.cleaned_data["chair"]
        return chair

    def told(self, before: Facts | None = None) -> Facts:
        """The rhythm that was typed; what the form does not ask for stays as ``before``."""
        data = {name: value for name, value in self.cleaned_data.items() if name not in ("chair", "others")}
        people = (*data.pop("reports", ()), *self.cleaned_data["others"])
        facts = Facts(template=self.template, people=people, **data)
        return replace(facts, time_zone=before.time_zone) if before else facts

    def refuse(self, refusal: Refused) -> None:
        """Show a refusal beside what it is about; an overlap can be kept."""
        self.overlaps = isinstance(refusal, Overlaps)
        field = refusal.field if isinstance(refusal, NotARhythm) else "at" if self.overlaps else ""
        field = "others" if field == "people" else field
        self.add_error(field if field in self.fields else None, str(refusal))


class Move(forms.Form):
    """Another time for one meeting, and why."""

    day = day_field("To")
    at = _time_field("At")
    word = forms.CharField(label="Why, with a word", max_length=300)


class LeaveOut(forms.Form):
    word = forms.CharField(label="Why, with a word", max_length=300)


def initial_of(facts: Facts, reports: set[int]) -> dict[str, Any]:
    """A rhythm as the form shows it; who is not among the ``reports`` (ids) stands by address or name."""
    shown = {name: getattr(facts, name) for name in Facts.__dataclass_fields__ if name in Told.base_fields}
    shown["reports"] = [one.pk for one in facts.people if one.pk in reports]
    others = [one.email or one.name for one in facts.people if one.pk not in reports]
    return {**shown, "others": "\n".join(others)}


def kinds() -> list[dict[str, str]]:
    """The templates to choose from: id, name, what for, how often."""
    rows = meeting_templates()
    return [
        {
            "id": name,
            "name": rows[name]["name"],
            "purpose": rows[name]["purpose"],
            "often": f"{rows[name]['duration_min']} minutes, {rows[name]['cadence']}",
        }
        for name in RHYTHM_TEMPLATES
    ]
