"""The network that reads: windows of tokens in, scores out, and what the scores say."""
