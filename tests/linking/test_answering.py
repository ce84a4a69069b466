"""Denials of "the claim" or "that" are tied to what was said before, by the right speaker or to nothing."""

from __future__ import annotations

import re

import pytest

from onrecord.linking.claims import Report, SaidHere, claims_of
from onrecord.linking.sides import Known

# A report in which each statement is marked as [speaker: words], denials as [speaker! words], actors as {id: words};
# and the words that the denial answers, None where it answers nothing.
CASES = {
    "the claim of the sentence before": (
        "The harbour office said [a_office: that three boats were missing].{a_owner: The owner} disputed [a_owner! that].",
        "that three boats were missing",
    ),
    "a claim about who denies goes before a nearer one": (
        "{a_mayor: Orla Venn} said [a_mayor: that {a_union: the union} sold the old ledgers]. A clerk said [clerk: that the ledgers"
        " were closed in May]. The union rejected [a_union! the accusation].",
        "that the union sold the old ledgers",
    ),
    "a state for its ministry": (
        "Orla Venn said [a_venn: that Peru was selling arms]. A guard said [guard: that a ship had left the bay]. Peru’s"
        " Foreign Ministry dismissed [a_ministry! these claims].",
        "that Peru was selling arms",
    ),
    "an accusation that is no sentence": (
        "Orla Venn accused {a_union: the union} [a_venn: of hiding letters from {a_union: the union} council]. The union"
        " denied [a_union! the charge].",
        "of hiding letters from the union council",
    ),
    "two who could be meant": (
        "The office said [a_office: that three boats were missing], and Orla Venn said [a_venn: that the red nets were sold]."
        " The owner denied [a_owner! the claims].",
        None,
    ),
    "what one said oneself": (
        "The owner said [a_owner: that the boats were missing]. He denied [a_owner! the reports].", None,
    ),
    "what was denied already": (
        "The office denied [a_office! that the boats were missing]. The owner rejects [a_owner! that].", None,
    ),
    "too far back": (
        "The office said [a_office: that the boats were missing]. It rained. The nets were sold. The owner denied"
        " [a_owner! the claim].",
        None,
    ),
    "what follows is not answered": (
        "The owner denied [a_owner! the claim]. The office said [a_office: that the boats were missing].", None,
    ),
    "an accusation of somebody else": (
        "The office said [a_office: that three boats were missing]. The owner rejected [a_owner! the accusations].", None,
    ),
    "it is what was named in the same sentence": (
        "The office said [a_office: that three boats were missing]. The nets were sold, but the owner denied [a_owner! it].",
        None,
    ),
    "not understanding is no denial": (
        "The office said [a_office: that three boats were missing]. The owner did not understand [a_owner! that].", None,
    ),
    "to dismiss a thing is no denial of words": (
        "The office said [a_office: that three boats were missing]. The owner dismissed [a_owner! this].", None,
    ),
    "no evidence for a claim": (
        "The office said [a_office: that three boats were missing]. The owner, who denies much, gave no evidence for"
        " [a_owner! the claim].",
        None,
    ),
    "a denial with content of its own": (
        "The office said [a_office: that the boats were missing]. The owner denied [a_owner! that the boats were missing].",
        None,
    ),
}  # fmt: skip


def report(marked: str) -> Report:
    text, said, known, open_ = "", [], [], []
    for part in re.split(r"([\[{]\w+[:!] ?|[\]}])", marked):
        if part[:1] in "[{" and part:
            open_.append((part, len(text)))
        elif part in ("]", "}") and part:
            mark, start = open_.pop()
            who = re.sub(r"\W", "", mark)
            if part == "}":
                known.append(Known((start, len(text)), who, text[start:]))
                continue
            polarity = "denies" if "!" in mark else "asserts"
            actor, unnamed = (who, None) if who.startswith("a_") else (None, who)
            spans = ((start, len(text)),)
            said.append(SaidHere(f"s_{len(said)}", "indirect", polarity, spans, 0.9, actor, unnamed, None))
        else:
            text += part
    return Report("d_1", text, "Harbour News", None, tuple(said), tuple(known))


@pytest.mark.parametrize("name", CASES)
def test_cases(name: str) -> None:
    """What the denial answers is the claim that a reader would name."""
    marked, expected = CASES[name]
    claims = {one.claim.id: one for one in claims_of(report(marked))}
    answers = [claims[one.answers].text for one in claims.values() if one.answers]
    assert answers == ([expected] if expected else [])


@pytest.mark.parametrize("name", [name for name, (_, expected) in CASES.items() if expected])
def test_a_denial_is_told_by_its_sentence(name: str) -> None:
    """Its spans hold the whole sentence, with who denies, and its words are kept apart from comparing."""
    made = report(CASES[name][0])
    (denial,) = (one for one in claims_of(made) if one.answers)
    ((start, end),) = denial.claim.spans
    assert made.text[start:end].endswith(denial.pointing + ".") and made.text[start].isupper()
    assert denial.apart and denial.claim.polarity == "denies"
