"""How common words are in the head of news reports: makes ``data/words.gz``."""
