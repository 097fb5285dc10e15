from datetime import date
from typing import Any

from django import forms

from drumbeat.core.refusal import Refused
from drumbeat.people import facts
from drumbeat.people.actions import persons
from drumbeat.people.models import Person, RoleGrant
from drumbeat.people.queries import find_person

ROLES = RoleGrant.ROLES


def day_field(
    label: str, *, required: bool = True, help_text: str = "", initial: date | None = None
) -> forms.DateField:
    """A day, picked or typed."""
    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})
    return forms.DateField(
        label=label, required=required, help_text=help_text, initial=initial, widget=widget
    )


class PersonField(forms.CharField):
    """One person, named by e-mail address, id or exact name: a list of ten thousand helps nobody."""

    def __init__(self, *, label: str, required: bool = True, help_text: str = "") -> None:
        attrs = {"list": "people-to-choose", "autocomplete": "off"}
        super().__init__(
            label=label,
            required=required,
            max_length=300,
            widget=forms.TextInput(attrs=attrs),
            help_text=help_text or "Name, e-mail address or id.",
        )

    def clean(self, value: Any) -> Person | None:
        text = super().clean(value)
        if not text:
            return None
        try:
            return find_person(text)
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from refusal


class Facts(forms.Form):
    """What is written down about a person."""

    name = forms.CharField(max_length=200)
    email = forms.CharField(
        label="E-mail", max_length=254, required=False, help_text="Without one, nobody can sign in."
    )
    title = forms.CharField(max_length=200, required=False)
    team = forms.CharField(max_length=200, required=False)
    time_zone = forms.CharField(
        initial="UTC",
        max_length=64,
        widget=forms.TextInput(attrs={"list": "time-zones", "autocomplete": "off"}),
    )
    country = forms.CharField(max_length=2, required=False, help_text="Two letters; decides public holidays.")
    region = forms.CharField(max_length=10, required=False, help_text="Code of the state, such as BY.")
    started_on = day_field("In this role since", required=False)
    external_id = forms.CharField(
        label="Id", max_length=200, required=False, help_text="As in the company’s other systems."
    )

    def told(self) -> facts.Facts:
        """The facts that were typed."""
        return facts.Facts(**self.cleaned_data)

    def refuse(self, refusal: Refused) -> None:
        """Show a refusal beside the field that it is about."""
        fields = {
            facts.NoName: "name",
            facts.NotAnAddress: "email",
            facts.UnknownTimeZone: "time_zone",
            persons.AddressTaken: "email",
            persons.AccountNeedsAddress: "email",
            persons.IdTaken: "external_id",
        }
        place = "region" if "region" in str(refusal) else "country"
        self.add_error(
            place if isinstance(refusal, facts.UnknownPlace) else fields.get(type(refusal)), str(refusal)
        )


class Move(forms.Form):
    leader = PersonField(
        label="Reports to", required=False, help_text="Name, e-mail address or id; empty for nobody."
    )
    day = day_field("From")


class Departure(forms.Form):
    left_on = day_field("Last day", help_text="From the next day on the person cannot sign in.")


class Away(forms.Form):
    starts_on = day_field("First day away")
    ends_on = day_field("Last day away")


class Grant(forms.Form):
    role = forms.ChoiceField(
        choices=[
            ("", "Choose a role"),
            *((name, words[0].upper() + words[1:]) for name, words in ROLES),
        ]
    )
    for_person = PersonField(
        label="For",
        required=False,
        help_text="The leader whom a delegate serves, or the head of an HR partner’s branch.",
    )


class NewPassword(forms.Form):
    password = forms.CharField(
        label="Password",
        max_length=200,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        help_text="At least ten characters; several words are easier to remember than signs.",
    )


class Lost(forms.Form):
    email = forms.EmailField(
        label="E-mail", max_length=254, widget=forms.EmailInput(attrs={"autocomplete": "email"})
    )
