from datetime import date
from typing import Any

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from drumbeat.core.names import name_key

SINCE_EVER = date(1, 1, 1)
FOR_EVER = date(9999, 12, 31)


class PersonQuerySet(models.QuerySet["Person"]):
    def employed_on(self, day: date) -> "PersonQuerySet":
        """Who has not left by the day (a leaver's last day is ``left_on``)."""
        return self.filter(Q(left_on=None) | Q(left_on__gte=day))

    def below(self, leader_id: int, day: date) -> "PersonQuerySet":
        """Everyone whom the leader leads on the day, at any depth."""
        return self.filter(pk__in=Reach.objects.on(day).filter(leader_id=leader_id).values("member_id"))


class Person(models.Model):
    """Somebody of the company; the record stays when the person leaves."""

    name = models.CharField(max_length=200)
    name_key = models.CharField(max_length=200, db_index=True, editable=False)
    email = models.CharField(
        max_length=254, null=True, unique=True, help_text="lower case; null: cannot sign in"
    )
    external_id = models.CharField(
        max_length=200, null=True, unique=True, help_text="id in the company's other systems"
    )
    title = models.CharField(max_length=200, blank=True)
    team = models.CharField(max_length=200, blank=True)
    time_zone = models.CharField(max_length=64, default="UTC")
    country = models.CharField(max_length=2, blank=True, help_text="ISO 3166-1; decides holidays")
    region = models.CharField(max_length=10, blank=True, help_text="subdivision code of the country")
    started_on = models.DateField(null=True, help_text="first day in the present role")
    left_on = models.DateField(null=True, help_text="last working day")

    objects = PersonQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="person_has_a_name")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **values: Any) -> None:
        self.name_key = name_key(self.name)
        super().save(*args, **values)

    def has_left(self, day: date) -> bool:
        return self.left_on is not None and self.left_on < day


class ReportingLine(models.Model):
    """Who leads whom from a day (included) until a day (excluded)."""

    member = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="lines")
    leader = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="led_lines")
    starts_on = models.DateField(default=SINCE_EVER)
    ends_on = models.DateField(default=FOR_EVER, help_text="the first day on which it no longer holds")

    class Meta:
        ordering = ["member_id", "starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on__lt=F("ends_on")), name="line_starts_before_it_ends"
            ),
            models.CheckConstraint(condition=~Q(member=F("leader")), name="nobody_leads_themselves"),
            models.UniqueConstraint(fields=["member", "starts_on"], name="one_line_begins_on_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.member} reports to {self.leader}"


class ReachQuerySet(models.QuerySet["Reach"]):
    def on(self, day: date) -> "ReachQuerySet":
        return self.filter(starts_on__lte=day, ends_on__gt=day)


class Reach(models.Model):
    """The closure of the reporting lines: leader reaches member at a depth, from a day until a day.

    Kept by ``people.reach`` whenever a line changes; never edited otherwise. Depth 1 is a direct report.
    """

    leader = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    depth = models.PositiveSmallIntegerField()
    starts_on = models.DateField()
    ends_on = models.DateField()

    objects = ReachQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["leader", "member", "starts_on", "ends_on", "depth"], name="reach_down"),
            models.Index(fields=["member", "leader", "starts_on", "ends_on", "depth"], name="reach_up"),
        ]

    def __str__(self) -> str:
        return f"{self.leader_id} reaches {self.member_id}"


class Leave(models.Model):
    """Days on which a person is away, both included; why is nobody's business here."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="leaves")
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        ordering = ["starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(starts_on__lte=F("ends_on")), name="leave_ends_after_it_starts"
            )
        ]

    def __str__(self) -> str:
        return f"{self.person} away from {self.starts_on}"


class RoleGrant(models.Model):
    """A role given to a person for a time. Leader and member are not granted: reporting lines say them."""

    ADMINISTRATOR, HR, DELEGATE = "administrator", "hr", "delegate"
    ROLES = [(ADMINISTRATOR, "administrator"), (HR, "HR partner"), (DELEGATE, "delegate")]

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="grants")
    role = models.CharField(max_length=20, choices=ROLES)
    for_person = models.ForeignKey(
        Person,
        null=True,
        on_delete=models.CASCADE,
        related_name="+",
        help_text="delegate: the leader served; HR partner: the head of the branch",
    )
    starts_on = models.DateField()
    ends_on = models.DateField(default=FOR_EVER, help_text="the first day on which it no longer holds")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(
                    Q(role="administrator", for_person=None)
                    | (~Q(role="administrator") & Q(for_person__isnull=False))
                ),
                name="delegates_and_hr_serve_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} is {self.role}"


class UserManager(BaseUserManager["User"]):
    def get_queryset(self) -> "models.QuerySet[User]":
        """With the person and the wished beat at once: every request asks for them."""
        return super().get_queryset().select_related("person", "person__beat")

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email__iexact=username)

    def create_user(self, email: str, password: str | None = None, **values: Any) -> "User":
        user = self.model(email=email.lower(), **values)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A sign-in: an address and a password for one person. What the person may see stands in access.py."""

    email = models.CharField(max_length=254, unique=True)
    person = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="user")
    is_active = models.BooleanField(default=True)
    # allauth and Django's admin-less auth ask for these; nobody is ever either.
    is_staff = False
    is_superuser = False

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    objects = UserManager()

    def __str__(self) -> str:
        return self.email


class SignInLink(models.Model):
    """A one-time address: an invitation, a reset, or a sign-in link. Only the hash of its token is kept."""

    INVITATION, RESET, LOGIN = "invitation", "reset", "login"
    KINDS = [(INVITATION, "invitation"), (RESET, "reset"), (LOGIN, "sign-in")]

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=KINDS)
    token_hash = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.kind} for {self.person}"


class Beat(models.Model):
    """How often a leader wants to meet: the days between one-to-ones, and the weekday of the huddle."""

    leader = models.OneToOneField(Person, on_delete=models.CASCADE, related_name="beat")
    one_to_one_days = models.PositiveSmallIntegerField(default=14)
    huddle_weekday = models.PositiveSmallIntegerField(null=True, help_text="0 is Monday; null: no huddle")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(one_to_one_days__range=(1, 90)), name="beat_is_kept_within_a_quarter"
            ),
            models.CheckConstraint(
                condition=Q(huddle_weekday=None) | Q(huddle_weekday__lte=6), name="huddle_on_a_weekday"
            ),
        ]

    def __str__(self) -> str:
        return f"every {self.one_to_one_days} days"
