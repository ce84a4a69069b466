"""The words that offices are made of; the kind of an office from its parts, and the state where the title
alone tells it."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType

from onrecord.facts.bodies import Organisation, organisation_of
from onrecord.facts.table import fold
from onrecord.lang import word_groups, word_list


def words(text: str) -> frozenset[str]:
    """The words of ``text``."""
    return frozenset(text.split())


# Head word -> family. The family says how the words around it are read.
HEADS = MappingProxyType(word_groups("heads"))

# Ordinary words or names in small letters, and names of people before another capital.
NEEDS_CAPITAL = word_list("facts", "needs_capital")

FORMER = word_list("facts", "former")
ACTING = word_list("facts", "acting")
DEPUTY = word_list("facts", "deputy")
# Other words that may stand between a state and a head.
QUALIFIERS = word_list("facts", "qualifiers")
# Those that say when, not what.
PASSING = word_list("facts", "passing")
# Folded words of portfolios -> kind of the minister.
PORTFOLIOS = MappingProxyType(word_groups("portfolios"))

# Last words of the names of bodies -> what their head is.
BODIES = MappingProxyType(word_groups("body_nouns"))
# Bodies called by one word: what stands before it is a state or no part of the name.
CHAMBERS = word_list("facts", "chambers")

US_STATES = word_list("facts", "us_states")

# Kinds whose holder is a person of the state's government: a demonym before them is their state.
MINISTERS = frozenset({"foreign_minister", "defence_minister", "interior_minister", "finance_minister"})


@dataclass(frozen=True, slots=True)
class OfficeParts:
    """What stands around a head word; all words folded."""

    family: str
    head: str
    qualifiers: tuple[str, ...]
    portfolio: tuple[str, ...]
    body: str | None  # as worded, without the state
    state: str | None
    host: str | None
    region: bool  # the state is a part of the United States
    named: bool  # a name may follow
    joint: bool  # an office of a company follows: "and chief executive"


@dataclass(frozen=True, slots=True)
class Classified:
    """An office's kind, state and body."""

    kind: str
    state: str | None
    body: str | None
    assumed: bool = False  # the state goes with the title and is not said


def classified(parts: OfficeParts) -> Classified | None:
    """The kind of office; None if the words are none."""
    body = organisation_of(parts.body) if parts.body else None
    state = parts.state or (body.state if body else None)
    kind = _kind(parts, body)
    if kind is None:
        return None
    if state is None and parts.body is None and (assumed := _assumed(parts, kind)):
        return Classified(kind, assumed, None, True)
    if kind == "international_organisation_head" and body and body.name == "United Nations":
        kind = "un_official"
    if kind in ("ambassador_other", "us_ambassador", "ambassador_to_us"):
        kind = _ambassador(state, parts.host, body)
    return Classified(kind, state, parts.body)


def _kind(parts: OfficeParts, body: Organisation | None) -> str | None:
    """The kind, by family."""
    reader = _READERS.get(parts.family)
    return reader(parts, body) if reader else None


def _president(parts: OfficeParts, body: Organisation | None) -> str | None:
    if parts.body is not None:
        return _of_body(parts, body)
    if parts.joint or set(parts.qualifiers) & {"executive", "senior", "assistant", "associate"}:
        return "company_head" if parts.joint else "other_office"
    if set(parts.qualifiers) & {"vice", "deputy"}:
        return "vice_president"
    if parts.portfolio:
        return "other_office"
    return "head_of_state"


def _premier(parts: OfficeParts, body: Organisation | None) -> str | None:
    if "exchequer" in parts.portfolio:
        return "finance_minister"
    if parts.body is not None and body is None:
        return "other_office"
    return "deputy_head_of_government" if _deputy(parts) else "head_of_government"


def _minister(parts: OfficeParts, body: Organisation | None) -> str | None:
    if "prime" in parts.qualifiers:
        return "deputy_head_of_government" if _deputy(parts) else "head_of_government"
    if "chief" in parts.qualifiers:
        return "subnational_head"
    if _deputy(parts) or "of state" in parts.qualifiers:
        return "deputy_minister"
    return _portfolio(parts.portfolio)


