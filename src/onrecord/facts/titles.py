"""The words that offices are made of, and what kind of office they make.

Kinds are those of the fact tables, and four that the tables do not have: legislator, military_rank,
party_leader and company_head; "other_office" is every other. A minister whose portfolio is not said is
"other_minister".
"""

from __future__ import annotations

from types import MappingProxyType

from onrecord.lang import word_list


def words(text: str) -> frozenset[str]:
    """The words of ``text``."""
    return frozenset(text.split())


# Head word -> family. The family says how the words around it are read.
HEADS = MappingProxyType(
    {word: family for family, listed in {
        "president": "president presidents",
        "premier": "premier premiers chancellor chancellors taoiseach",
        "minister": "minister ministers",
        "secretary": "secretary secretaries",
        "undersecretary": "undersecretary undersecretaries",
        "ambassador": "ambassador ambassadors",
        "charge": "charge chargé chargée",
        "envoy": "envoy envoys",
        "consul": "consul consuls",
        "representative": "representative representatives",
        "spokesperson": "spokesman spokesmen spokeswoman spokeswomen spokesperson spokespersons spokespeople",
        "governor": "governor governors gov. gov",
        "mayor": "mayor mayors",
        "legislator": "senator senators sen. sens. sen rep. reps. rep congressman congressmen congresswoman "
        "congresswomen mp mps lawmaker lawmakers parliamentarian parliamentarians mep meps",
        "speaker": "speaker speakers",
        "monarch": "king queen emir sultan pope emperor pontiff monarch",
        "prince": "prince princess",
        "head": "head heads chief chiefs boss leader leaders director directors chair chairman chairwoman "
        "chairperson commander commanders commissioner commissioners administrator coordinator",
        "executive": "ceo ceos",
        "rank": "general generals gen. admiral admirals adm. colonel colonels col. captain captains capt. "
        "lieutenant "
        "lt. major maj. brigadier brig. marshal commodore sergeant sgt.",
        "legal": "judge judges justice justices prosecutor prosecutors attorney",
        "adviser": "adviser advisers advisor advisors",
        "ayatollah": "ayatollah",
    }.items() for word in listed.split()}
)  # fmt: skip

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
PORTFOLIOS = MappingProxyType(
    {word: kind for kind, listed in {
        "foreign_minister": "foreign external",
        "defence_minister": "defence defense war",
        "interior_minister": "interior home",
        "finance_minister": "finance treasury exchequer finances",
        "other_minister": "affairs relations commonwealth development health education energy oil "
        "petroleum trade "
        "industry commerce agriculture environment labour labor transport transportation information "
        "communication "
        "communications culture justice economy economic economics planning security immigration migration "
        "tourism housing water mines mining science technology sport sports youth women social public works "
        "administration electricity food fisheries infrastructure investment climate gas digital welfare "
        "veterans urban rural pensions work business innovation families family children emergency "
        "emergencies "
        "situations territorial religious parliamentary budget regional international cooperation homeland "
        "equality integration research higher land lands forestry natural resources civil aviation scottish "
        "welsh cabinet",
    }.items() for word in listed.split()}
)  # fmt: skip

# Last words of the names of bodies -> what their head is.
BODIES = MappingProxyType(
    {word: kind for kind, listed in {
        "ministry": "ministry department office treasury chancellery",
        "parliament_speaker": "assembly parliament senate congress duma house knesset rada bundestag council "
        "chamber commons lords majlis cortes",
        "judicial_or_legal": "court tribunal",
        "security_or_military_chief": "command army navy forces guard guards police force staff corps fleet "
        "intelligence",
        "central_bank_governor": "bank reserve",
        "international_organisation_head": "commission union organization organisation fund league",
        "party_leader": "party movement front coalition bloc",
        "other_office": "agency service bureau committee subcommittee administration authority centre center "
        "institute foundation federation association board group corporation company university directorate "
        "embassy mission delegation secretariat government cabinet pentagon kremlin",
    }.items() for word in listed.split()}
)  # fmt: skip
# Bodies called by one word: what stands before it is a state or no part of the name.
CHAMBERS = word_list("facts", "chambers")

US_STATES = word_list("facts", "us_states")

# Kinds whose holder is a person of the state's government: a demonym before them is their state.
MINISTERS = frozenset({"foreign_minister", "defence_minister", "interior_minister", "finance_minister"})
