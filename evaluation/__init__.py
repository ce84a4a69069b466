"""Scores on public corpora, in their own formats."""
