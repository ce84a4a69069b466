"""What the tables of a record are."""
