"""How exactly mentions are found: precision, recall and F1 by type, on corpora in their own formats.

The format is told by the files. What is compared, as spans of characters in the corpus's own text:

- UNER (``*.iob2``) and CrossNER (``*.txt``): proper names. Of what is found the mentions in the form of a
  name, by ``Mention.name``; persons to PER, organisations, forces, outlets to ORG, places and states to LOC.
- GUM (``*.conllu``): whole phrases, nested ones too, of persons, organisations and places, by
  ``Mention.span``; "named" takes those whose head is a proper noun, "all" pronouns and descriptions as well.
- re3d (``documents.json``): whole phrases in every form, by ``Mention.span``, of six types.

A mention counts once for each type and span. "exact" wants the same span and type; "overlap" the same type
and a character in common, for corpora whose bounds are uneven. Types that Onrecord does not have (events,
weapons) are left out.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any

from evaluation import corpora
from evaluation.as_is import read_as_is
from evaluation.corpora import GoldText
from evaluation.score import Count, total
from onrecord.errors import UsageError
from onrecord.values import Mention, MentionForm, Span

FORMS: tuple[MentionForm, ...] = ("name", "nominal", "pronoun")
ORGANISATIONS = ("organisation", "force", "outlet")
PLACES = ("place", "state")


@dataclass(frozen=True, slots=True)
class View:
    """One way to compare: which mentions count, and under which type.

    ``gold``: the corpus's types that count, with the type they are told under; ``found`` the same for kinds
    of mentions. ``forms``: those that count on both sides. ``by_name``: compare the name, not the span.
    """

    name: str
    gold: Mapping[str, str]
    found: Mapping[str, str]
    forms: tuple[MentionForm, ...]
    by_name: bool = False


def _kinds(person: str, organisation: str, place: str) -> dict[str, str]:
    return {"person": person} | dict.fromkeys(ORGANISATIONS, organisation) | dict.fromkeys(PLACES, place)


_SAME = {name: name for name in ("PER", "ORG", "LOC")}
_POLITICS = {
    "person": "PER", "politician": "PER", "organisation": "ORG", "politicalparty": "ORG", "country": "LOC",
    "location": "LOC",
}  # fmt: skip
_GUM = {name: name for name in ("person", "organization", "place")}
_RE3D = {name: name for name in ("Person", "Organisation", "Location", "Nationality", "Money", "Quantity")}
VIEWS: Mapping[str, tuple[View, ...]] = {
    "uner": (View("names", _SAME, _kinds("PER", "ORG", "LOC"), ("name",), by_name=True),),
    "crossner": (View("names", _POLITICS, _kinds("PER", "ORG", "LOC"), ("name",), by_name=True),),
    "gum": (
        View("named", _GUM, _kinds("person", "organization", "place"), ("name",)),
        View("all", _GUM, _kinds("person", "organization", "place"), FORMS),
    ),
    "re3d": (
        View(
            "all",
            _RE3D,
            _kinds("Person", "Organisation", "Location")
            | {"nationality": "Nationality", "money": "Money", "quantity": "Quantity"},
            FORMS,
        ),
    ),
}


def corpus_of(path: Path) -> tuple[str, list[GoldText]]:
    """The format of the file or folder at ``path``, and its texts.

    Raises:
        UsageError: there is nothing in a format that is known.
    """
    if path.is_file():
        files = [path]
    else:
        files = sorted(one for one in path.glob("*") if one.suffix in (".iob2", ".conllu", ".txt", ".json"))
    endings = {one.suffix for one in files}
    if ".iob2" in endings:
        return "uner", [text for one in files if one.suffix == ".iob2" for text in corpora.uner(one)]
    if ".conllu" in endings:
        return "gum", corpora.gum(path if path.is_dir() else path.parent)
    if any(path.glob("documents.json")) or any(path.glob("*/documents.json")):
        return "re3d", corpora.re3d(path)
    tagged = [one for one in files if one.suffix == ".txt" and _is_tagged(one)]
    if tagged:
        return "crossner", [text for one in tagged for text in corpora.crossner(one)]
    raise UsageError(
        f"{path}: no corpus of mentions here",
        hint="give a .iob2 file (UNER), a folder of .conllu files (GUM), of documents.json (re3d), or a "
        "CrossNER .txt file",
    )


def _is_tagged(path: Path) -> bool:
    """Whether a text file's first line is a word and a tag."""
    with path.open(encoding="utf-8", errors="replace") as stream:
        return stream.readline(1000).rstrip("\n").count("\t") == 1


Typed = frozenset[tuple[str, Span]]


