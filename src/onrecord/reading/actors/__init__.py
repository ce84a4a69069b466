"""Who is meant: mentions of one report tied to its entities, and statements to those who speak."""
