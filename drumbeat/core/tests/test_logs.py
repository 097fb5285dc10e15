import json
import logging
import sys

from drumbeat.core.logs import Structured


def line(record):
    return json.loads(Structured().format(record))


def record(name, message, *args, fault=None, **extra):
    made = logging.LogRecord(name, logging.ERROR, "f.py", 1, message, args, fault)
    made.__dict__.update(extra)
    return made


def test_known_fields_are_written_and_unknown_ones_are_not():
    written = line(record("drumbeat.request", "GET", status=200, note="Ana is tired"))
    assert written["status"] == 200
    assert "note" not in written


def test_a_library_message_shows_its_pattern_only():
    written = Structured().format(record("django.request", "Not Found: %s", "/link/secret-token/"))
    assert "secret-token" not in written
    assert "Not Found" in written


def test_an_exception_shows_type_and_place_and_not_what_it_says():
    try:
        try:
            raise KeyError("Ana is tired")
        except KeyError as cause:
            raise ValueError("Key (name)=(Mira) already exists") from cause
    except ValueError:
        written = Structured().format(record("drumbeat.x", "failed", fault=sys.exc_info()))
    assert "builtins.ValueError" in written
    assert "builtins.KeyError" in written
    assert "test_logs.py" in written
    assert "Mira" not in written
    assert "tired" not in written
