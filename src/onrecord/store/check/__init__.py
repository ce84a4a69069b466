"""Whether a record is what its sources say."""
