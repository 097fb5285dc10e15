"""Rhythms and their meetings: agenda, seats, what comes in, what is said in the room, what goes out."""

from django.db import models
from django.db.models import F, Q

from drumbeat.core.encrypted import EncryptedText
from drumbeat.core.worded import Worded
from drumbeat.people.models import Person
from drumbeat.promises.models import Promise
from drumbeat.recognition.models import Thanks


class Agenda(models.Model):
    """One version of a template: of the company (no rhythm), or of one rhythm. Never changed once written.

    A meeting has the newest one made before it starts, its rhythm's before the company's before the
    library's: so a change touches coming meetings, never held ones. ``body`` is what ``rules.agenda`` reads.
    """

    template = models.CharField(max_length=40, help_text="id of meeting_templates")
    rhythm = models.ForeignKey("Rhythm", null=True, on_delete=models.CASCADE, related_name="agendas")
    number = models.PositiveIntegerField()
    body = models.JSONField()
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["template", "rhythm", "number"], nulls_distinct=False, name="one_agenda_a_number"
            )
        ]

    def __str__(self) -> str:
        return f"{self.template}, version {self.number}"


class Rhythm(models.Model):
    """A repeating meeting. Its times are local to its zone (the chair's), so clock changes keep them."""

    WEEKLY, TWO_WEEKS, MONTHLY, QUARTERLY = "weekly", "two_weeks", "monthly", "quarterly"
    FREQUENCIES = [
        (WEEKLY, "every week"),
        (TWO_WEEKS, "every two weeks"),
        (MONTHLY, "every month"),
        (QUARTERLY, "every quarter"),
    ]
    ACTIVE, PAUSED, ENDED = "active", "paused", "ended"
    STATES = [(s, s) for s in (ACTIVE, PAUSED, ENDED)]

    template = models.CharField(max_length=40, help_text="id of meeting_templates")
    name = models.CharField(max_length=200)
    chair = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="chaired")
    people = models.ManyToManyField(Person, related_name="rhythms", help_text="without the chair")
    confidential = models.BooleanField(help_text="of its template, for good: sealed texts stay sealed")
    frequency = models.CharField(max_length=10, choices=FREQUENCIES)
    weekday = models.PositiveSmallIntegerField(help_text="0 is Monday")
    nth = models.SmallIntegerField(default=1, help_text="monthly, quarterly: 1 to 4, or -1 for the last")
    month = models.PositiveSmallIntegerField(
        default=1, help_text="quarterly: 1 to 3, the month of the quarter"
    )
    starts_on = models.DateField(help_text="the first possible day; every two weeks count from here")
    at = models.TimeField(help_text="local to time_zone")
    time_zone = models.CharField(max_length=64)
    minutes = models.PositiveSmallIntegerField()
    place = models.CharField(max_length=300, blank=True)
    join_link = EncryptedText(blank=True, default="")
    dial_in = EncryptedText(blank=True, default="", help_text="number and code")
    state = models.CharField(max_length=8, choices=STATES, default=ACTIVE)
    ended_on = models.DateField(null=True)
    source_uid = models.CharField(
        max_length=500, blank=True, help_text="the calendar series it was taken from"
    )
    passed_from = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="passed_on")
    planned_to = models.DateField(null=True, help_text="the last day up to which its meetings are made")

    class Meta:
        indexes = [models.Index(fields=["state", "planned_to"], name="rhythm_to_plan")]
        constraints = [
            models.CheckConstraint(condition=Q(weekday__lte=6), name="rhythm_on_a_weekday"),
            models.CheckConstraint(condition=Q(nth__in=[-1, 1, 2, 3, 4]), name="rhythm_nth_of_a_month"),
            models.CheckConstraint(condition=Q(month__range=(1, 3)), name="rhythm_month_of_a_quarter"),
            models.CheckConstraint(condition=Q(minutes__range=(5, 720)), name="rhythm_of_minutes"),
        ]

    def __str__(self) -> str:
        return self.name


