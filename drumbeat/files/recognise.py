"""Which mapping a header asks for by itself. Pure. (Interface first.)"""

from collections.abc import Sequence
from typing import Any

from drumbeat.files.mapping import Mapping


def recognise(header: Sequence[str], sample_rows: Sequence[Sequence[Any]] = ()) -> Mapping:
    """The mapping that the column names of a usual export ask for."""
    raise NotImplementedError
