"""Denials of "the claim" or "that" are tied to what was said before, by the right speaker or to nothing."""

from __future__ import annotations

import re

import pytest

from onrecord.linking.claims.claims import ClaimReport, SaidHere, claims_of
from onrecord.linking.claims.sides import KnownMention
from onrecord.text.doc import Doc

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
    "it, where the sentence says no more": (
        "The office said [a_office: that {a_owner: the owner} had sold the boats]. But the owner has always denied [a_owner! it].",
        "that the owner had sold the boats",
    ),
    "it, where the sentence says besides who denies": (
        "The office said [a_office: that the boats were sold]. The owner, {a_fry: Al Fry}, has denied [a_fry! it].",
        "that the boats were sold",
    ),
    "it, behind a clause of its own": (
        "The office said [a_office: that the boats were sold]. The nets, the owner said, were torn, but he denied [a_owner! it].",
        None,
    ),
    "a claim too short to be compared": (
        "Orla Venn said [a_venn: that {a_novik: Novik} knew]. Novik denied [a_novik! it].", "that Novik knew",
    ),
    "an office of who is accused": (
        "Orla Venn said [a_venn: that {a_novik: Novik} had sold the boats]. Novik’s office denied [Novik’s office! it].",
        "that Novik had sold the boats",
    ),
    "of two claims the one about who denies": (
        "The office said [a_office: that the nets were missing], and Orla Venn said [a_venn: that {a_owner: the owner} sold the"
        " boats]. The owner denied [a_owner! it].",
        "that the owner sold the boats",
    ),
    "this is what the same sentence says": (
        "The office said [a_office: that three boats were missing]. The nets were sold, although the owner denied [a_owner! this].",
        None,
    ),
    "it of two that could be meant": (
        "The office said [a_office: that the nets were missing], and Orla Venn said [a_venn: that the boats were sold]. The owner"
        " denied [a_owner! it].",
        None,
    ),
    "what one said oneself, in capitals": (
        "The owner said [The owner: that the boats were missing], but the owner denied [the owner! it].", None,
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


def report(marked: str) -> ClaimReport:
    text, said, known, open_ = "", [], [], []
    for part in re.split(r"([\[{][\w’ ]+[:!] ?|[\]}])", marked):
        if part[:1] in "[{" and part:
            open_.append((part, len(text)))
        elif part in ("]", "}") and part:
            mark, start = open_.pop()
            who = mark.strip("[{:! ")
            if part == "}":
                known.append(KnownMention((start, len(text)), who, text[start:]))
                continue
            polarity = "denies" if "!" in mark else "asserts"
            actor, unnamed = (who, None) if who.startswith("a_") else (None, who)
            spans = ((start, len(text)),)
            said.append(SaidHere(f"s_{len(said)}", "indirect", polarity, spans, 0.9, actor, unnamed, None))
        else:
            text += part
    return ClaimReport("d_1", Doc.of(text), "Harbour News", None, tuple(said), tuple(known))


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


def test_a_claim_is_named_again_where_it_is_denied() -> None:
    """One denial after another answers it, however far back it was said; what lies between ends that."""
    said = "The office said [a_office: that the boats were sold]. "
    denials = "The owner denied [a_owner! it]. A guard denied [a_guard! it]. The mayor rejected [a_mayor! the claim]."
    for between, number in (("", 3), ("It rained. The nets were torn. ", 0)):
        claims = claims_of(report(said + between + denials))
        told = {one.claim.id: one.text for one in claims}
        answers = [told[one.answers] for one in claims if one.answers]
        assert answers == ["that the boats were sold"] * number


NOUNS = {
    "allegation": "Norland dismissed [a_n! Veria’s allegation [a_v: that it had armed the rebels of Mulo]].",
    "of a people": "Norland denied [a_n! Verian claims [a_v: that it had armed the rebels of Mulo]].",
    "by another": "Norland denied [a_n! a charge by Veria [a_v: that it had armed the rebels of Mulo]].",
}


@pytest.mark.parametrize("name", NOUNS)
def test_who_denies_a_claim_denies_what_it_says(name: str) -> None:
    """The same words are asserted by the one and denied by the other, who answers it."""
    claims = claims_of(report(NOUNS[name]))
    (claim,) = (one for one in claims if one.claim.polarity == "asserts")
    (denial,) = (one for one in claims if one.claim.polarity == "denies")
    assert claim.text == denial.text == "that it had armed the rebels of Mulo"
    assert (claim.claim.speaker, denial.claim.speaker, denial.answers) == ("a_v", "a_n", claim.claim.id)


@pytest.mark.parametrize(
    "text",
    [
        "Norland confirmed [a_n: Veria’s claim [a_v: that it had armed the rebels of Mulo]].",
        "Norland denied [a_n! that Veria had claimed [a_v: that it had armed the rebels of Mulo]].",
        "Norland rejected [a_n! Veria’s denial [a_v! that it had armed the rebels of Mulo]].",
    ],
)
def test_other_words_about_a_claim_deny_nothing_of_it(text: str) -> None:
    """Who confirms it, denies that it was made, or rejects a denial does not deny what it says."""
    claims = claims_of(report(text))
    assert [one.claim.speaker for one in claims] == ["a_v"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("CORRECTION: A previous version of this story stated that {a_e: Orla Venn} had left the council in May.",
         [("that Orla Venn had left the council in May.", "denies")]),
        ("Correction: An earlier version of this article misstated the number of seats that {a_e: Orla Venn} had won.", []),
        ("[An earlier version of this article! that {a_e: Orla Venn} had left the council] was printed.",
         [("that Orla Venn had left the council", "denies")]),
        ("A version of the bill stated that {a_e: Orla Venn} had left the council in May.",
         [("A version of the bill stated that Orla Venn had left the council in May.", "asserts")]),
    ],
)  # fmt: skip
def test_a_correction_takes_back_and_never_supports(text: str, told: list[tuple[str, str]]) -> None:
    """In the outlet's own voice, whether or not a statement was found in it."""
    claims = claims_of(report(text))
    assert [(one.text, one.claim.polarity) for one in claims] == told
    assert all(one.claim.unnamed is None for one in claims)
