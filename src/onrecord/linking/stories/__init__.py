"""Which reports tell of one development."""
