"""Whether two claims agree, contradict each other or differ: the pair model's word, weighed with the rest.

The model reads two bare sentences. It does not know who speaks, that one is a denial, that one is of March
and the other a plan, or that two fires are two fires. A relation is told where the model and what the words
show agree (``weigh``); every rule that holds something back is in docs/decisions/accounts.md.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from onrecord.facts import fold
from onrecord.lang import either
from onrecord.linking.claims.accounts import Judged
from onrecord.linking.claims.assessments import opposed
from onrecord.linking.claims.candidates import near
from onrecord.linking.claims.concepts import covered
from onrecord.linking.claims.differences import Difference, differences
from onrecord.linking.claims.entailment import Judgement, Thresholds
from onrecord.linking.claims.sides import DENIED, Side
from onrecord.reading.claimed import claimed
from onrecord.values import Spans

NEAR = 30  # days between two sayings up to which events that they tell of may be one
LIKE = 0.45  # likeness from which two claims without a common actor are held to be of one matter
ALIKE = 0.58  # from which a "not" that one of them has turns what the other says, if they share an actor
VERY = 0.75  # and if they do not
RESTATED = 3  # words with a meaning that one speaker's words in two reports share if they are one claim
_COVERS = 0.8  # share of what is denied that the other claim must speak of, where the model is not sure
_FEW = 3  # things that a denial must be about to be covered; one more where it names no state or actor
_VETO = 0.5  # probability of "contradicts" from which the model speaks against that
_RULE = 0.8  # confidence of what rules show without the model: an estimate, see docs/decisions/accounts.md
_YEAR = re.compile(r"\W*(?:in )?[12]\d\d\d\W*")
# What is asked, looked into or thought possible is not said to be so.
_OPEN = re.compile(rf"\b(?:{either('linking', 'open')})\b", re.IGNORECASE)
_GERUND = re.compile(r"\W*[a-z]+ing\b")
_CAPITAL = re.compile(r"(?<!\w)(?!The\b)[A-Z]")
_QUESTION_WORD = re.compile(rf"^\W*(?:{either('linking', 'question_word')})\b|\bwhat\b", re.I)
_RELATIVE = re.compile(r"\b(?:that|which|who)\b", re.IGNORECASE)
_SPEAKER_ITSELF = re.compile(rf"(?:first, )?(?:{either('linking', 'speaker_itself')})\b", re.IGNORECASE)
_DETAILS = ("number", "date", "place", "actor")
_AHEAD = re.compile(
    rf"\b(?:{either('linking', 'ahead_will')}|(?-i:may)|{either('linking', 'ahead_might')})\b|\bto be\b"
    r"|n['’]t be\b|['’]ll\b",
    re.IGNORECASE,
)
_QUOTED = re.compile('["“”«»„]')
_WISH = re.compile(r"^\W*(?:let us|let’s|please)\b|[?]\W*$", re.IGNORECASE)

Relation = Literal["supports", "contradicts"]


@dataclass(frozen=True, slots=True)
class ClaimPair:
    """Two claims that may be of one matter, with how like they are and what the model says of them."""

    one: Side
    other: Side
    likeness: float
    read: Judgement | None  # None: not asked


def weigh(pair: ClaimPair, told: Thresholds) -> Judged | None:
    """What the two claims say of each other; None if nothing is sure enough to be told.

    Args:
        pair: the claims; ``read`` has the first of them first.
        told: the probabilities from which the model is taken at its word.
    """
    one, other = pair.one, pair.other
    if one.apart or other.apart or _answers(one, other) or _answers(other, one):
        return _answered(pair)
    if same_speaker(one, other):
        return _restated(pair, told) if matters(pair) else None
    if _wishes(one) or _wishes(other):
        return None
    read = _denied if _one_denies(one, other) else _content
    return (read(pair, told) if matters(pair) else None) or _assessed(pair)


def matters(pair: ClaimPair) -> bool:
    """Whether what the model says of two claims can make a difference, as far as is quickly seen.

    If not, the model need not be asked: ``weigh`` gives the same, whatever ``read`` is.
    """
    one, other = pair.one, pair.other
    if one.apart or other.apart or _answers(one, other) or _answers(other, one):
        return False
    if _ahead(one) != _ahead(other):
        return False  # who came in spring is not who will come
    soon = near(one.claim.said, other.claim.said, NEAR)
    if same_speaker(one, other):
        alike = one.claim.polarity == other.claim.polarity and len(one.meanings & other.meanings) >= RESTATED
        return alike and soon and not telling(one, other)
    if _wishes(one) or _wishes(other):
        return False
    if _one_denies(one, other):
        denial, claim = (one, other) if one.claim.polarity == "denies" else (other, one)
        if not soon or not _deniable(denial, claim):
            return False
        return (_one_matter(pair) or _shown(claim, denial)) and not _kinds(telling(one, other))
    if one.own_deed and other.own_deed and one.own_deed != other.own_deed:
        return False  # "denied sending spies" is said of two who might have sent some
    # Long after, only another number or thing can be told, and that is seen from the words.
    return _one_matter(pair) and (soon or len(_kinds(telling(one, other))) == 1)


def _wishes(side: Side) -> bool:
    return _WISH.search(side.text) is not None


def _one_denies(one: Side, other: Side) -> bool:
    return (one.claim.polarity == "denies") != (other.claim.polarity == "denies")


def _shown(claim: Side, denial: Side) -> bool:
    """Whether the words alone show that a claim says what is denied."""
    return covers(claim, denial) and not claimed(denial.text).negations


@lru_cache(maxsize=1 << 11)
def telling(one: Side, other: Side) -> tuple[Difference, ...]:
    """In what two claims differ, as far as it tells a reader something.

    Names that share a word or a state ("Glasgow", "Shettleston Road, Glasgow") are two ways to name one thing
    more often than two things; a year is no other time than a month.
    """
    return tuple(each for each in differences(one.told, other.told) if _tells(each, one.text, other.text))


def _tells(each: Difference, first: str, second: str) -> bool:
    if each.kind not in ("date", "place", "actor"):
        return True
    a = " ".join(first[start:end] for start, end in each.first)
    b = " ".join(second[start:end] for start, end in each.second)
    if each.kind == "date":
        return fold(a) != fold(b) and bool(_YEAR.fullmatch(a)) == bool(_YEAR.fullmatch(b))
    words, others = ({word for word in fold(text).split() if len(word) > 2} for text in (a, b))
    if each.kind == "actor" and not (_CAPITAL.search(a) and _CAPITAL.search(b)):
        return False  # "the president" is another name, not another person
    states, other_states = ({one.code for one in claimed(text).states} for text in (a, b))
    if words & others or states & other_states:
        return False
    # Who is named in the other text too, only elsewhere, is no other one.
    return not (words <= set(fold(second).split()) or others <= set(fold(first).split()))


def same_speaker(one: Side, other: Side) -> bool:
    """Whether one actor says both."""
    return one.claim.speaker is not None and one.claim.speaker == other.claim.speaker


def _answers(denial: Side, claim: Side) -> bool:
    return denial.answers is not None and denial.answers == claim.claim.id


def _answered(pair: ClaimPair) -> Judged | None:
    """One denies the other as "the claim" or "that": see ``answering``."""
    denial = pair.one if pair.one.answers else pair.other
    if not denial.answers:
        return None
    words = " ".join(denial.pointing.split())
    reason = f"a denial of “{words}” follows it" if denial.apart else f"a denial of “{words}”"
    return _judged(pair, "supports", _RULE, (), reasons=(reason,))


def _one_matter(pair: ClaimPair) -> bool:
    return bool(pair.one.topics & pair.other.topics) or pair.likeness >= LIKE


def _restated(pair: ClaimPair, told: Thresholds) -> Judged | None:
    """One speaker's words as two reports have them are one claim, where nothing speaks against it."""
    read = pair.read
    if read and read.contradicts >= told.contradicts:
        return None
    sure = max(_RULE, read.forward, read.back) if read else _RULE
    return _judged(pair, "supports", sure, (), reasons=("one speaker, in like words",))