class Meeting(models.Model):
    """One meeting of a rhythm. Held is never a button's matter alone: see ``rules.held``."""

    PLANNED, LEFT_OUT, AWAY, CLOSED = "planned", "left_out", "away", "closed"
    STATES = [(s, s.replace("_", " ")) for s in (PLANNED, LEFT_OUT, AWAY, CLOSED)]
    HELD, NOT_HELD = "held", "not_held"
    CORRECTIONS = [(s, s.replace("_", " ")) for s in (HELD, NOT_HELD)]

    rhythm = models.ForeignKey(Rhythm, on_delete=models.CASCADE, related_name="meetings")
    slot_day = models.DateField(help_text="the day that the rhythm gave it")
    day = models.DateField(help_text="the local day on which it is or was, in the rhythm's zone")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    state = models.CharField(max_length=8, choices=STATES, default=PLANNED)
    by_hand = models.BooleanField(
        default=False, help_text="moved or left out by a person: planning leaves it"
    )
    word = EncryptedText(blank=True, default="", help_text="with which it was moved or left out")
    started_at = models.DateTimeField(null=True, help_text="a second person came into the room")
    ended_at = models.DateTimeField(null=True)
    closed_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(
        null=True, help_text="closed_by null: by itself, which makes nothing held"
    )
    correction = models.CharField(max_length=8, choices=CORRECTIONS, blank=True)
    corrected_by = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    running = models.CharField(max_length=40, blank=True, help_text="key of the running agenda item")
    running_since = models.DateTimeField(null=True)
    turn = models.ForeignKey(
        Person, null=True, on_delete=models.PROTECT, related_name="+", help_text="whose word it is"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["rhythm", "slot_day"], name="one_meeting_a_slot"),
            models.CheckConstraint(
                condition=Q(starts_at__lt=F("ends_at")), name="meeting_ends_after_it_starts"
            ),
            models.CheckConstraint(
                condition=~Q(state="closed") | Q(closed_at__isnull=False), name="closed_at_a_time"
            ),
        ]
        indexes = [models.Index(fields=["state", "ends_at"], name="meeting_to_close")]

    def __str__(self) -> str:
        return f"meeting of {self.day.day} {self.day:%B %Y}"


class Seat(models.Model):
    """A person at one meeting: what is asked before it, and what the person leaves with."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="seats")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="seats")
    chairs = models.BooleanField(default=False)
    prework_due_at = models.DateTimeField(null=True, help_text="null: nothing is asked of this person")
    excused = models.BooleanField(default=False, help_text="from the pre-work, with a word")
    excused_word = EncryptedText(blank=True, default="")
    came_at = models.DateTimeField(null=True, help_text="first seen in the room")
    seen_at = models.DateTimeField(null=True, help_text="last seen in the room")
    absent = models.BooleanField(default=False, help_text="said to be away: is not asked before closing")
    spoke = models.BooleanField(default=False)
    nothing = models.BooleanField(default=False, help_text="leaves with nothing, said by one tap")
    worth = models.PositiveSmallIntegerField(null=True, help_text="worth the time? 1 no, 2 partly, 3 yes")
    one_word = models.CharField(max_length=12, blank=True, help_text="one of six")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "person"], name="one_seat_a_person"),
            models.CheckConstraint(condition=Q(worth=None) | Q(worth__range=(1, 3)), name="worth_of_three"),
        ]
        indexes = [models.Index(fields=["person", "meeting"], name="seat_person")]

    def __str__(self) -> str:
        return f"seat of {self.person_id} at {self.meeting_id}"


class PreWork(Worded):
    """What one person sent in before a meeting, for the room."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="prework")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    in_at = models.DateTimeField(help_text="first sent in; a later change keeps it")
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "person"], name="one_prework_a_person")]

    def __str__(self) -> str:
        return f"pre-work of {self.in_at.day} {self.in_at:%B %Y}"


