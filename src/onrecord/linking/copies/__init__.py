"""Which reports share wording."""
