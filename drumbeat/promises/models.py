from django.db import models
from django.db.models import F, Q

from drumbeat.core.encrypted import EncryptedText
from drumbeat.core.worded import Worded
from drumbeat.people.models import Person


class Promise(Worded):
    """What one person owes another by a day, wherever it was made (domain.md 2.3).

    Sealed unless it was made in a plain room (huddle, clinic, QBR). The owner moves it; who asked accepts.
    """

    OPEN, WAITING, DONE, ACCEPTED, DROPPED = "open", "waiting", "done", "accepted", "dropped"
    STATES = [(s, s) for s in (OPEN, WAITING, DONE, ACCEPTED, DROPPED)]
    UNKEPT = (OPEN, WAITING)
    said = ""  # of one that was just made by a line: the due day as a sentence

    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="promises")
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="promises_asked")
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    made_on = models.DateField()
    due = models.DateField()
    first_due = models.DateField()
    new_dates = models.PositiveSmallIntegerField(default=0, help_text="how often it was given a new date")
    state = models.CharField(max_length=8, choices=STATES, default=OPEN)
    done_on = models.DateField(null=True)
    accepted_on = models.DateField(null=True)
    dropped_on = models.DateField(null=True)
    reason = EncryptedText(
        blank=True, default="", help_text="why it was dropped or moved, in its owner's words"
    )
    waiting_for = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="+")
    waiting_since = models.DateField(null=True)
    waited_days = models.PositiveSmallIntegerField(
        default=0, help_text="days of waiting that are over: the clock stood still"
    )

    class Meta:
        indexes = [
            models.Index(fields=["owner", "state", "due"], name="promise_owner"),
            models.Index(fields=["asked_by", "state", "due"], name="promise_asked"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="waiting", waiting_since__isnull=False)
                | (~Q(state="waiting") & Q(waiting_since=None, waiting_for=None)),
                name="promise_waits_since_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state="dropped") | Q(dropped_on__isnull=False), name="dropped_on_a_day"
            ),
            models.CheckConstraint(
                condition=Q(first_due__lte=F("due")) | Q(new_dates__gt=0), name="due_moves_by_count"
            ),
        ]

    def __str__(self) -> str:
        return f"promise of {self.made_on.day} {self.made_on:%B %Y}"
