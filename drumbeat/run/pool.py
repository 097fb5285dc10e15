"""Connections to PostgreSQL in the web server: a few that all requests share.

Each request runs in a thread of its own, and a connection that Django keeps open belongs to its thread: kept
ones would pile up until PostgreSQL refuses. SQLite's connections cost nothing.
"""

from django.db import connections

MOST = 10  # a web process; a request waits for a free one
PATIENCE = 30  # seconds


def use_a_pool() -> None:
    """Called in the web server before its first request."""
    connection = connections["default"]
    if connection.vendor != "postgresql":
        return
    connection.close()
    chosen = connection.settings_dict
    chosen["CONN_MAX_AGE"] = 0
    chosen["OPTIONS"] = {
        **chosen.get("OPTIONS", {}),
        "pool": {"min_size": 1, "max_size": MOST, "timeout": PATIENCE},
    }
