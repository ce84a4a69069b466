"""What is known beforehand: states, organisations, outlets, how offices are worded, who held which when.

Every fact has its source; see docs/decisions/facts.md. Nothing is unpacked before it is asked for.
"""

from onrecord.facts.bodies import (
    Organisation,
    Outlet,
    State,
    StateFound,
    StateKind,
    organisation_of,
    outlet_of,
    state_kind,
    state_name,
    state_of,
    states,
    states_in,
)
from onrecord.facts.officeholders import Holder, holders, terms
from onrecord.facts.table import fold, key
from onrecord.facts.wording import OfficeFound, office_in

__all__ = [
    "Holder",
    "OfficeFound",
    "Organisation",
    "Outlet",
    "State",
    "StateFound",
    "StateKind",
    "fold",
    "holders",
    "key",
    "office_in",
    "organisation_of",
    "outlet_of",
    "state_kind",
    "state_name",
    "state_of",
    "states",
    "states_in",
    "terms",
]