class TellAlone(models.Model):
    """A line to the chair alone: seen within two working days, answered within five, to its author alone."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="told_alone")
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    chair = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", help_text="of that day, for good"
    )
    text = EncryptedText()
    said_on = models.DateField()
    seen_on = models.DateField(null=True)
    answer = EncryptedText(blank=True, default="")
    answered_on = models.DateField(null=True)

    class Meta:
        indexes = [models.Index(fields=["chair", "answered_on"], name="told_chair")]

    def __str__(self) -> str:
        return f"line to the chair alone of {self.said_on.day} {self.said_on:%B %Y}"


class Note(Worded):
    """What was written at one agenda item. ``number`` counts its changes; ``beside`` holds the other text
    where two wrote in the same field at once: both are kept and shown."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="notes")
    item = models.CharField(max_length=40, help_text="key of the agenda item")
    beside = models.CharField(
        max_length=40, blank=True, help_text="empty: the field itself; else the writer's client"
    )
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+", help_text="who wrote last")
    number = models.PositiveIntegerField(default=1)
    client = models.CharField(
        max_length=40, blank=True, help_text="which page wrote last: the same change twice is one"
    )
    sequence = models.PositiveIntegerField(default=0)
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "item", "beside"], name="one_note_a_field")]

    def __str__(self) -> str:
        return f"note of {self.changed_at.day} {self.changed_at:%B %Y}"


class PrivateNote(models.Model):
    """One's own note on a meeting; nobody else's screen ever has it."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="private_notes")
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    text = EncryptedText(blank=True, default="")
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "author"], name="one_private_note")]

    def __str__(self) -> str:
        return f"private note of {self.changed_at.day} {self.changed_at:%B %Y}"


class ItemDone(models.Model):
    """An agenda item of a meeting that is through."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="items_done")
    item = models.CharField(max_length=40)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "item"], name="item_done_once")]

    def __str__(self) -> str:
        return f"item {self.item} done"


class Topic(Worded):
    """Something for the table, or parked; what is unfinished goes to the next meeting."""

    OPEN, PARKED, DONE = "open", "parked", "done"
    STATES = [(s, s) for s in (OPEN, PARKED, DONE)]

    meeting = models.ForeignKey(
        Meeting, on_delete=models.CASCADE, related_name="topics", help_text="where it stands now"
    )
    first = models.ForeignKey(
        Meeting, on_delete=models.CASCADE, related_name="+", help_text="where it came up"
    )
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=6, choices=STATES, default=OPEN)
    carried = models.PositiveSmallIntegerField(default=0)
    made_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"topic of {self.made_at.day} {self.made_at:%B %Y}"


class RoundLine(models.Model):
    """What one person said in the round: the must-win and the help needed."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="round")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    must_win = models.TextField(blank=True)
    help_needed = models.TextField(blank=True)
    helpers = models.ManyToManyField(Person, related_name="+")
    won = models.BooleanField(null=True, help_text="said in the next huddle; null: not said")
    said_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["meeting", "person"], name="one_line_in_the_round")]

    def __str__(self) -> str:
        return f"round line of {self.said_at.day} {self.said_at:%B %Y}"


class Outcome(models.Model):
    """A promise or a thank-you that came out of a meeting. A promise outlives it."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="outcomes")
    promise = models.OneToOneField(Promise, null=True, on_delete=models.CASCADE, related_name="made_in")
    thanks = models.OneToOneField(Thanks, null=True, on_delete=models.CASCADE, related_name="said_in")
    item = models.CharField(max_length=40, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(promise=None, thanks__isnull=False) | Q(promise__isnull=False, thanks=None),
                name="outcome_is_one_thing",
            )
        ]

    def __str__(self) -> str:
        return f"outcome of {self.meeting_id}"


class Minutes(Worded):
    """What a closed meeting left behind, as it was written at its closing."""

    meeting = models.OneToOneField(Meeting, on_delete=models.CASCADE, related_name="minutes")
    author = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"minutes of {self.written_at.day} {self.written_at:%B %Y}"


class Tone(models.Model):
    """A leader's sentence for one week: it opens every huddle below."""

    leader = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    week = models.DateField(help_text="its Monday")
    text = models.CharField(max_length=300)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["leader", "week"], name="one_tone_a_week")]

    def __str__(self) -> str:
        return f"sentence for the week of {self.week.day} {self.week:%B %Y}"


class RoomEvent(models.Model):
    """Something changed in a room: what the open screens are told. In sealed rooms ``data`` stays empty:
    each screen fetches its part itself."""

    meeting = models.ForeignKey(Meeting, on_delete=models.CASCADE, related_name="+")
    part = models.CharField(
        max_length=60, help_text="which part of the page: item-x, people, promises, round …"
    )
    data = models.JSONField(default=dict)
    at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["meeting", "id"], name="room_event_meeting")]

    def __str__(self) -> str:
        return f"event {self.pk}"
