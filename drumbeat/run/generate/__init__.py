"""A made company of any size, from a seed and a day: data for the demonstration and the benchmarks."""

from drumbeat.run.generate.company import Company, company, write, write_calendar, write_tables

__all__ = ["Company", "company", "write", "write_calendar", "write_tables"]
