"""Query budgets: the same number at one row and at thirty, each query named in a comment of the test.

with at_most(12):                    # signals, rows, hours …
    client.get("/week/")
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import connection
from django.test.utils import CaptureQueriesContext


@contextmanager
def at_most(budget: int) -> Iterator[CaptureQueriesContext]:
    """Fail when the block asks the database more often, and show what it asked."""
    with CaptureQueriesContext(connection) as asked:
        yield asked
    if len(asked) > budget:
        shown = "\n".join(f"{n}. {query['sql'][:200]}" for n, query in enumerate(asked, 1))
        raise AssertionError(f"{len(asked)} queries, at most {budget} were meant:\n{shown}")


def count_of(what: Callable[[], object]) -> int:
    """How many queries a call needs."""
    with CaptureQueriesContext(connection) as asked:
        what()
    return len(asked)
