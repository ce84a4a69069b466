"""One row, one report, one record shown with all that is known of it."""
