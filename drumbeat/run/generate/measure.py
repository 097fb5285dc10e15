"""How fast and how small, as one JSON line: ``python -m drumbeat.run.generate.measure [PEOPLE] [DEALS]``."""

import json
import resource
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from drumbeat.run.generate.company import DEFAULT_WEEKS, company, write


def measure(people: int, opportunities: int, today: date) -> dict[str, float]:
    """Seconds to write the whole company to files, their megabytes, and this process's peak in MB."""
    began, worked = time.perf_counter(), time.process_time()
    with tempfile.TemporaryDirectory() as folder:
        write(company(people, opportunities, DEFAULT_WEEKS, today=today), Path(folder))
        size = sum(file.stat().st_size for file in Path(folder).iterdir())
    return {
        "people": people,
        "opportunities": opportunities,
        "seconds": round(time.perf_counter() - began, 2),
        "cpu_seconds": round(time.process_time() - worked, 2),
        "files_mb": round(size / 1e6, 1),
        "peak_mb": round(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, 1),
    }


if __name__ == "__main__":
    sizes = [int(word) for word in sys.argv[1:3]] or [10_000, 1_000_000]
    print(json.dumps(measure(sizes[0], sizes[-1], date(2026, 11, 25))))