def wanted(text: GoldText, view: View) -> Typed:
    """The annotated mentions that count."""
    return frozenset(
        (view.gold[one.kind], one.span)
        for one in text.mentions
        if one.kind in view.gold and one.form in view.forms
    )


def answered(found: Iterable[Mention], view: View) -> Typed:
    """The found mentions that count."""
    typed = set()
    for one in found:
        if one.form in view.forms and one.kind in view.found:
            typed.add((view.found[one.kind], (one.name or one.span) if view.by_name else one.span))
    return frozenset(typed)


def score_mentions(gold: Typed, found: Typed) -> dict[str, Count]:
    """Counts under "TYPE exact" and "TYPE overlap" for each type, and for "micro", all types together."""
    counts: dict[str, Count] = {}
    for kind in sorted({kind for kind, _ in gold | found}):
        right = sorted(span for name, span in gold if name == kind)
        ours = sorted(span for name, span in found if name == kind)
        both = len(set(right) & set(ours))
        counts[f"{kind} exact"] = Count(len(right), len(ours), both, both)
        counts[f"{kind} overlap"] = Count(len(right), len(ours), _met(right, ours), _met(ours, right))
    for measure in ("exact", "overlap"):
        of_measure = (count for key, count in counts.items() if key.endswith(measure))
        counts[f"micro {measure}"] = sum(of_measure, Count())
    return counts


def _met(spans: Sequence[Span], others: Sequence[Span]) -> int:
    """How many of ``spans`` share a character with one of ``others``, both sorted.

    >>> _met([(0, 4), (6, 8), (9, 10)], [(0, 1), (3, 7)])
    2
    """
    starts = [start for start, _ in others]
    reach = list(accumulate((end for _, end in others), max))
    begun = ((start, bisect_left(starts, end)) for start, end in spans)  # others that begin before the end
    return sum(count > 0 and reach[count - 1] > start for start, count in begun)


@dataclass(frozen=True, slots=True)
class MentionsReport:
    """What one evaluation found; ``counts`` by view, then as ``score_mentions`` names them."""

    format: str
    texts: int
    counts: Mapping[str, Mapping[str, Count]]

    def as_json(self) -> dict[str, Any]:
        """The report as plain values."""
        views = {
            view: {
                key: asdict(count) | {"p": count.precision, "r": count.recall, "f1": count.f1}
                for key, count in counts.items()
            }
            for view, counts in self.counts.items()
        }
        return {"task": "mentions", "format": self.format, "texts": self.texts, "views": views}

    def text(self) -> str:
        """The report as tables for a terminal."""
        return "\n".join(self._lines())

    def _lines(self) -> Iterator[str]:
        yield f"{self.texts} texts in the format of {self.format}"
        for view, counts in self.counts.items():
            yield ""
            yield f"{view:16}    gold   found       P      R     F1   overlap F1"
            for key, count in counts.items():
                kind, _, measure = key.rpartition(" ")
                if measure == "exact":
                    figures = f"{count.precision:6.3f} {count.recall:6.3f} {count.f1:6.3f}"
                    loose = counts[f"{kind} overlap"].f1
                    yield f"{kind:16} {count.gold:7} {count.predicted:7}  {figures} {loose:12.3f}"


def _mentions(text: str) -> Sequence[Mention]:
    return read_as_is(text).mentions


def evaluate(
    data: Path, *, every: int = 1, mentions_of: Callable[[str], Sequence[Mention]] = _mentions
) -> MentionsReport:
    """Reads the texts of the corpus at ``data`` and scores their mentions in each view of its format.

    Args:
        data: a file or folder in one of the formats.
        every: only the last of each so many texts; training leaves out every fourth of re3d.
        mentions_of: finds the mentions of a text.

    Raises:
        UsageError: ``data`` is in none of the formats.
        ModelError: the model is missing or is not the one whose hash is pinned.
    """
    name, texts = corpus_of(data)
    texts = texts[every - 1 :: every]
    views = VIEWS[name]
    by_view: dict[str, list[Mapping[str, Count]]] = {view.name: [] for view in views}
    for text in texts:
        found = mentions_of(text.text)
        for view in views:
            by_view[view.name].append(score_mentions(wanted(text, view), answered(found, view)))
    return MentionsReport(name, len(texts), {name: _ordered(total(rows)) for name, rows in by_view.items()})


def _ordered(counts: Mapping[str, Count]) -> dict[str, Count]:
    """Types by name, all together last."""
    return {key: counts[key] for key in sorted(counts, key=lambda key: (key.startswith("micro"), key))}
