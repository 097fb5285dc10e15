"""Drumbeat: software with which a senior sales executive coaches sales managers."""

__version__ = "0.1.0"
