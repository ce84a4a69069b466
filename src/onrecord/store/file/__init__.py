"""The file of a record: opening, locking, writing."""
