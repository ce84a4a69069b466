"""Reading one report: from its text to attributions, each tied to its characters."""
