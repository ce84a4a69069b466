"""Training of the line classifier: which lines of a page given as bare text are its article."""
