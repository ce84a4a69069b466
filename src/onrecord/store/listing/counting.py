"""Counting by report, by independent report or by outlet.

report        each document once; exact copies are left out, as in all listings
independent   of a group of copies, the one that has most is counted
outlet        how many outlets have any; an unknown one is its site, else one of its own
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from onrecord.store.listing.listing import SHOWN_ONLY

Count = Literal["report", "independent", "outlet"]
_SITE = "nullif(regexp_extract(document.url, '^https?://(?:www[.])?([^/]+)', 1), '')"
OUTLET = f"coalesce(document.outlet, {_SITE})"
"""An outlet as copies know it: its name, else its site, else nothing."""

# What is counted once.
KEYS: Mapping[Count, str] = {
    "report": "document.id",
    "independent": "coalesce(document.copy_group, document.duplicate_of, document.id)",
    "outlet": f"coalesce({OUTLET}, document.id)",
}
# Which documents, and which statements: an exact copy tells that its outlet has it, too.
DOCUMENTS: Mapping[Count, str] = {
    "report": "document.duplicate_of IS NULL",
    "independent": "true",
    "outlet": "true",
}
_ANY = "NOT statement.boilerplate AND statement.rejected IS NULL"
STATEMENTS: Mapping[Count, str] = {"report": SHOWN_ONLY, "independent": _ANY, "outlet": _ANY}
# What becomes of the most that one report has, of all that are counted once together.
TOTAL: Mapping[Count, str] = {"report": "sum", "independent": "sum", "outlet": "count"}


def statements_by(what: str, count: Count) -> str:
    """A question for the number of statements for each value of ``what``, a column of ``statement``."""
    return f"""
SELECT what, {TOTAL[count]}(most)::BIGINT FROM (
    SELECT what, key, max(number) AS most FROM (
        SELECT {what} AS what, {KEYS[count]} AS key, document.id, count(*) AS number
        FROM statement JOIN document ON document.id = statement.document_id
        WHERE {STATEMENTS[count]} GROUP BY ALL)
    GROUP BY ALL)
GROUP BY what ORDER BY 2 DESC, 1"""
