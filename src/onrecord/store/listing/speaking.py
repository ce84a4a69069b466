"""Who speaks: the speakers of statements with the actors they are, as a piece of SQL for all that ask."""

from __future__ import annotations

NTH = "generate_subscripts(speakers, 1) AS nth"
"""A column to keep: which of the speakers of its statement it is, from 1."""


def speakers(
    statements: str = "FROM statement",
    *,
    keep: str = "document_id, id",
    members: str = "actor_member",
    known: bool = True,
) -> str:
    """What follows FROM: a row for each speaker of each statement, ``said``, beside the ``member`` it is.

    Args:
        statements: which ones; what it is FROM has the columns of ``statement``.
        keep: columns of that which ``said`` has, ``document_id`` among them; it also has ``entity``, the
            number of the entity that speaks.
        members: a table that has the columns of ``actor_member``.
        known: only speakers that are one of ``members``; else those of all others are empty.
    """
    return f"""(SELECT {keep}, unnest(speakers).entity AS entity {statements}) AS said
{"" if known else "LEFT "}JOIN {members} AS member
     ON member.document_id = said.document_id AND member.entity = said.entity"""


SPOKE = f"""statement.rowid IN (
WITH mine AS (SELECT document_id, entity FROM actor_member WHERE actor_id IN ({{actors}}))
SELECT said.n FROM {
    speakers(
        "FROM statement WHERE document_id IN (SELECT document_id FROM mine)",
        keep="document_id, rowid AS n",
        members="mine",
    )
})"""
"""The condition on ``statement`` that an actor speaks; "{actors}" is a question for ids. Rows are met by
their numbers in the file, and only in reports that have the actor, which takes half the time."""
NAME = "CASE WHEN member.actor_id IS NULL THEN entity.name ELSE actor.name END"
"""What a speaker is called: as its actor is, unless a person has rejected that, else as its report does."""
CALLED = """LEFT JOIN entity ON entity.document_id = said.document_id AND entity.number = said.entity
LEFT JOIN actor ON actor.id = member.actor_id AND actor.rejected IS NULL"""
"""What follows ``speakers`` for that."""


def names_of(statements: str = "FROM statement") -> str:
    """A question for the names, ids and states of the speakers of each statement; as for ``speakers``."""
    return f"""
SELECT said.document_id, said.id, list({NAME} ORDER BY nth) AS names,
       list(actor.id ORDER BY nth) AS ids, list(actor.state ORDER BY nth) AS states
FROM {speakers(statements, keep=f"document_id, id, {NTH}", known=False)}
{CALLED}
GROUP BY said.document_id, said.id
"""
