"""Sorts annotated speakers by the form of their words, to draw a sample and to weigh it.

Rough on purpose: the rule divides a sample, is no part of reading, and must stay what the gold speakers were
drawn by.
"""

from __future__ import annotations

import re

STRATA = ("pronoun", "nominal", "short", "other")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_PRONOUNS = _words("""
    he she they we i you it who him her them his their our my its us me himself herself themselves this that
    those these one others some many most everyone everybody anyone anybody somebody someone nobody both all
    another which what whom whose your
""")
_AFTER_PRONOUN = _words("himself herself themselves all both")
_TITLES = _words("""
    mr mrs ms dr sen gov rep president senator governor secretary judge justice gen lt col prof chief sheriff
    mayor chairman speaker rev
""")
_CROWDS = _words("""
    republicans democrats police authorities officials experts critics investigators analysts supporters
    opponents voters prosecutors lawmakers conservatives liberals progressives
""")
_COUNTED = _words("a an some many most several other two three one few his her their")
_ARTICLES = _words("the a an")
_LINK = re.compile(r"\s(?:of|for|at|in|with|on|from|who|that|to|by|representing|like)\s")


def stratum(words: str) -> str:
    """The stratum of a speaker by its words alone; "short" is one name, with a title or without.

    >>> [stratum(words) for words in ("he", "the senator", "Mr. Roe", "Ann Roe, a nurse,", "the White House")]
    ['pronoun', 'nominal', 'short', 'other', 'other']
    """
    words = words.strip().strip('.,"“”')
    tokens = words.split()
    lower = [one.lower().strip(".,") for one in tokens]
    if lower and lower[0] in _PRONOUNS and (len(lower) == 1 or _AFTER_PRONOUN.issuperset(lower[1:])):
        return "pronoun"
    if not tokens or (len(tokens) == 1 and lower[0] in _CROWDS):
        return "nominal"
    first = re.split(r"[,(]", words)[0].split()  # an apposition does not count
    core = [one for one in first if one.lower() not in _ARTICLES]
    names = [one for one in core if one.lower().strip(".") not in _TITLES]
    bare = tokens[0].lower() not in _ARTICLES and not tokens[0][0].isdigit() and len(first) == len(tokens)
    if bare and len(names) == 1 and names[0][0].isupper():
        return "short"
    if not core or tokens[0].lower() in _COUNTED:
        return "nominal"
    head = _LINK.split(" ".join(core))[0].split()
    return "other" if core[0][0].isupper() and head[-1][0].isupper() else "nominal"
