"""Judges that stand in for the model of pairs: quick, the same on any machine, and they note what they are asked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from onrecord.linking.claims.entailment import Judgement, Thresholds, judgement

TOLD = Thresholds(supports=0.8, contradicts=0.8)


@dataclass
class WordJudge:
    """Texts with mostly the same words agree; if just one has "not" or "no", they contradict each other."""

    name: str = "words 1"
    told: Thresholds = TOLD
    asked: list[tuple[str, str]] = field(default_factory=list)

    def judge(self, pairs: Sequence[tuple[str, str]]) -> list[Judgement]:
        self.asked += pairs
        return [self._one(*pair) for pair in pairs]

    def _one(self, first: str, second: str) -> Judgement:
        a, b = (set(re.findall(r"\w+", text.lower())) for text in (first, second))
        turns = {"not", "no", "nobody"}
        like = len((a & b) - turns) / max(1, len((a | b) - turns))
        if bool(a & turns) != bool(b & turns):
            return judgement(0.01, 0.01, 0.99 if like >= 0.5 else 0.0, self.told)
        return judgement(like, like, 0.01, self.told)


@dataclass
class Silent:
    """Nothing says anything of anything."""

    name: str = "silent"
    told: Thresholds = TOLD

    def judge(self, pairs: Sequence[tuple[str, str]]) -> list[Judgement]:
        return [judgement(0.0, 0.0, 0.0, self.told) for _ in pairs]


WORDS = WordJudge()
SILENT = Silent()
