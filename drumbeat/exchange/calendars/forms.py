from typing import Any

from django import forms

from drumbeat.calendars.rules.facts import Limits
from drumbeat.core.refusal import Refused
from drumbeat.exchange.calendars.fetching import checked

TITLES = "Keep titles, places and join links, encrypted, for my eyes alone"
LARGEST = Limits().file_bytes


class CalendarFile(forms.Form):
    """A calendar file, and whether titles are kept."""

    file = forms.FileField(
        label="Calendar file",
        error_messages={
            "required": "Choose the ICS file of your calendar.",
            "empty": "The calendar file is empty; export it again from your calendar.",
        },
    )
    titles = forms.BooleanField(label=TITLES, required=False)

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > LARGEST:
            raise forms.ValidationError(
                f"The calendar file is larger than {LARGEST // (1024 * 1024)} MB; "
                "export a shorter span and bring that."
            )
        return file


class CalendarAddress(forms.Form):
    """A private address, and whether titles are kept."""

    address = forms.CharField(
        label="Private address of the calendar",
        max_length=4000,
        help_text="It begins with https:// or webcal:// and often ends in .ics. It is kept encrypted.",
        error_messages={"required": "Paste the private address of your calendar."},
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off", "spellcheck": "false"}),
    )
    titles = forms.BooleanField(label=TITLES, required=False)

    def clean_address(self) -> str:
        try:
            return checked(self.cleaned_data["address"]).geturl()
        except Refused as refusal:
            raise forms.ValidationError(str(refusal)) from None
