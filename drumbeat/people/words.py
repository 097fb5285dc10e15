"""How people's things are said on pages, in refusals and in the journal."""

from datetime import date
from typing import Any


def spoken(day: date | None) -> str:
    """``1 December 2026``."""
    return f"{day.day} {day:%B %Y}" if day else "a day that is not known"


VERBS = {
    "account.first": "made the first account for {}",
    "beat.choose": "chose the beat of {}",
    "invitation.accept": "accepted the invitation of {}",
    "leave.add": "noted days away of {}",
    "leave.remove": "removed days away of {}",
    "line.end": "ended the reporting line of {}",
    "line.move": "moved {} to another leader",
    "password.change": "changed the password of {}",
    "password.reset": "set a new password for {}",
    "person.add": "added {}",
    "person.change": "changed {}",
    "person.come_back": "noted that {} stays or came back",
    "person.invite": "made an invitation for {}",
    "person.leave_company": "noted the last day of {}",
    "person.login_link": "made a sign-in link for {}",
    "person.reset": "made a reset link for {}",
    "role.grant": "gave a role to {}",
    "role.revoke": "took a role from {}",
    "sign_in.by_link": "signed in by a link as {}",
}
FIELDS = {
    "name": "name",
    "email": "e-mail",
    "external_id": "id",
    "title": "title",
    "team": "team",
    "time_zone": "time zone",
    "country": "country",
    "region": "region",
    "started_on": "in this role since",
    "left_on": "last day",
    "one_to_one_days": "days between one-to-ones",
    "huddle_weekday": "day of the huddle (0 is Monday)",
    "role": "role",
    "for_person": "for",
    "to": "to",
    "day": "from",
    "starts_on": "first day",
    "ends_on": "last day",
    "until": "works until",
}


def deed(verb: str, name: str) -> str:
    """What a journal line says was done, after the name of whoever did it: ``moved Mira to another leader``.

    A verb of another app that has no phrase here is said plainly: ``import: undo``.
    """
    phrase = VERBS.get(verb)
    if phrase:
        return phrase.format(name or "somebody")
    noun, _, what = verb.replace("_", " ").partition(".")
    return f"{noun}: {what}" + (f", {name}" if name else "")


def changes(details: dict[str, Any]) -> list[str]:
    """What a line says was changed, field by field, in words; ids and unknown fields are left out."""
    said = []
    for field, (before, after) in details.get("fields", {}).items():
        said.append(f"{FIELDS.get(field, field)}: {before or 'not known'} → {after or 'not known'}")
    for field, value in details.items():
        if field in FIELDS and value not in (None, ""):
            said.append(f"{FIELDS[field]}: {value}")
    return said
