"""How many speakers are tied to the right person, on speakers labelled by hand in PolNeAR's articles.

The gold file (``quality/speakers.jsonl``, rules in ``quality/speakers.md``) says for each annotated speaker
who that is: for every identity the spans where the article gives the name in full, and where it gives any
form of it. What is read is asked who speaks at the gold span: the statement whose speaker covers it best
answers, or the mention that does. An answer counts only if its entity has a name in the article. It is right

- if every identity of the gold speaker is among the answered ones, and nobody else: an answered entity is an
  identity if one of its name mentions overlaps a place where the article gives that name in full;
- if nobody is answered where nobody is named ("a source", "voters", a film, a poll);
- if naming is optional ("Republicans", "a poll by the agency") and one of the two holds.

``pure`` asks besides that at least half of the answered entity's name mentions are forms of this name, so
that throwing two people together earns nothing. The gold file has more pronouns and nominals than news has;
``natural`` weighs the strata (``evaluation.strata``) as the whole corpus has them.
"""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evaluation.as_is import read_as_is
from evaluation.polnear import Article, read_corpus
from evaluation.score import overlaps, shared, tidy
from evaluation.strata import STRATA, stratum
from onrecord.errors import UsageError
from onrecord.values import Mention, Reading, Spans, Statement

NOBODY: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Identity:
    """One who speaks: where the article names them in full, and where it names them at all."""

    full: Spans
    names: Spans


@dataclass(frozen=True, slots=True)
class GoldSpeaker:
    """One annotated speaker and who that is; nobody who is named if ``who`` is empty."""

    article: str
    stratum: str
    speaker: Spans
    kind: str  # person, organisation, state, group, thing, generic, unnamed
    optional: bool  # that nobody is named is right too
    who: tuple[Identity, ...]


@dataclass(frozen=True, slots=True)
class Verdict:
    """What was answered for one gold speaker."""

    gold: GoldSpeaker
    answered: tuple[Spans, ...]  # for each answered entity its name mentions
    right: bool
    pure: bool

    @property
    def outcome(self) -> str:
        """``right``, ``no answer``, ``wrong``, or ``named though nobody is``."""
        if self.right:
            return "right"
        if not self.answered:
            return "no answer"
        return "wrong" if self.gold.who else "named though nobody is"


