"""Which documents tell of one development: found anew whenever a build brought other documents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from onrecord.linking.stories import Story, StoryReport, find_stories
from onrecord.record.database import Connection
from onrecord.record.derived import is_marked, mark, mark_of, rewrite, text_of_document

Row = dict[str, Any]
_FACTS = "SELECT id, title, published_earliest FROM document ORDER BY id"
_TELL = """
UPDATE document SET story = new.story
FROM (SELECT document.id, told.story FROM document LEFT JOIN told ON told.id = document.id
      WHERE document.story IS DISTINCT FROM told.story) AS new
WHERE new.id = document.id
"""


def tell_all(connection: Connection) -> None:
    """Bring stories up to date, in a transaction of the caller's."""
    facts = connection.execute(_FACTS).fetchall()
    found_in = mark_of(facts)
    if is_marked(connection, "stories", found_in):
        return
    found = find_stories(_reports(connection, facts)).stories
    titles = {id: title for id, title, _ in facts}
    rewrite(connection, "story", (_story(one, titles) for one in found))
    members = [(id, one.id) for one in found for id in one.members]
    connection.execute("CREATE OR REPLACE TEMP TABLE told (id VARCHAR, story VARCHAR)")
    if members:
        columns = [[row[at] for row in members] for at in range(2)]
        connection.execute("INSERT INTO told SELECT unnest(?), unnest(?)", columns)
    connection.execute(_TELL)
    connection.execute("DROP TABLE told")
    mark(connection, "stories", found_in)


def _reports(connection: Connection, facts: Sequence[tuple[Any, ...]]) -> Iterator[StoryReport]:
    for id, title, published in facts:
        yield StoryReport(id, title, text_of_document(connection, id), published)


def _story(one: Story, titles: Mapping[str, str | None]) -> Row:
    return {
        "id": one.id,
        "first": one.first,
        "last": one.last,
        "earliest": one.members[0],
        "title": titles[one.members[0]],
        "reports": len(one.members),
    }
