"""One actor across reports."""
