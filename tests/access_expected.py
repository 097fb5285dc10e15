"""The matrix of docs/access.md written out by hand, verb by verb, by the names of the cast.

Nothing in it is computed from the table in people/access.py, so the two can disagree, and then a test fails.
"""

STAFF = "elena ana tom mira piotr hanna dora adam stella"  # everyone who can sign in
VISITORS = "visitor lou"  # nobody, and a leaver whose session was still open

# Verbs that are about no one thing: who may.
PAGES = {
    "sign_in.use": f"{VISITORS} {STAFF}",
    "health.read": f"{VISITORS} {STAFF}",
    "home.read": f"{VISITORS} {STAFF}",
    "demo.look_as": f"{VISITORS} {STAFF}",
    "search.use": STAFF,
    "look_back.use": "elena dora",  # the top, and the delegate of the top
    "look_back.keep": "",  # only until an account exists
    "person.list": STAFF,
    "person.add": "adam",
    "week.read": "elena ana tom",  # leads somebody
    "thing.dismiss": "elena ana tom",
    "report.read": "elena ana tom dora",
    "hours.read": STAFF,  # one's own
    "calendar.add": STAFF,
    "account.name": STAFF,
    "import.people": "elena dora adam",
    "import.crm": "elena dora",
    "import.targets": "elena dora",
    "import.list": "elena dora adam",
    "import.lay": "elena dora adam",
    "import.undo": "elena dora",
    "settings.read": "adam",
    "settings.change": "adam",
    "journal.read": "adam",
    "own_record.read": STAFF,
    "export.me": STAFF,
    "rhythm.list": STAFF,  # one's own
    "rhythm.add": "elena ana tom dora",
    "template.read": "elena ana tom adam",
    "template.change": "adam",
    "tone.say": "elena ana tom",
    "promise.list": STAFF,  # one's own
    "promise.add": STAFF,
    "thanks.give": STAFF,
}

# Verbs about a thing, here always Mira or what is hers: who may, and who sees that it exists (403, not 404).
THINGS = {
    "person.name": (STAFF, STAFF),
    "person.read": ("elena ana mira hanna dora adam", STAFF),
    "person.change": ("adam", STAFF),
    "line.change": ("adam", STAFF),
    "leave.change": ("adam", STAFF),
    "leave.remove": ("adam", ""),
    "role.grant": ("adam", STAFF),
    "role.revoke": ("adam", ""),
    "person.invite": ("adam", STAFF),
    "figures.read": ("elena ana mira dora", STAFF),
    "thing.bring_back": ("ana", ""),  # here one that Ana put off, about Mira
    "opportunity.read": ("elena ana mira dora", ""),
    "booking.read": ("elena ana mira dora", ""),
    "target.read": ("elena ana mira dora", ""),
    "import.work": ("elena dora", ""),  # here files with deals; the administrator sees those with people
    "import.read": ("elena dora", ""),
    "calendar.read": ("mira", ""),
    "calendar.change": ("mira", ""),
    "event.read": ("mira", ""),
    "event.correct": ("mira", ""),
    "thanks.read": ("ana mira", ""),  # here what Ana thanked Mira for, outside a meeting
    "tone.read": ("ana mira", ""),  # here Ana's sentence for the week
    "promise.state": ("elena ana mira", ""),  # here what Mira owes Ana; Elena leads both
    "promise.read": ("ana mira", "elena ana mira"),
    "promise.change": ("ana mira", "elena ana mira"),
    "promise.accept": ("ana", "elena ana mira"),
    "meeting.read": ("ana mira", "ana mira elena"),  # here one of Ana with Mira; Elena leads the chair
    "meeting.write": ("ana mira", "ana mira elena"),
    "told_alone.read": ("ana mira", ""),  # here a line of Mira's to Ana alone
    "told_alone.answer": ("ana", "mira"),
    "private_note.read": ("mira", ""),  # nobody else, not even the chair
    # Here Ana's one-to-one with Mira: its dates for who leads Ana, its words for those with a seat.
    "rhythm.read": ("elena ana mira", ""),
    "rhythm.change": ("ana", "elena mira"),
    "rhythm.agenda": ("ana", "elena mira"),
    "meeting.schedule": ("elena ana mira", ""),
    "meeting.move": ("ana", "elena mira"),
    "meeting.lead": ("ana", "elena mira"),
}