def _denied(pair: ClaimPair, told: Thresholds) -> Judged | None:
    """One denies what the other says, or says less than the other denies (see ``accounts``)."""
    one, other = pair.one, pair.other
    first = one.claim.polarity == "denies"
    denial, claim = (one, other) if first else (other, one)
    read = pair.read
    implied = (read.back if first else read.forward) if read and _one_matter(pair) else 0.0
    shown = _shown(claim, denial) and not (read and read.contradicts >= _VETO)
    if implied >= told.supports or shown:
        sure = max(implied, _RULE if shown else 0.0)
        return _judged(pair, "supports", sure, (), forward=not first, back=first)
    return None


def _deniable(denial: Side, claim: Side) -> bool:
    """Whether a denial denies something that can be told of a claim: a sentence, a deed, a thing of a state.

    A quotation is no denial of its own words: that it was taken for one is a slip.
    """
    if fold(denial.spoken) == fold(claim.spoken) and _QUOTED.search(denial.text + claim.text):
        return False
    words = DENIED.sub("", denial.text)
    if _OPEN.search(claim.text) or _QUESTION_WORD.search(words):
        return False
    if _GERUND.match(words) or words.lower().startswith("that "):
        return True
    if words != denial.text and claimed(words).has_verb:
        return True
    # "The closure of the border with Chile" is told as a deed; "the immunity that it gave" is a thing.
    said = not _RELATIVE.search(words) and claimed(words).has_verb
    return said or len(denial.states) > 1


def covers(claim: Side, denial: Side) -> bool:
    """Whether a claim speaks of all that a denial is about: its states and actors, and nearly all else."""
    topics = denial.topics - {denial.claim.speaker}
    asked = denial.meanings
    if not topics <= claim.topics | _named(denial, claim) or not asked or claimed(claim.text).negations:
        return False
    weight = len(topics) + len(asked)
    if weight < (_FEW if topics else _FEW + 1):
        return False
    return (len(topics) + covered(asked, claim.meanings) * len(asked)) / weight >= _COVERS


