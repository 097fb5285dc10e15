"""The whole instance in one file, and back: on either database, from either database.

The file is a zip: ``manifest.json``, one member of JSON lines for each table, the files of the data
directory, and the keys only where asked for. Cells are written in one neutral form (cells.py), so that what
was saved on SQLite comes back on PostgreSQL and the other way round.
"""

FORMAT = 1
MANIFEST = "manifest.json"
