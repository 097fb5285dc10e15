from django.db import models
from django.db.models import F, Q

from drumbeat.core.worded import Worded
from drumbeat.people.models import Person


class Thanks(Worded):
    """One thank-you to somebody for one specific thing; between the two, unless said in company."""

    giver = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    receiver = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    given_on = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["receiver", "-given_on"], name="thanks_received")]
        constraints = [
            models.CheckConstraint(condition=~Q(giver=F("receiver")), name="nobody_thanks_themselves")
        ]

    def __str__(self) -> str:
        return f"thanks of {self.given_on.day} {self.given_on:%B %Y}"
