"""From corpora to the shipped models. Torch lives here and only here; the package never imports it."""
