"""Who said what: attributions, what lies inside them, when, where, to whom and through whom they were
made."""
