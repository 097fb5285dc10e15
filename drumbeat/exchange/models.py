from django.db import models

from drumbeat.people.models import Person


class SavedMapping(models.Model):
    """A mapping kept by name: which column of the company's export feeds which field."""

    name = models.CharField(max_length=100, unique=True)
    text = models.TextField(help_text="the mapping as TOML, as commands.md shows it")
    last_used_on = models.DateField(null=True)

    def __str__(self) -> str:
        return self.name


class Import(models.Model):
    """One bringing-in of one or several files that belong together: what it did, and how to take it back."""

    PEOPLE, CRM, TARGETS = "people", "crm", "targets"
    KINDS = [(PEOPLE, "people"), (CRM, "CRM"), (TARGETS, "targets")]

    kind = models.CharField(max_length=8, choices=KINDS)
    day = models.DateField(help_text="the day that counted as today")
    made_at = models.DateTimeField()
    by = models.ForeignKey(
        Person, null=True, on_delete=models.SET_NULL, related_name="+", help_text="null: the system"
    )
    source = models.CharField(
        max_length=20, default="page", help_text="page, command, inbox, demonstration, look back"
    )
    file_names = models.JSONField(default=list)
    digests = models.JSONField(
        default=dict, help_text="of each file with its mapping, and of whom owners are matched with"
    )
    tables = models.JSONField(default=dict, help_text="read, created, updated, unchanged, rejected by table")
    warnings = models.JSONField(default=list)
    rejects_file = models.CharField(max_length=300, blank=True, help_text="name inside the data directory")
    seconds = models.FloatField(default=0)
    made = models.JSONField(default=dict, help_text="first and last id of the rows made, by table")
    undone_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"import of {', '.join(self.file_names)[:200]}"


class Undo(models.Model):
    """What a row was before an import touched it: how the latest import is taken back.

    Only changed rows stand here: those that the import made are known by ``Import.made``. Kept until a
    later import lands.
    """

    of = models.ForeignKey(Import, on_delete=models.CASCADE, related_name="+")
    table = models.CharField(max_length=30)
    row_id = models.BigIntegerField()
    before = models.JSONField()

    class Meta:
        indexes = [models.Index(fields=["of", "table"], name="undo_of")]

    def __str__(self) -> str:
        return f"{self.table} {self.row_id}"


class CompanyFact(models.Model):
    """One thing that an import told about the whole company: so far, the currency of its amounts."""

    CURRENCY = "currency"

    key = models.CharField(max_length=30, primary_key=True)
    value = models.CharField(max_length=200)
    brought_by = models.ForeignKey(Import, null=True, on_delete=models.SET_NULL, related_name="+")

    def __str__(self) -> str:
        return f"{self.key}: {self.value}"


class FileAtWork(models.Model):
    """A file on its way in: uploaded or laid into the inbox, waiting, being read, previewed, failed.

    Its bytes lie in the data directory; this row holds where it stands, so that the page can tell.
    """

    WAITING, READING, ASKING, READY, MOVING, DONE, FAILED = (
        "waiting",
        "reading",
        "asking",
        "ready",
        "moving",
        "done",
        "failed",
    )
    STATES = [(s, s) for s in (WAITING, READING, ASKING, READY, MOVING, DONE, FAILED)]

    kind = models.CharField(max_length=8, choices=Import.KINDS, blank=True)
    names = models.JSONField(default=list)
    folder = models.CharField(max_length=300)
    by = models.ForeignKey(Person, null=True, on_delete=models.SET_NULL, related_name="+")
    source = models.CharField(max_length=20, default="page")
    mapping = models.TextField(blank=True)
    state = models.CharField(max_length=8, choices=STATES, default=WAITING)
    rows_done = models.BigIntegerField(default=0)
    rows_all = models.BigIntegerField(null=True)
    preview = models.JSONField(null=True)
    stamp = models.TextField(blank=True, help_text="inbox: size and time of what failed")
    problem = models.CharField(max_length=500, blank=True)
    result = models.ForeignKey(Import, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return ", ".join(self.names)