def read_gold(path: Path) -> tuple[GoldSpeaker, ...]:
    """The gold speakers of a file, one a line.

    Raises:
        UsageError: the file is missing or a line of it is not such a row.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except OSError as error:
        raise UsageError(f"{path}: {error.strerror}", hint="give the gold file with --gold") from None
    rows = []
    for number, line in enumerate(lines, start=1):
        try:
            rows.append(_row(json.loads(line)))
        except (ValueError, KeyError, TypeError, IndexError) as error:
            raise UsageError(
                f"{path}, line {number}: not a gold speaker ({type(error).__name__}: {error})",
                hint="the rows are described in quality/speakers.md",
            ) from None
    return tuple(rows)


def _row(row: Mapping[str, Any]) -> GoldSpeaker:
    who = tuple(Identity(tidy(one["full"]), tidy(one["names"])) for one in row["who"])
    if not all(one.full and one.names for one in who):
        raise ValueError("an identity without a name")
    return GoldSpeaker(
        row["article"], row["stratum"], tidy(row["speaker"]), row["kind"], bool(row["optional"]), who
    )


def judge(gold: GoldSpeaker, mentions: Sequence[Mention], statements: Sequence[Statement]) -> Verdict:
    """Who is answered for ``gold`` by what was read from its article, and whether that is right."""
    names: dict[int, list[tuple[int, int]]] = {}
    for one in mentions:
        if one.entity is not None and one.form == "name":
            names.setdefault(one.entity, []).append(one.name or one.span)
    answered = tuple(
        tidy(names[number]) for number in sorted(tied(gold.speaker, mentions, statements)) if number in names
    )
    return Verdict(
        gold, answered, _right(gold, answered, _is_named), _right(gold, answered, _is_mostly_named)
    )


def tied(speaker: Spans, mentions: Iterable[Mention], statements: Iterable[Statement]) -> frozenset[int]:
    """Numbers of the entities that what was read ties to the words of ``speaker``.

    The statement whose speaker shares most with it decides, even if it answers nobody; the mention that does
    where there is no such statement, or where the mention shares at least half and the statement less.
    """
    statement = _best(
        speaker, ((one.speaker, frozenset(who.entity for who in one.speakers)) for one in statements)
    )
    mention = _best(
        speaker,
        (((one.span,), NOBODY if one.entity is None else frozenset({one.entity})) for one in mentions),
    )
    by_mention = not statement[0] or statement[0] < 0.5 <= mention[0]
    return (mention if by_mention else statement)[1]


def _best(speaker: Spans, found: Iterable[tuple[Spans, frozenset[int]]]) -> tuple[float, frozenset[int]]:
    """How much the best of ``found`` shares with ``speaker``, and its entities; of equals one with any."""
    shares = ((_jaccard(speaker, spans), entities) for spans, entities in found if overlaps(speaker, spans))
    return max(shares, key=lambda one: (one[0], bool(one[1])), default=(0.0, NOBODY))


def _jaccard(one: Spans, other: Spans) -> float:
    common = shared(one, other)
    union = sum(end - start for start, end in (*one, *other)) - common
    return common / union if union else 0.0


def _is_named(names: Spans, identity: Identity) -> bool:
    return overlaps(names, identity.full)


def _is_mostly_named(names: Spans, identity: Identity) -> bool:
    own = sum(overlaps((one,), identity.names) for one in names)
    return _is_named(names, identity) and 2 * own >= len(names)


def _right(gold: GoldSpeaker, answered: Sequence[Spans], agrees: Callable[[Spans, Identity], bool]) -> bool:
    known = all(any(agrees(names, one) for one in gold.who) for names in answered)
    if gold.optional or not gold.who:
        return known  # of nobody all is known
    return known and all(any(agrees(names, one) for names in answered) for one in gold.who)


@dataclass(frozen=True, slots=True)
class SpeakersReport:
    """What one evaluation found."""

    verdicts: tuple[Verdict, ...]
    mix: Mapping[str, int]  # how many speakers of each stratum the whole corpus has

    def share(self, rows: Iterable[Verdict], *, pure: bool = False) -> float:
        """Right of ``rows``, 0 if there are none."""
        marks = [one.pure if pure else one.right for one in rows]
        return sum(marks) / len(marks) if marks else 0.0

    def natural(self, *, pure: bool = False) -> float:
        """Right if the strata were as frequent as in the whole corpus; strata without gold are left out."""
        strata = [(name, self._of(name)) for name in STRATA]
        weights = {name: self.mix.get(name, 0) for name, rows in strata if rows}
        total = sum(weights.values())
        shares = {name: self.share(rows, pure=pure) for name, rows in strata if rows}
        return sum(weights[name] * shares[name] for name in weights) / total if total else 0.0

    def as_json(self) -> dict[str, Any]:
        """The report as plain values; ``wrong`` holds offsets only."""
        return {
            "task": "speakers",
            "speakers": len(self.verdicts),
            "accuracy": self.share(self.verdicts),
            "accuracy_95": list(wilson(self.share(self.verdicts), len(self.verdicts))),
            "natural": self.natural(),
            "pure": self.share(self.verdicts, pure=True),
            "natural_pure": self.natural(pure=True),
            "groups": {
                name: {
                    "speakers": len(rows),
                    "accuracy": self.share(rows),
                    "pure": self.share(rows, pure=True),
                    "in_corpus": self.mix.get(name),
                }
                for name, rows in self._groups()
            },
            "outcomes": dict(Counter(one.outcome for one in self.verdicts)),
            "wrong": [_wrong(one) for one in self.verdicts if not one.right],
        }

    def text(self) -> str:
        """The report as a table for a terminal."""
        low, high = wilson(self.share(self.verdicts), len(self.verdicts))
        lines = [
            f"{len(self.verdicts)} speakers, {self.share(self.verdicts):.3f} right [{low:.2f} {high:.2f}], "
            f"{self.natural():.3f} in the corpus's own mix",
            "",
            "speakers            gold   right   pure   in corpus",
        ]
        for name, rows in self._groups():
            figures = f"{len(rows):4} {self.share(rows):7.3f} {self.share(rows, pure=True):6.3f}"
            lines.append(f"{name:18} {figures} {self.mix.get(name, ''):>11}".rstrip())
        outcomes = Counter(one.outcome for one in self.verdicts)
        return "\n".join([*lines, "", *(f"{name:24} {count:4}" for name, count in outcomes.most_common())])

    def _of(self, stratum: str) -> list[Verdict]:
        return [one for one in self.verdicts if one.gold.stratum == stratum]

    def _groups(self) -> Iterator[tuple[str, list[Verdict]]]:
        for name in STRATA:
            yield name, self._of(name)
        yield "somebody is named", [one for one in self.verdicts if one.gold.who and not one.gold.optional]
        yield "nobody is named", [one for one in self.verdicts if not one.gold.who]
        yield "naming is optional", [one for one in self.verdicts if one.gold.who and one.gold.optional]


def _wrong(one: Verdict) -> dict[str, Any]:
    return {
        "article": one.gold.article,
        "stratum": one.gold.stratum,
        "kind": one.gold.kind,
        "speaker": one.gold.speaker,
        "gold": [who.full[0] for who in one.gold.who],
        "answered": [names[0] for names in one.answered],
        "outcome": one.outcome,
    }


def wilson(share: float, size: int) -> tuple[float, float]:
    """The 95 % interval of a share of ``size`` (Wilson's score interval).

    >>> [round(bound, 3) for bound in wilson(0.85, 200)]
    [0.794, 0.893]
    """
    if not size:
        return 0.0, 1.0
    z2 = 1.96**2 / size
    middle, half = share + z2 / 2, 1.96 * math.sqrt(share * (1 - share) / size + z2 / (4 * size))
    return (middle - half) / (1 + z2), (middle + half) / (1 + z2)


def evaluate(data_dir: Path, gold: Path, *, read: Callable[[str], Reading] = read_as_is) -> SpeakersReport:
    """Reads the articles that the gold file names and judges their speakers.

    Args:
        data_dir: a folder in PolNeAR's format.
        gold: the gold file.
        read: reads a text; offsets must point into it.

    Raises:
        UsageError: no such folder or file, or the gold file names an article that is not there.
        ModelError: the model is missing or is not the one whose hash is pinned.
    """
    wanted = read_gold(gold)
    articles = {one.name: one for one in read_corpus(data_dir)}
    missing = sorted({one.article for one in wanted} - articles.keys())
    if missing:
        raise UsageError(
            f"{data_dir}: no article {missing[0]}", hint="the gold file belongs to another corpus: see --data"
        )
    verdicts: list[Verdict] = []
    for name in dict.fromkeys(one.article for one in wanted):
        reading = read(articles[name].text)
        verdicts += (
            judge(one, reading.mentions, reading.statements) for one in wanted if one.article == name
        )
    return SpeakersReport(tuple(verdicts), natural_mix(articles.values()))


def natural_mix(articles: Iterable[Article]) -> dict[str, int]:
    """How many attributions of the first annotators have a speaker of each stratum."""
    counts: Counter[str] = Counter()
    for article in articles:
        for one in article.annotations[0] if article.annotations else ():
            if one.speaker:
                counts[stratum(" ".join(article.text[start:end] for start, end in one.speaker))] += 1
    return dict(counts)
