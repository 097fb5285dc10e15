"""Words that are kept in plain or sealed, by the room that they were said in: one mixin for both."""

from typing import Any

from django.db import models

from drumbeat.core.encrypted import EncryptedText


class Worded(models.Model):
    """A row with a text: ``sealed`` where it is confidential, else ``plain``; never both.

    Read it as ``text``; write it with ``put``. Which of the two holds it is decided once, by ``put``.
    """

    plain = models.TextField(blank=True, default="")
    sealed = EncryptedText(blank=True, default="")

    class Meta:
        abstract = True

    @property
    def text(self) -> str:
        return self.sealed or self.plain

    @property
    def confidential(self) -> bool:
        return bool(self.sealed)

    def put(self, text: str, *, confidential: bool) -> Any:
        """Set the text, sealed or plain; gives back the row, unsaved. NUL goes: no database keeps it."""
        text = text.replace("\0", "")
        self.sealed, self.plain = (text, "") if confidential else ("", text)
        return self
