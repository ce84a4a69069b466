"""Whether a text is HTML or Markdown, from its characters."""

from __future__ import annotations

import re

_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_BLOCK = re.compile(
    r"<(?:article|section|main|header|div|p|h[1-6]|table|ul|ol|blockquote|figure|span|meta|title)[\s>]",
    re.IGNORECASE,
)
_TAG = re.compile(
    r"</?(?:p|br|div|span|a|b|i|em|strong|h[1-6]|ul|ol|li|blockquote|img|figure)(?:\s[^<>]*)?/?>",
    re.IGNORECASE,
)
_HEADING = re.compile(r"^#{1,6} \S", re.MULTILINE)
_LINK = re.compile(r"\[[^\]\n]+\]\((?:https?:|/)[^)\s]*\)")
_FRONT_MATTER = re.compile(r"\ufeff?---\r?\n(?:[\w-]+:.*\r?\n)+---\r?\n")
_LOOKED_AT = 1 << 16


def is_page(text: str) -> bool:
    """Whether ``text`` starts as a whole HTML page does."""
    return _PAGE.match(after_preamble(text[:_LOOKED_AT])) is not None


def after_preamble(text: str) -> str:
    """``text`` without the white space, comments and instructions such as ``<?xml ...?>`` at its start.

    In steps, because one regular expression for it takes time without end on ``<!--<!--<!--``.
    """
    at = 0
    while True:
        at += len(text[at:]) - len(text[at:].lstrip("\ufeff \t\r\n\f\v\xa0"))
        for start, end in (("<!--", "-->"), ("<?", "?>")):
            if text.startswith(start, at):
                stop = text.find(end, at + len(start))
                if stop < 0:
                    return ""
                at = stop + len(end)
                break
        else:
            return text[at:]


def is_html(text: str) -> bool:
    """Whether ``text`` is a page or a piece of HTML, not prose that mentions a tag.

    >>> is_html("<p>One.</p>"), is_html("One.<br>Two.<br/>"), is_html("Use the <p> tag if a < b.")
    (True, True, False)
    """
    head = text[:_LOOKED_AT]
    if is_page(head) or (_BLOCK.match(after_preamble(head)) and len(_TAG.findall(head)) > 1):
        return True
    return len(_TAG.findall(head)) > 1


def is_markdown(text: str) -> bool:
    """Whether ``text`` bears two marks that prose does not: a front matter, or a heading and a link."""
    head = text[:_LOOKED_AT]
    if _FRONT_MATTER.match(head):
        return True
    return _HEADING.search(head) is not None and _LINK.search(head) is not None
