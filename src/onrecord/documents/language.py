"""The language of a text, through py3langid (imported here only)."""

from __future__ import annotations

MIN_LETTERS = 60  # shorter texts are too often misjudged


def language(text: str) -> str | None:
    """The ISO 639-1 code of the language of ``text``, None where it is too short to tell."""
    sample = text[:2000]
    if sum(map(str.isalpha, sample)) < MIN_LETTERS:
        return None
    import py3langid  # type: ignore[import-untyped]

    return str(py3langid.classify(sample)[0])
