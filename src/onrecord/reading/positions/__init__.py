"""Standing relations that a report tells of: who recognizes, supports, opposes, sanctions whom."""
