"""Loaders of calendars: entries for rules, hours for the page."""
