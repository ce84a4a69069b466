"""Rows as they are written and as they are listed."""