def _named(one: Side, other: Side) -> frozenset[str]:
    """Actors of the first whose very words the second has, whoever they are held to be there."""
    there = f" {fold(other.text)} "
    return frozenset(each.actor for each in one.known if f" {fold(one.text[slice(*each.span)])} " in there)


def _content(pair: ClaimPair, told: Thresholds) -> Judged | None:
    """Both assert, or both deny: what the model says of their contents, unless the words tell otherwise."""
    one, other, read = pair.one, pair.other, pair.read
    if read is None or (read.contradicts < told.contradicts and max(read.forward, read.back) < told.supports):
        return None  # the model tells nothing: what differs need not be found out
    found = telling(one, other)
    kinds = _kinds(found)
    if len(kinds) > 1:
        return None  # another day and another number: another event
    if read.contradicts >= told.contradicts and read.contradicts > max(read.forward, read.back):
        polar = any(each.kind == "polarity" for each in found)
        if kinds:
            # A detail differs. With another place it is most often another event; of six that differed in an
            # actor all were names of one ("the Bidens") or two events.
            shared = one.topics & other.topics and pair.likeness >= LIKE
            alike = pair.likeness >= ALIKE and _another_number_or_day(found)
            held = alike if kinds <= {"number", "date"} else shared and "actor" not in kinds
            return _judged(pair, "contradicts", read.contradicts, found) if held and not polar else None
        # What no difference of words explains was wrong in every pair read: another couple, another day.
        if not polar or pair.likeness < (ALIKE if one.topics & other.topics else VERY):
            return None
        # "It has given" and "it has not given" are of two who speak of themselves.
        if any(_SPEAKER_ITSELF.match(side.spoken) for side in (one, other)):
            return None
        if _OPEN.search(one.text) or _OPEN.search(other.text) or not any(each.close for each in found):
            return None
        dated = one.claim.said and other.claim.said and near(one.claim.said, other.claim.said, NEAR)
        if (one.hedged and other.hedged) or not dated:
            return None
        return _judged(pair, "contradicts", read.contradicts, found)
    best = max(read.forward, read.back)
    turned = any(each.kind == "polarity" for each in found)
    if best >= told.supports and best > read.contradicts and not turned:
        if not near(one.claim.said, other.claim.said, NEAR):
            return None
        forward, back = read.forward >= told.supports, read.back >= told.supports
        return _judged(pair, "supports", best, found, forward=forward, back=back)
    return None


def _another_number_or_day(found: Sequence[Difference]) -> bool:
    """Whether all that differs are numbers of one thing, or days: those of a year may be of two events."""
    return all(each.close if each.kind == "number" else not _years(each) for each in found)


def _years(each: Difference) -> bool:
    return any(_YEAR.fullmatch(words) for words in each.words.split(" against "))


def _assessed(pair: ClaimPair) -> Judged | None:
    """Both value one thing, in opposite ways."""
    found = opposed(pair.one, pair.other)
    if found is None:
        return None
    words = [
        side.text[each.cue[0] : each.cue[1]] for side, each in zip((pair.one, pair.other), found, strict=True)
    ]
    reasons = [(f"opposed assessments: “{a}” against “{b}”",) for a, b in (words, reversed(words))]
    one, other = pair.one.claim, pair.other.claim
    # A denial has turned its value round already: told as a contradiction of contents it would turn back.
    one_denies = (one.polarity == "denies") != (other.polarity == "denies")
    relation: Relation = "supports" if one_denies else "contradicts"
    return Judged(
        one.id, other.id, relation, _RULE, reasons=reasons[0], details=("assessment",), turned=reasons[1]
    )


def marks(one: Side, other: Side) -> tuple[Spans, Spans]:
    """The words in which two claims differ, in the reports of each; none for a denial that points back."""
    if one.apart or other.apart:
        return (), ()
    found = telling(one, other)
    first = tuple(span for each in found for span in each.first)
    second = tuple(span for each in found for span in each.second)
    if not found and (valued := opposed(one, other)):
        first, second = (valued[0].cue,), (valued[1].cue,)
    return one.placed(first), other.placed(second)


def _ahead(side: Side) -> bool:
    """Whether it tells of what may be: a plan, a wish, a condition."""
    return side.claim.polarity == "promises" or _AHEAD.search(side.text) is not None


def _kinds(found: Sequence[Difference]) -> set[str]:
    return {each.kind for each in found if each.kind in _DETAILS}


def _judged(
    pair: ClaimPair,
    relation: Relation,
    confidence: float,
    found: Sequence[Difference],
    *,
    forward: bool = True,
    back: bool = True,
    reasons: tuple[str, ...] = (),
) -> Judged:
    back_too = telling(pair.other, pair.one) if found else ()
    return Judged(
        pair.one.claim.id,
        pair.other.claim.id,
        relation,
        round(confidence, 3),
        forward,
        back,
        (*reasons, *(each.words for each in found)),
        tuple(dict.fromkeys(each.kind for each in found)),
        (*reasons, *(each.words for each in back_too)) if back_too else (),
    )
