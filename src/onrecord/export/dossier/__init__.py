"""The dossier of a record: all of it in the order a reader wants it."""