def _secretary(parts: OfficeParts, body: Organisation | None) -> str | None:
    qualifiers = set(parts.qualifiers)
    if "press" in qualifiers:
        return "spokesperson"
    if "general" in qualifiers:
        if body is not None and body.kind == "political_party":
            return "party_leader"
        return "other_office" if _deputy(parts) else "international_organisation_head"
    if "of state" in qualifiers:
        if _deputy(parts):
            return "deputy_minister"
        return _portfolio(parts.portfolio) if parts.portfolio else "foreign_minister"
    if qualifiers & {"cabinet", "private", "executive", "permanent", "parliamentary"}:
        return "other_office"
    if _deputy(parts):
        return "deputy_minister"
    if parts.portfolio:
        return _portfolio(parts.portfolio)
    if parts.body is not None:
        return _of_body(parts, body)
    return "other_minister" if parts.named or parts.state else None


def _undersecretary(parts: OfficeParts, body: Organisation | None) -> str | None:
    return "deputy_minister"


def _ambassador_family(parts: OfficeParts, body: Organisation | None) -> str | None:
    return "ambassador_other"


def _charge(parts: OfficeParts, body: Organisation | None) -> str | None:
    return "ambassador_other" if parts.qualifiers else None


def _representative(parts: OfficeParts, body: Organisation | None) -> str | None:
    qualifiers = set(parts.qualifiers)
    if "permanent" in qualifiers:
        return "ambassador_other"
    if "high" in qualifiers:
        return "international_organisation_head"
    if "official" in qualifiers:
        return "spokesperson"
    if qualifiers & {"special"}:
        return "other_office"
    if parts.head == "representative" and parts.body is not None:
        return "other_office"
    return None


def _governor(parts: OfficeParts, body: Organisation | None) -> str | None:
    if "general" in parts.qualifiers:
        return "head_of_state"
    if parts.body is not None and "bank" in fold(parts.body).split():
        return "central_bank_governor"
    return "subnational_head"


def _speaker(parts: OfficeParts, body: Organisation | None) -> str | None:
    said = parts.body is not None or parts.state is not None or "of the house" in parts.qualifiers
    return "parliament_speaker" if said or (parts.named and parts.head == "speaker") else None


def _head(parts: OfficeParts, body: Organisation | None) -> str | None:
    qualifiers = set(parts.qualifiers)
    if "of state" in qualifiers:
        return "head_of_state"
    if "of government" in qualifiers:
        return "head_of_government"
    if "executive" in qualifiers:
        return "company_head"
    if "justice" in qualifiers:
        return "judicial_or_legal"
    if parts.body is not None:
        return _of_body(parts, body)
    if parts.head in ("commander", "commanders") or "in chief" in qualifiers or "of staff" in qualifiers:
        return "security_or_military_chief"
    if qualifiers & {"opposition", "party"}:
        return "party_leader"
    if "supreme" in qualifiers and parts.head == "leader":
        return "head_of_state"
    if parts.head == "leader" and parts.state:
        return "head_of_state"
    if parts.head in ("director", "commissioner") and (qualifiers or parts.portfolio):
        return "other_office"
    if qualifiers & word_list("facts", "head"):
        return "security_or_military_chief"
    if parts.portfolio:
        kind = _portfolio(parts.portfolio)
        return kind if parts.head in ("chief", "boss") and kind != "other_minister" else "other_office"
    return None


def _executive(parts: OfficeParts, body: Organisation | None) -> str | None:
    return "company_head"


def _rank(parts: OfficeParts, body: Organisation | None) -> str | None:
    if parts.head in ("general", "major", "captain", "marshal") and not (parts.named or parts.qualifiers):
        return None
    return "military_rank"


def _monarch(parts: OfficeParts, body: Organisation | None) -> str | None:
    return "head_of_state" if parts.state or parts.named or parts.head in ("pope", "emir", "sultan") else None


def _prince(parts: OfficeParts, body: Organisation | None) -> str | None:
    return "other_office" if "crown" in parts.qualifiers or parts.named else None


