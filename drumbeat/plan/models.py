from django.db import models
from django.db.models import F, Q

from drumbeat.customers.models import Account, Product
from drumbeat.people.models import Person

OPEN, WON, LOST = "open", "won", "lost"
STATES = [(OPEN, "open"), (WON, "won"), (LOST, "lost")]

# Deals and orders arrive by the million and are written by imports alone, which check whole sets of
# references before they move them over. Checked once more row by row by the database they took PostgreSQL
# longer than everything else together: hence db_constraint=False on them.


class Opportunity(models.Model):
    """A deal as the CRM last told it. What it was before stands in OpportunityChange."""

    key = models.CharField(
        max_length=600, unique=True, help_text="external id, else account + name + order, as commands.md says"
    )
    external_id = models.CharField(max_length=255, null=True, help_text="where known, the key is the same")
    name = models.CharField(max_length=300, blank=True)
    account = models.ForeignKey(
        Account, null=True, on_delete=models.PROTECT, related_name="opportunities", db_constraint=False
    )
    product = models.ForeignKey(
        Product, null=True, on_delete=models.PROTECT, related_name="+", db_constraint=False
    )
    owner = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="opportunities", db_index=False, db_constraint=False
    )
    stage = models.CharField(max_length=255)
    state = models.CharField(max_length=4, choices=STATES)
    forecast_category = models.CharField(max_length=20, blank=True)
    created_on = models.DateField(null=True)
    close_on = models.DateField(null=True)
    amount = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    first_seen_on = models.DateField(help_text="day of the import that brought it")

    class Meta:
        verbose_name_plural = "opportunities"
        indexes = [models.Index(fields=["owner", "state", "close_on"], name="opportunity_owner_close")]

    def __str__(self) -> str:
        return self.name or self.external_id or f"deal {self.pk}"


class OpportunityChange(models.Model):
    """What an opportunity was until a day: the four fields whose history is kept.

    It held on every day before ``until_on`` (back to the change before it, or to the first import). As of a
    day D: the first change, by ``until_on`` then id, with ``until_on`` > D; none: the opportunity itself.
    """

    opportunity = models.ForeignKey(
        Opportunity, on_delete=models.CASCADE, related_name="changes", db_constraint=False
    )
    until_on = models.DateField(help_text="day of the import that changed it")
    owner = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    stage = models.CharField(max_length=255)
    state = models.CharField(max_length=4, choices=STATES)
    close_on = models.DateField(null=True)
    amount = models.DecimalField(max_digits=18, decimal_places=2, null=True)
    brought_by = models.BigIntegerField(help_text="the import (exchange.Import) that changed it")

    class Meta:
        indexes = [models.Index(fields=["until_on", "opportunity"], name="change_until")]

    def __str__(self) -> str:
        return f"opportunity {self.opportunity_id} until {self.until_on}"


class Booking(models.Model):
    """Invoiced or ordered revenue; a negative amount is a credit."""

    external_id = models.CharField(max_length=255, unique=True)
    owner = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="bookings", db_index=False, db_constraint=False
    )
    account = models.ForeignKey(
        Account, null=True, on_delete=models.PROTECT, related_name="bookings", db_constraint=False
    )
    product = models.ForeignKey(
        Product, null=True, on_delete=models.PROTECT, related_name="+", db_constraint=False
    )
    booked_on = models.DateField()
    amount = models.DecimalField(max_digits=18, decimal_places=2)
    margin = models.DecimalField(max_digits=18, decimal_places=2, null=True)

    class Meta:
        indexes = [models.Index(fields=["owner", "booked_on"], name="booking_owner_day")]

    def __str__(self) -> str:
        return self.external_id


class Target(models.Model):
    """What a rep or a manager is to reach in a period."""

    WON, BOOKINGS, MARGIN = "won_amount", "bookings", "margin"
    METRICS = [(WON, "won amount"), (BOOKINGS, "bookings"), (MARGIN, "margin")]

    owner = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="targets")
    metric = models.CharField(max_length=12, choices=METRICS)
    starts_on = models.DateField()
    ends_on = models.DateField(help_text="last day of the period")
    value = models.DecimalField(max_digits=18, decimal_places=2)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["owner", "metric", "starts_on", "ends_on"], name="one_target_a_period"
            ),
            models.CheckConstraint(
                condition=Q(starts_on__lte=F("ends_on")), name="target_ends_after_it_starts"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.owner}: {self.value} by {self.ends_on}"


class OwnerMonth(models.Model):
    """The small summary that pages read: one owner's closed deals and bookings of one month, as known now.

    ``month`` is its first day. An import adds its differences in the same transaction as its rows.
    """

    owner = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+", db_index=False)
    month = models.DateField()
    won_count = models.IntegerField(default=0)
    won_amount = models.DecimalField(max_digits=20, decimal_places=2, default=0)
    lost_count = models.IntegerField(default=0)
    booked_count = models.IntegerField(default=0)
    booked_amount = models.DecimalField(max_digits=20, decimal_places=2, default=0)
    booked_margin = models.DecimalField(max_digits=20, decimal_places=2, default=0)
    margin_count = models.IntegerField(default=0, help_text="bookings whose margin is known")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["owner", "month"], name="one_row_a_month")]

    def __str__(self) -> str:
        return f"owner {self.owner_id} in {self.month:%Y-%m}"
