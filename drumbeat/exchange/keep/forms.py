from django import forms

from drumbeat.core.refusal import Refused
from drumbeat.exchange.keep.keeping import Wish
from drumbeat.people import facts
from drumbeat.people.actions.accounts import WeakPassword
from drumbeat.people.actions.beats import INTERVALS

WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday"]


class Keep(forms.Form):
    """Who keeps it, and the beat."""

    name = forms.CharField(
        label="Your name", max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    email = forms.CharField(
        label="Your e-mail", max_length=254, help_text="You sign in with it.",
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )  # fmt: skip
    password = forms.CharField(
        label="A password", strip=False, help_text="At least ten characters.",
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip
    time_zone = forms.CharField(
        label="Your time zone", initial="UTC", max_length=64,
        widget=forms.TextInput(attrs={"autocomplete": "off", "data-time-zone": ""}),
    )  # fmt: skip
    country = forms.CharField(
        label="Your country", max_length=2, required=False, help_text="Two letters; decides public holidays."
    )
    one_to_one_days = forms.TypedChoiceField(
        label="A one-to-one with each manager", coerce=int, initial=14,
        choices=[(days, f"every {days // 7} weeks" if days > 7 else "every week") for days in INTERVALS],
    )  # fmt: skip
    huddle_weekday = forms.TypedChoiceField(
        label="The huddle", coerce=int, empty_value=None, required=False, initial=0,
        choices=[*enumerate(WEEKDAYS), ("", "no huddle")],
    )  # fmt: skip
    titles = forms.BooleanField(
        label="Keep titles, places and join links of my calendar", required=False,
        help_text="Encrypted, and shown to you alone. Without a yes only times and people are kept.",
    )  # fmt: skip

    def wish(self) -> Wish:
        """What was said."""
        told = self.cleaned_data
        return Wish(
            facts=facts.Facts(
                name=told["name"], email=told["email"], time_zone=told["time_zone"], country=told["country"]
            ),
            password=told["password"],
            one_to_one_days=told["one_to_one_days"],
            huddle_weekday=told["huddle_weekday"],
            titles=told["titles"],
        )

    def refuse(self, refusal: Refused) -> None:
        """Show a refusal beside the field that it is about, else above the form."""
        fields = {
            facts.NoName: "name",
            facts.NotAnAddress: "email",
            facts.UnknownTimeZone: "time_zone",
            facts.UnknownPlace: "country",
            WeakPassword: "password",
        }
        self.add_error(fields.get(type(refusal)), str(refusal))
