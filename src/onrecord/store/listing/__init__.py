"""Listings of rows, and what filters them."""
