"""A job that the tests of the worker enqueue."""

from django_tasks import task


@task()
def leave_a_mark() -> str:
    return "done"
