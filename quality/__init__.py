"""Figures that may not fall, rows that may not change, and commands that measure them. Not installed."""
