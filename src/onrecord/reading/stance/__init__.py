"""What a speaker does with a content: asserts, denies, declines, asks, promises or calls for it."""
