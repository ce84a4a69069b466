"""Everything that is read from one text, put together: see ``read_text``."""

from __future__ import annotations

from dataclasses import replace

from onrecord.reading.encoder import Network, network
from onrecord.reading.mentions import RawMention, find_mentions
from onrecord.reading.passes import pass_over
from onrecord.reading.quotes import segments
from onrecord.values import Span


def mentions_in(text: str, *, model: Network | None = None) -> list[RawMention]:
    """All mentions in ``text``, in the order of their first character.

    Raises:
        ModelError: the shipped model is missing or is not the one whose hash is pinned.
    """
    model = model or network()
    found: list[RawMention] = []
    for start, end in segments(text):
        for one in find_mentions(pass_over(model, text[start:end]), model.mentions):
            name = None if one.name is None else _moved(one.name, start)
            found.append(replace(one, span=_moved(one.span, start), head=_moved(one.head, start), name=name))
    return found


def _moved(span: Span, by: int) -> Span:
    return span[0] + by, span[1] + by
