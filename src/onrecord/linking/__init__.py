"""Across reports: actors, and what a person decided about them."""