def _legal(parts: OfficeParts, body: Organisation | None) -> str | None:
    if parts.head == "attorney" and "general" not in parts.qualifiers:
        return None
    if parts.head in ("justice", "justices") and not (parts.named or parts.qualifiers):
        return None
    return "judicial_or_legal"


def _adviser(parts: OfficeParts, body: Organisation | None) -> str | None:
    if {"national", "security"} <= set(parts.qualifiers) | set(parts.portfolio):
        return "security_or_military_chief"
    return "other_office" if parts.qualifiers or parts.portfolio or parts.body or parts.state else None


def _always(kind: str):  # type: ignore[no-untyped-def]
    return lambda parts, body: kind


_READERS = {
    "president": _president, "premier": _premier, "minister": _minister, "secretary": _secretary,
    "undersecretary": _undersecretary, "ambassador": _ambassador_family, "charge": _charge,
    "envoy": _always("other_office"), "consul": _always("other_office"), "representative": _representative,
    "spokesperson": _always("spokesperson"), "governor": _governor, "mayor": _always("subnational_head"),
    "legislator": _always("legislator"), "speaker": _speaker, "monarch": _monarch, "prince": _prince,
    "head": _head, "executive": _executive, "rank": _rank, "legal": _legal, "adviser": _adviser,
    "ayatollah": _always("other_office"),
}  # fmt: skip


def _of_body(parts: OfficeParts, body: Organisation | None) -> str:
    """What the head of a body is: by the kind the facts know it as, else by its last word."""
    deputy = _deputy(parts)
    name = fold(body.name if body else parts.body or "")
    kind = _by_words(name, fold(parts.body or ""))
    if body is not None:
        kind = _ORGANISATIONS.get(body.kind, kind) if kind != "ministry" else kind
        if body.name == "Kremlin" or body.name == "White House":
            kind = "other_office"
    if kind == "ministry":
        return "deputy_minister" if deputy else _portfolio(tuple(name.split()))
    return "other_office" if deputy else kind


_ORGANISATIONS = {
    "igo": "international_organisation_head", "alliance": "international_organisation_head",
    "legislature": "parliament_speaker", "court": "judicial_or_legal", "political_party": "party_leader",
    "armed_forces": "security_or_military_chief", "armed_group": "party_leader",
    "paramilitary": "security_or_military_chief", "company": "company_head", "company_state": "company_head",
    "political_movement": "party_leader", "criminal_group": "other_office",
    "government_agency": "security_or_military_chief",
}  # fmt: skip


def _by_words(name: str, worded: str) -> str:
    words = name.split()
    for word in (*reversed(words), *reversed(worded.split())):
        if word in BODIES:
            return BODIES[word]
    return "other_office"


def _portfolio(words: tuple[str, ...]) -> str:
    """The kind of minister of a portfolio: the word with a kind of its own decides."""
    if "state" in words and "department" in words:
        return "foreign_minister"
    kinds = [PORTFOLIOS[word] for word in words if word in PORTFOLIOS]
    for kind in kinds:
        if kind in MINISTERS and not (kind == "finance_minister" and "foreign_minister" in kinds):
            return kind
    return "other_minister"


def _deputy(parts: OfficeParts) -> bool:
    return bool(DEPUTY & set(parts.qualifiers))


def _assumed(parts: OfficeParts, kind: str) -> str | None:
    """The state of titles that one state is known for."""
    qualifiers = set(parts.qualifiers)
    if parts.family == "secretary":
        if "of state" in qualifiers and not parts.portfolio:
            return "USA"
        if "of state" in qualifiers or {"foreign", "home"} & set(parts.portfolio):
            return "GBR"
    if parts.head == "chancellor" and "exchequer" in parts.portfolio:
        return "GBR"
    if parts.family == "legislator" and parts.head in _AMERICAN:
        return "USA"
    if parts.head == "taoiseach":
        return "IRL"
    return "VAT" if parts.head in ("pope", "pontiff") else None


_AMERICAN = word_list("facts", "american")


def _ambassador(state: str | None, host: str | None, body: Organisation | None) -> str:
    if body is not None and body.name == "United Nations":
        return "un_permanent_representative"
    if host == "USA":
        return "ambassador_to_us"
    return "us_ambassador" if state == "USA" else "ambassador_other"
