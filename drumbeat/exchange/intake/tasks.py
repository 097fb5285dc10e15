"""Files read and brought in by the worker, so that no page waits for a large one."""

from datetime import date

from django_tasks import task

from drumbeat.exchange.intake import files
from drumbeat.exchange.models import FileAtWork


@task()
def look(pk: int, today: str) -> None:
    """Find out what laid files are and what they would change; those of the inbox are brought in at once."""
    work = FileAtWork.objects.filter(pk=pk).first()
    if work is None:
        return
    for row in files.look(work, date.fromisoformat(today)):
        if row.source == files.INBOX and row.state == FileAtWork.READY:
            _bring(row, date.fromisoformat(today))


@task()
def bring(pk: int, today: str) -> None:
    """Bring confirmed files in."""
    row = FileAtWork.objects.filter(pk=pk).exclude(state=FileAtWork.DONE).first()
    if row is not None:
        _bring(row, date.fromisoformat(today))


def _bring(row: FileAtWork, today: date) -> None:
    result = files.bring(row, today)
    if result is not None and result.changes_something:
        # Owners may be known by now: what was waiting is looked at again.
        for other in FileAtWork.objects.filter(state=FileAtWork.READY).exclude(pk=row.pk):
            look.enqueue(other.pk, today.isoformat())
