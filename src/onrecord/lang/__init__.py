"""What Onrecord knows of a language: tables of words as data, behind one shape.

Each table is a file of tab-separated columns in the folder of its language, with a line of column names and
remarks that begin with ``#``. Whoever needs words of a language asks ``language(code)``; no other module
opens these files.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal, cast, get_args

from onrecord.errors import UsageError
from onrecord.shipped import pinned, shipped

Behind = Literal["name", "number", "open", "end"]


@dataclass(frozen=True, slots=True)
class Language:
    """The tables of one language that cutting a text into words and sentences needs.

    Keys in small letters stand for any case; a key with a capital only for words that begin with one.
    """

    code: str
    abbreviations: dict[str, Behind]  # without their last stop; what may stand behind it
    contractions: dict[str, tuple[str, ...]]  # as written together, and the parts in turn
    clitics: tuple[str, ...]  # words of their own that are written together with the one before
    ordinals: tuple[str, ...]  # endings of numbers
    prefixes: tuple[str, ...]  # tied to a word by a hyphen, without making two words
    suffixes: tuple[str, ...]
    compounds: frozenset[str]  # one word in spite of the mark inside: w/o, uh-huh
    elisions: frozenset[str]  # written with an apostrophe at their head, without it
    units: frozenset[str]  # words of their own behind a number, also without a space
    openers: frozenset[str]  # begin a sentence where they stand behind an abbreviation with a capital
    closings: frozenset[str]  # close a letter, in front of a comma and a name
    askers: frozenset[str]  # verbs that say who asked or cried what was just quoted

    def behind(self, word: str) -> Behind | None:
        """What may stand behind an abbreviation, given without its stop; None if the word is none.

        >>> language("en").behind("Lt"), language("en").behind("lt")
        ('name', None)
        """
        known = self.abbreviations
        if len(word) <= 2 and word.isupper():  # IE is no i.e., and C no circa
            return known.get(word.capitalize())
        if word[:1].isupper():
            return known.get(word) or known.get(word.capitalize()) or known.get(word.lower())
        return known.get(word)


def rows(code: str, name: str) -> list[tuple[str, ...]]:
    """The rows of table ``name`` of a language, without the line of column names and without remarks.

    Raises:
        UsageError: there is no such table.
        ModelError: it is not the one of this version.
    """
    file = f"../lang/{code}/{name}.tsv"
    if file not in pinned():
        raise UsageError(f"no table {name!r} for the language {code!r}", hint="the languages known are: en")
    lines = shipped(file).decode("utf-8").splitlines()
    return [tuple(line.split("\t")) for line in lines if line and not line.startswith("#")][1:]


@lru_cache(maxsize=8)
def language(code: str = "en") -> Language:
    """The tables of a language, read once.

    Raises:
        UsageError: nothing is known of the language.

    >>> language("en").contractions["cannot"]
    ('can', 'not')
    """
    return Language(
        code=code,
        abbreviations={word: _behind(behind) for word, behind in rows(code, "abbreviations")},
        contractions={word: tuple(parts.split()) for word, parts in rows(code, "contractions")},
        clitics=_of_kind(code, "endings", "word"),
        ordinals=_of_kind(code, "endings", "number"),
        prefixes=_of_kind(code, "affixes", "prefix"),
        suffixes=_of_kind(code, "affixes", "suffix"),
        compounds=_column(code, "compounds"),
        elisions=_column(code, "elisions"),
        units=_column(code, "units"),
        openers=_column(code, "openers"),
        closings=_column(code, "closings"),
        askers=_column(code, "askers"),
    )


def _behind(cell: str) -> Behind:
    assert cell in get_args(Behind), cell
    return cast(Behind, cell)


def _of_kind(code: str, name: str, kind: str) -> tuple[str, ...]:
    return tuple(word for word, of in rows(code, name) if of == kind)


def _column(code: str, name: str) -> frozenset[str]:
    return frozenset(row[0] for row in rows(code, name))


@lru_cache(maxsize=64)
def _lists(code: str, table: str) -> dict[str, tuple[str, ...]]:
    return {name: tuple(words.split(", ")) for name, words in rows(code, table)}


@lru_cache(maxsize=1024)
def word_list(table: str, name: str, code: str = "en") -> frozenset[str]:
    """A list of words that rules ask for, from the table of the part that asks.

    Raises:
        UsageError: there is no such table.
        KeyError: it has no such list.

    >>> "hardly" in word_list("stance", "negations")
    True
    """
    return frozenset(_lists(code, table)[name])


def word_row(table: str, name: str, code: str = "en") -> tuple[str, ...]:
    """The same words in the order in which the table has them.

    >>> word_row("times", "months")[1]
    'february feb'
    """
    return _lists(code, table)[name]


def either(table: str, name: str, code: str = "en") -> str:
    """The same words as the alternatives of a pattern, in the order of the table.

    A word in such a list may be a small pattern of its own ("comments?").

    >>> either("statements", "days").split("|")[0]
    'Monday'
    """
    return "|".join(_lists(code, table)[name])


def word_map(table: str, name: str, code: str = "en") -> dict[str, Any]:
    """A list of ``word=what it stands for``; what that is, whoever asks declares.

    >>> word_map("times", "dayparts")["dawn"]
    'MO'
    """
    return dict(pair.split("=") for pair in _lists(code, table)[name])


def word_lists(table: str, code: str = "en") -> dict[str, tuple[str, ...]]:
    """All lists of a table by their names, in its order.

    >>> word_lists("opposites")["not guilty"]
    ('innocent', 'acquitted')
    """
    return _lists(code, table)


def word_groups(table: str, code: str = "en") -> dict[str, str]:
    """Every word of a table, and the name of the list it is in: the first, if it is in several.

    >>> word_groups("heads")["congressman"]
    'legislator'
    """
    found: dict[str, str] = {}
    for name, words in _lists(code, table).items():
        for word in words:
            found.setdefault(word, name)
    return found


def word_set(words: str) -> frozenset[str]:
    """A few words that one rule asks for.

    >>> sorted(word_set("may might"))
    ['may', 'might']
    """
    return frozenset(words.split())


@dataclass(frozen=True, slots=True)
class VerbForms:
    """The forms of a verb, in small letters."""

    lemma: str
    past: str
    participle: str
    third: str
    ing: str


@lru_cache(maxsize=8)
def _irregular(code: str) -> dict[str, tuple[str, ...]]:
    return {verb: tuple("" if one == "-" else one for one in told) for verb, *told in rows(code, "irregular")}


def verb_forms(lemma: str, code: str = "en") -> VerbForms:
    """The forms of a verb: those of the table of irregular ones, else as they are formed.

    >>> verb_forms("deny").third, verb_forms("begin").ing, verb_forms("write").participle
    ('denies', 'beginning', 'written')
    """
    past, participle, third, ing = _irregular(code).get(lemma, ("", "", "", ""))
    soft = lemma.endswith("y") and lemma[-2:-1] not in ("a", "e", "o", "u")
    stem = lemma[:-1] + "i" if soft else lemma
    mute = lemma[:-1] if lemma.endswith("e") and not lemma.endswith(("ee", "ye", "oe")) else lemma
    hissing = soft or lemma.endswith(("s", "sh", "ch", "x", "z", "o"))
    regular = stem + ("d" if lemma.endswith("e") else "ed")
    return VerbForms(
        lemma,
        past or regular,
        participle or past or regular,
        third or stem + ("es" if hissing else "s"),
        ing or mute + "ing",
    )
