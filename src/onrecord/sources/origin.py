"""Where bytes were found: what a report or a failure says about its place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from onrecord.sources.problems import Problem
from onrecord.values import Failure, RawDocument, RawKind

Found = RawDocument | Failure


@dataclass(frozen=True, slots=True)
class Origin:
    """A file, a member of an archive, or an item of either.

    Attributes:
        uri: the place as typed: ``reports/a.zip!x/b.jsonl#17``.
        name: the last part of the innermost path, without ``.gz``: ``b.jsonl#17``.
        retrieved_at: ISO 8601, UTC, whole seconds.
        path: the absolute path of the outermost local file; None for standard input.
        depth: how many archives are around it.
        size: the number of bytes, where it is known without reading.
    """

    uri: str
    name: str
    retrieved_at: str
    path: str | None
    depth: int = 0
    size: int | None = None

    def item(self, number: int) -> Origin:
        """The place of item ``number`` (a line, row, entry or record) in this file."""
        return replace(self, uri=f"{self.uri}#{number}", name=f"{self.name}#{number}", size=None)

    def failure(self, problem: Problem) -> Failure:
        """The row that says what kept this place from being read."""
        return Failure(
            uri=self.uri, stage="source", reason=one_line(str(problem)), hint=problem.hint, path=self.path
        )

    def document(
        self,
        data: bytes,
        kind: RawKind,
        *,
        body: str | None = None,
        url: str | None = None,
        charset: str | None = None,
        fields: Mapping[str, str] | None = None,
        retrieved_at: str | None = None,
    ) -> RawDocument:
        """The report found at this place."""
        return RawDocument(
            uri=self.uri,
            name=url or self.name,
            data=data,
            kind=kind,
            retrieved_at=retrieved_at or self.retrieved_at,
            body=body,
            url=url,
            charset=charset,
            fields=dict(fields or {}),
            path=self.path,
        )


def one_line(text: str, most: int = 300) -> str:
    """``text`` on one line, without control characters, and not longer than a message should be."""
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line if len(line) <= most else line[: most - 1] + "…"
