"""Onrecord: who said what, in news reports, every row tied to the characters it came from."""

__version__ = "0.1.0"
