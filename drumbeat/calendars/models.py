from django.db import models
from django.db.models import F, Q

from drumbeat.core.encrypted import EncryptedText
from drumbeat.people.models import Person


class Calendar(models.Model):
    """A person's own calendar: a file brought in, or a private address that the worker reads again."""

    owner = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="calendars")
    time_zone = models.CharField(max_length=64, default="UTC", help_text="in which its days lie")
    address = EncryptedText(blank=True, help_text="the private address; empty for a file")
    keep_titles = models.BooleanField(
        default=False, help_text="the owner said yes to titles, places and join links"
    )
    covers_from = models.DateField(null=True, help_text="first day that was read")
    covers_to = models.DateField(null=True, help_text="last day that was read")
    read_at = models.DateTimeField(null=True)
    read_on = models.DateField(null=True)
    problem = models.CharField(
        max_length=500, blank=True, help_text="why the last reading failed, in one sentence"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner"], name="one_calendar_a_person")]

    def __str__(self) -> str:
        return f"calendar of {self.owner}"


class Event(models.Model):
    """One occurrence of one event: when, with whom, what for. No title unless the owner said yes."""

    CONFIRMED, TENTATIVE, CANCELLED, DECLINED, FELL_OUT = (
        "confirmed",
        "tentative",
        "cancelled",
        "declined",
        "fell_out",
    )
    STATUSES = [(s, s.replace("_", " ")) for s in (CONFIRMED, TENTATIVE, CANCELLED, DECLINED, FELL_OUT)]

    calendar = models.ForeignKey(Calendar, on_delete=models.CASCADE, related_name="events")
    uid = models.CharField(max_length=500)
    recurrence_id = models.CharField(max_length=40, blank=True)
    rule = models.CharField(max_length=500, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()
    day = models.DateField(help_text="local day of the start in the owner's zone")
    all_day = models.BooleanField(default=False)
    time_zone = models.CharField(max_length=64, blank=True)
    status = models.CharField(max_length=12, choices=STATUSES, default=CONFIRMED)
    busy = models.BooleanField(default=True)
    away = models.BooleanField(default=False, help_text="the owner is out of the office")
    strangers = models.PositiveSmallIntegerField(default=0, help_text="others who are not known to us")
    customer = models.BooleanField(default=False, help_text="the title named a customer or a visit")
    outside_domains = models.JSONField(default=list)
    minutes = models.PositiveIntegerField(default=0, help_text="minutes that count, overlaps counted once")
    category = models.CharField(
        max_length=30, blank=True, help_text="id of attention_categories; empty: not known"
    )
    reason = models.CharField(max_length=300, blank=True)
    corrected = models.BooleanField(default=False, help_text="the owner chose the category")
    title = EncryptedText(blank=True)
    place = EncryptedText(blank=True)
    link = EncryptedText(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["calendar", "uid", "recurrence_id"], name="one_event_once"),
            models.CheckConstraint(
                condition=Q(starts_at__lte=F("ends_at")), name="event_ends_after_it_starts"
            ),
        ]
        indexes = [models.Index(fields=["calendar", "day"], name="event_day")]

    def __str__(self) -> str:
        return f"event on {self.day}"


class EventPerson(models.Model):
    """Somebody of the company who was matched to an event."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="people")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    response = models.CharField(
        max_length=12, blank=True, help_text="accepted, declined, tentative, or empty"
    )

    class Meta:
        constraints = [models.UniqueConstraint(fields=["event", "person"], name="person_once_an_event")]
        indexes = [models.Index(fields=["person", "event"], name="event_person")]

    def __str__(self) -> str:
        return f"person {self.person_id} at event {self.event_id}"


class LearnedCategory(models.Model):
    """What a correction taught: this series, domain or word belongs to this category, for this owner."""

    SERIES, DOMAIN, WORD = "series", "domain", "word"
    KINDS = [(SERIES, "series"), (DOMAIN, "domain"), (WORD, "word")]

    owner = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=8, choices=KINDS)
    value = models.CharField(max_length=500, help_text="uid or domain; for a word its keyed hash")
    word = EncryptedText(blank=True)
    category = models.CharField(max_length=30)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "kind", "value"], name="one_lesson_a_thing")]

    def __str__(self) -> str:
        return f"{self.kind}: {self.category}"


class MailDomain(models.Model):
    """An outside mail domain sorted into customer, supplier or other."""

    CUSTOMER, SUPPLIER, OTHER = "customer", "supplier", "other"
    KINDS = [(CUSTOMER, "customer"), (SUPPLIER, "supplier"), (OTHER, "other")]

    domain = models.CharField(max_length=253, unique=True)
    kind = models.CharField(max_length=8, choices=KINDS)

    def __str__(self) -> str:
        return f"{self.domain} is a {self.kind}"
