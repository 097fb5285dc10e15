from django.db import models


class Entry(models.Model):
    """One line of the append-only journal: who did what to which thing, under the names of that day.

    No foreign keys: a line outlives what it speaks of. Confidential things are named by kind and date only.
    """

    at = models.DateTimeField()
    day = models.DateField(help_text="the day that counted as today")
    actor_id = models.BigIntegerField(null=True, help_text="person; null for the system")
    actor_name = models.CharField(max_length=200)
    verb = models.CharField(max_length=60)
    object_kind = models.CharField(max_length=40)
    object_id = models.BigIntegerField(null=True)
    object_name = models.CharField(max_length=300, blank=True)
    details = models.JSONField(default=dict, help_text="changed fields and counts, never confidential text")

    class Meta:
        indexes = [
            models.Index(fields=["object_kind", "object_id", "-at"]),
            models.Index(fields=["actor_id", "-at"]),
            models.Index(fields=["-at"]),
        ]

    def __str__(self) -> str:
        return f"{self.actor_name} {self.verb} {self.object_name}"


class Opening(models.Model):
    """Somebody read a confidential text that somebody else wrote: one row per text, reader and day.

    ``about_id`` is a second person concerned (the owner of a promise that another wrote down); both see who
    opened it. The object is named by kind and date, never by its text.
    """

    day = models.DateField()
    at = models.DateTimeField()
    viewer_id = models.BigIntegerField()
    viewer_name = models.CharField(max_length=200)
    object_kind = models.CharField(max_length=40)
    object_id = models.BigIntegerField()
    object_name = models.CharField(max_length=300)
    author_id = models.BigIntegerField()
    about_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["viewer_id", "day", "object_kind", "object_id"], name="one_opening_a_day"
            )
        ]
        indexes = [
            models.Index(fields=["author_id", "-at"], name="opening_author"),
            models.Index(fields=["about_id", "-at"], name="opening_about"),
        ]

    def __str__(self) -> str:
        return f"{self.viewer_name} opened {self.object_name}"
