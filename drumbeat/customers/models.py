from typing import Any

from django.db import models
from django.db.models import Q

from drumbeat.core.names import name_key


class Account(models.Model):
    """A customer: somebody who buys, or may."""

    name = models.CharField(max_length=300)
    name_key = models.CharField(max_length=600, unique=True, editable=False)
    external_id = models.CharField(max_length=255, null=True, unique=True)
    domain = models.CharField(max_length=255, blank=True, db_index=True, help_text="mail domain, lower case")
    sector = models.CharField(max_length=255, blank=True)
    parent = models.ForeignKey("self", null=True, on_delete=models.SET_NULL, related_name="subsidiaries")

    class Meta:
        ordering = ["name", "pk"]
        constraints = [models.CheckConstraint(condition=~Q(name=""), name="account_has_a_name")]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **values: Any) -> None:
        self.name_key = name_key(self.name)
        super().save(*args, **values)


class Product(models.Model):
    """Something that we sell."""

    name = models.CharField(max_length=300)
    name_key = models.CharField(max_length=600, unique=True, editable=False)
    external_id = models.CharField(max_length=255, null=True, unique=True)
    line = models.CharField(max_length=255, blank=True)
    list_price = models.DecimalField(max_digits=18, decimal_places=2, null=True)

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **values: Any) -> None:
        self.name_key = name_key(self.name)
        super().save(*args, **values)
