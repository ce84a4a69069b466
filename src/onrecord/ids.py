"""Ids made from content, so that the same input gives the same ids on any machine."""

from __future__ import annotations

import hashlib

from onrecord.values import RawDocument, Spans


def sha256(data: bytes) -> str:
    """The SHA-256 of ``data`` as 64 hexadecimal digits."""
    return hashlib.sha256(data).hexdigest()


def content_id(prefix: str, *parts: str) -> str:
    """``prefix_`` and 16 hexadecimal digits of a hash over ``parts``, each kept apart from the next.

    >>> content_id("d", "a", "bc") == content_id("d", "ab", "c")
    False
    """
    digest = hashlib.sha256()
    for part in parts:
        raw = part.encode("utf-8", "surrogatepass")
        digest.update(len(raw).to_bytes(8, "big"))
        digest.update(raw)
    return f"{prefix}_{digest.hexdigest()[:16]}"


def document_id(raw: RawDocument) -> str:
    """The id of a report: from its bytes and its name (URL, or last part of its path)."""
    return content_id("d", sha256(raw.data), raw.name)


def statement_id(document: str, speaker: Spans, cue: Spans, content: Spans) -> str:
    """The id of a statement: from its document and its spans."""
    return content_id("s", document, repr(speaker), repr(cue), repr(content))


def position_seen_id(document: str, relation: str, holder: Spans, target: Spans, evidence: Spans) -> str:
    """The id of what one place tells of a position: from its document, the relation and the spans."""
    return content_id("p", document, relation, repr(holder), repr(target), repr(evidence))
