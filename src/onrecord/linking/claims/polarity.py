"""Words that turn a sentence round: negations, verbs of denial, and pairs of opposite words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from onrecord.linking.claims.words import Word
from onrecord.values import Span

_NEGATION = re.compile(
    r"\b(?:not|never|no longer|no one|nobody|none|nothing|nowhere|neither|nor|cannot"
    r"|no(?! (?:fewer|less|more|doubt|later|sooner|matter|wonder)\b)"
    r"|(?:did|does|do|is|are|was|were|has|have|had|would|wo|could|ca|should|must|need)n['’]t"
    r"|den(?:y|ies|ied|ying)|reject(?:s|ed|ing)?|refus(?:e|es|ed|ing)|refut(?:e|es|ed|ing)"
    r"|rul(?:e|es|ed|ing) out|dismiss(?:es|ed|ing)?|fail(?:s|ed|ing)? to|declin(?:e|es|ed|ing) to"
    r"|(?:is|are|was|were) (?:false|untrue)|ruling out|unlikely)\b",
    re.IGNORECASE,
)
# "not only", "nothing but", "cannot but", "not least": nothing is denied.
_EMPTY = re.compile(
    r"\b(?:not (?:only|just|merely|least|to mention)|nothing (?:but|less than)|why not)\b", re.IGNORECASE
)
# "Nothing Like This", "ship No 4": capitals inside a sentence make a name of it. (Headlines write "Not".)
_IN_NAME = re.compile(r"(?<=[a-z,] )(?:No|Nothing|Nobody)\b")

_OPPOSITES = (
    "rise rises rose risen increase increased increases grow grew grown grows climb climbed up gain gained"
    " / fall falls fell fallen decrease decreased decreases decline declined shrink shrank drop dropped down"
    " lost",
    "win wins won winning victory / lose loses lost losing defeat",
    "alive living survived / dead died killed deceased",
    "guilty convicted / innocent acquitted",
    "legal lawful legitimate constitutional / illegal unlawful illegitimate unconstitutional",
    "support supports supported supporting backs backed endorse endorsed endorses favour favor favoured"
    " / oppose opposes opposed opposing opposition against",
    "accept accepts accepted approve approved approves agree agreed agrees adopted passed"
    " / reject rejects rejected refuse refused refuses disapproved disagree disagreed disagrees vetoed",
    "confirm confirms confirmed admit admitted admits acknowledge acknowledged / deny denies denied",
    "begin began begun begins start started starts launch launched launches opened"
    " / end ended ends stop stopped stops cease ceased finish finished suspended closed",
    "allow allows allowed permit permitted permits authorised authorized / ban bans banned forbid forbidden"
    " prohibit prohibited prohibits barred",
    "more higher larger greater bigger over above exceeded / less fewer lower smaller under below",
    "before earlier prior / after later following",
    "first earliest / last latest final",
    "open opened reopened / shut closed closes",
    "succeed succeeded success successful / fail failed failure unsuccessful",
    "arrive arrived arrives enter entered enters / leave left leaves depart departed withdrew withdrawn",
    "stable stabilising stabilizing stabilise stability / destabilising destabilizing destabilise unstable"
    " destabilisation",
    "recognise recognised recognises recognize recognized recognizes / derecognised derecognized",
    "true real genuine / false fake untrue fabricated",
    "safe secure / dangerous unsafe",
    "possible / impossible",
    "positive / negative",
    "male man men boy / female woman women girl",
    "north northern / south southern",
    "east eastern / west western",
    "buy bought buys purchase purchased / sell sold sells",
    "ally allies friend / enemy enemies foe adversary",
    "presence present / absence absent",
    "peace peaceful / war violent",
)  # fmt: skip


def _opposites() -> dict[str, list[tuple[int, int]]]:
    table: dict[str, list[tuple[int, int]]] = {}
    for number, row in enumerate(_OPPOSITES):
        for side, words in enumerate(row.split(" / ")):
            for word in words.split():
                table.setdefault(word, []).append((number, side))
    return table


_TABLE = _opposites()


def turns_back(negation: str) -> bool:
    """Whether the words stand behind what they deny: "the report is false"."""
    return negation.lower().endswith(("false", "untrue"))


def negations(text: str) -> list[Span]:
    """The negations of a text, in order, without those that deny nothing ("not only") and parts of names."""
    empty = [match.span() for match in _EMPTY.finditer(text)] + [m.span() for m in _IN_NAME.finditer(text)]
    return [
        match.span()
        for match in _NEGATION.finditer(text)
        if not any(start <= match.start() < end for start, end in empty)
    ]


def opposites(first: Sequence[Word], second: Sequence[Word]) -> list[tuple[Word, Word]]:
    """Pairs of opposite words, one in each text and neither in both; each word once."""
    shared = {word.low for word in first} & {word.low for word in second}
    where: dict[tuple[int, int], list[Word]] = {}
    for word in second:
        for number, side in _TABLE.get(word.low, ()) if word.low not in shared else ():
            where.setdefault((number, side), []).append(word)
    present = {meaning for word in first for meaning in _TABLE.get(word.low, ())}
    found: list[tuple[Word, Word]] = []
    used: set[Span] = set()
    for word in first:
        for number, side in _TABLE.get(word.low, ()) if word.low not in shared else ():
            against = [one for one in where.get((number, 1 - side), ()) if one.span not in used]
            # A text that has both sides itself tells of a change; nothing is opposed then.
            if against and (number, 1 - side) not in present and (number, side) not in where:
                used.add(against[0].span)
                found.append((word, against[0]))
                break
    return found
