"""How people's things are said on pages, in refusals and in the journal."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone


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
# Done by somebody to himself or herself: the name is said once.
OWN = {
    "account.first": "made the first account",
    "beat.choose": "chose the beat",
    "invitation.accept": "accepted the invitation",
    "password.change": "changed the own password",
    "password.reset": "set a new password",
    "person.change": "changed the own facts",
    "sign_in.by_link": "signed in by a link",
}
# What other parts write; of an import its files stand behind.
OTHERS = {
    "rhythm.add": "began a rhythm of meetings",
    "rhythm.change": "changed a rhythm of meetings",
    "rhythm.pause": "let a rhythm of meetings rest",
    "rhythm.end": "ended a rhythm of meetings",
    "rhythm.resume": "let a rhythm of meetings go on",
    "rhythm.plan": "planned meetings ahead",
    "meeting.move": "moved a meeting",
    "meeting.leave_out": "left out a meeting",
    "meeting.bring_back": "put a meeting back at its time",
    "alone.answer": "answered a line told alone",
    "alone.see": "saw a line told alone",
    "alone.tell": "told the chair something alone",
    "calendar.add": "brought in a calendar",
    "calendar.address": "gave a calendar its private address",
    "calendar.problem": "could not read a calendar",
    "calendar.read": "read a calendar",
    "calendar.remove": "took a calendar away",
    "calendar.titles": "changed whether titles of a calendar are kept",
    "domain.follow": "made customers of the accounts’ mail domains",
    "domain.sort": "sorted outside companies",
    "event.correct": "corrected an entry of the calendar",
    "export.me": "made a file of everything kept about a person",
    "import.land": "brought in files",
    "import.undo": "took back an import",
    "item.done": "went through an agenda item",
    "item.run": "took up an agenda item",
    "item.undone": "took up an agenda item again",
    "mapping.keep": "kept a mapping of columns",
    "meeting.absent": "said who was not in a meeting",
    "meeting.close": "closed a meeting",
    "meeting.close_by_itself": "closed a meeting that nobody had closed",
    "meeting.correct": "said whether a meeting was held",
    "meeting.nothing": "said that somebody leaves a meeting with nothing",
    "meeting.rate": "said whether a meeting was worth the time",
    "meeting.reopen": "opened a closed meeting again",
    "note.join": "put two notes together",
    "note.save": "wrote a note",
    "prework.ask_again": "took back an excuse from pre-work",
    "prework.excuse": "excused somebody from pre-work",
    "prework.send": "sent in pre-work",
    "private_note.keep": "kept a private note",
    "promise.accept": "accepted a promise as kept",
    "promise.add": "made a promise",
    "promise.done": "marked a promise as done",
    "promise.drop": "dropped a promise",
    "promise.new_date": "gave a promise a new date",
    "promise.resume": "went on with a promise after waiting",
    "promise.take_back": "took back the last step of a promise",
    "promise.wait": "waits for somebody with a promise",
    "rhythm.agenda": "changed the agenda of a rhythm",
    "rhythm.pass_on": "passed a rhythm on to the own team",
    "rhythm.take_over": "took rhythms over from the calendar",
    "room.enter": "came into a meeting",
    "room.keep": "took something to start, stop or keep from a meeting",
    "room.promise": "made a promise in a meeting",
    "room.promise_done": "marked a promise as done in a meeting",
    "room.thank": "said thanks in a meeting",
    "round.hand_on": "handed on the word",
    "round.help": "offered help in the round",
    "round.say": "spoke in the round",
    "round.won": "said whether a must-win was won",
    "template.change": "changed a template of meetings",
    "thanks.give": "thanked somebody",
    "thing.bring_back": "brought back a thing of This week",
    "thing.put_off": "put off a thing of This week",
    "tone.say": "said the sentence for the week",
    "topic.move": "moved a topic",
    "topic.put": "put a topic on the table",
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


def deed(verb: str, name: str, who: str = "") -> str:
    """What a journal line says was done, after the name of ``who`` did it: ``moved Mira to another leader``.

    A verb that has no phrase here is said plainly: ``import: undo``.
    """
    if verb in OWN and name == who:
        return OWN[verb]
    if verb in VERBS:
        return VERBS[verb].format(name or "somebody")
    if verb in OTHERS:
        files = name.removeprefix("import of ") if verb.startswith("import.") else ""
        return OTHERS[verb] + (f": {files}" if files else "")
    noun, _, what = verb.replace("_", " ").partition(".")
    return f"{noun}: {what}" + (f", {name}" if name else "")


def changes(details: dict[str, Any]) -> list[str]:
    """What a line says was changed, field by field, in words; ids and unknown fields are left out."""
    said = []
    for field, (before, after) in details.get("fields", {}).items():
        told = [_plain(value) if value else "not known" for value in (before, after)]
        said.append(f"{FIELDS.get(field, field)}: {told[0]} → {told[1]}")
    for field, value in details.items():
        if field in FIELDS and value not in (None, ""):
            said.append(f"{FIELDS[field]}: {_plain(value)}")
    return said


def _plain(value: Any) -> str:
    """A day or a moment as a person writes it; anything else as it is."""
    text = str(value)
    try:
        if len(text) == len("2026-11-23"):
            return spoken(date.fromisoformat(text))
        moment = timezone.localtime(datetime.fromisoformat(text)) if "T" in text else None
    except ValueError:
        return text
    return f"{spoken(moment.date())}, {moment:%H:%M}" if moment else text
