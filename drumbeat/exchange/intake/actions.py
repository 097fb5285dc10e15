"""What a person decides about files on their way in, beside the imports themselves."""

from datetime import date

from drumbeat.exchange.models import SavedMapping
from drumbeat.files.mapping import parse_mapping
from drumbeat.journal.record import Actor, action, note, unchanged


@action("mapping.keep")
def keep_mapping(*, actor: Actor, today: date, name: str, text: str) -> SavedMapping:
    """Keep a mapping under a name, so that the next file of its kind is read by itself.

    Raises BadMapping for a text that is none.
    """
    parse_mapping(text, name)
    kept, made = SavedMapping.objects.get_or_create(name=name, defaults={"text": text, "last_used_on": today})
    if not made and kept.text == text:
        unchanged()
        return kept
    kept.text, kept.last_used_on = text, today
    kept.save(update_fields=["text", "last_used_on"])
    note(kept, kind="mapping")
    return kept
