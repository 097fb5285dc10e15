from django.db import models

from drumbeat.people.models import Person


class PutOff(models.Model):
    """A leader said of a thing on This week: not useful, or not now. It stays away for 14 days."""

    NOT_USEFUL, NOT_NOW = "not_useful", "not_now"
    WORDS = [(NOT_USEFUL, "not useful"), (NOT_NOW, "not now")]

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+", help_text="who said it")
    key = models.CharField(max_length=40, help_text="the rule that spoke")
    about = models.ForeignKey(Person, null=True, on_delete=models.CASCADE, related_name="+")
    word = models.CharField(max_length=10, choices=WORDS)
    day = models.DateField()

    class Meta:
        indexes = [models.Index(fields=["person", "-day"], name="put_off_by")]

    def __str__(self) -> str:
        return f"{self.key}: {self.get_word_display()}"
