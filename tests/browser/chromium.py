"""Where the system's Chromium is: ``python -m tests.browser.chromium`` prints its path, or fails."""

import os
import shutil
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")


def find_chromium() -> str | None:
    """DRUMBEAT_CHROMIUM, else the first of the usual names on the PATH; None where there is none."""
    given = os.environ.get("DRUMBEAT_CHROMIUM")
    if given:
        return shutil.which(given)
    return next((found for name in NAMES if (found := shutil.which(name))), None)


if __name__ == "__main__":
    path = find_chromium()
    print(path or "none")
    sys.exit(path is None)
