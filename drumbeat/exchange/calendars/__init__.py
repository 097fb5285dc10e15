"""Calendars from outside: an address fetched, a file taken, a command."""
