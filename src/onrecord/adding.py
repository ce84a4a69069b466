"""Adding reports that are handed over to a record that others look at meanwhile.

    bytes -> prepare: found, read, kept in a file without a name       (seconds a report; the record is free)
          -> put: written and linked in one build of what was read     (the record is closed to others)

A kill while reading leaves the record as it was; one while writing leaves it as a killed build does, and the
next build makes it good.
"""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO, Any

from onrecord.building import BuildReport, BuildSettings, Tell, build_found, read_by
from onrecord.ids import document_id
from onrecord.sources import Given, find_given
from onrecord.values import Failure, RawDocument, Reading

_IN_MEMORY = 32_000_000  # bytes of what was read that are held in memory; more goes into a file
_AGAIN = "add it again; if it fails again, please report it with the file"


@dataclass(frozen=True, slots=True)
class AddedPiece:
    """One thing that was found: a report that is or comes into the record, or a failure."""

    uri: str
    document: str | None = None
    failure: Failure | None = None
    statements: int = 0


class Prepared:
    """What was read, waiting to be written; close it when that is done."""

    def __init__(self) -> None:
        """Nothing yet."""
        # Closed by ``close``.
        self._file: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115
        self.pieces: list[AddedPiece] = []

    def close(self) -> None:
        """Forget it all."""
        self._file.close()

    def add(self, raw: RawDocument | None, result: Reading | Failure | None) -> AddedPiece:
        """Keep a report with what was read from it (None: it stands in the record), or a failure alone."""
        if isinstance(result, Failure):
            result = _told(result)
        pickle.dump((raw, result), self._file, pickle.HIGHEST_PROTOCOL)
        self.pieces.append(_piece(raw, result))
        return self.pieces[-1]

    def __iter__(self) -> Iterator[tuple[RawDocument | None, Any]]:
        """All of it, in the order it came; from this very process, so that it may be unpickled."""
        self._file.seek(0)
        for _ in self.pieces:
            yield pickle.load(self._file)


def prepare(
    given: Iterable[Given],
    *,
    settings: BuildSettings,
    now: str,
    is_known: Callable[[str], bool],
    tell: Callable[[AddedPiece], None],
) -> Prepared:
    """Read all that is ``given``, without the record.

    Args:
        given: files as handed over.
        settings: how reports are found and read.
        now: when they were handed over, ISO 8601 in UTC.
        is_known: whether the record has the document with this id, which is then not read again.
        tell: told of each piece; what it raises ends the reading.
    """
    prepared = Prepared()

    def new() -> Iterator[RawDocument]:
        for one in find_given(given, settings=settings.sources, now=now):
            if isinstance(one, Failure):
                tell(prepared.add(None, one))
            elif is_known(document_id(one)):
                tell(prepared.add(one, None))
            else:
                yield one

    try:
        for raw, result in read_by(settings, new()):
            tell(prepared.add(raw, result))
    except BaseException:
        prepared.close()
        raise
    return prepared


def put(path: Path, prepared: Prepared, *, settings: BuildSettings, tell: Tell) -> BuildReport:
    """Write what was ``prepared`` into the record at ``path``, and link it; raises as ``build``."""
    results: dict[str, Reading | Failure] = {}

    def found() -> Iterator[RawDocument | Failure]:
        for raw, result in prepared:
            if raw is None:
                yield result
                continue
            if result is not None:
                results[document_id(raw)] = result
            yield raw

    def read(raws: Iterable[RawDocument]) -> Iterator[tuple[RawDocument, Reading | Failure]]:
        for raw in raws:
            id = document_id(raw)
            yield raw, results.pop(id) if id in results else _gone(raw)

    return build_found(path, found(), settings, tell, command="add", read=read)


def _piece(raw: RawDocument | None, result: Reading | Failure | None) -> AddedPiece:
    if isinstance(result, Failure):
        return AddedPiece(result.uri, None, result)
    assert raw is not None, "without a report there is a failure"
    return AddedPiece(raw.uri, document_id(raw), None, len(result.statements) if result else 0)


def _told(failure: Failure) -> Failure:
    """A failure of what cannot be read again from where it was, with a hint that holds for it."""
    return replace(failure, hint=_AGAIN, path=None) if "--retry" in failure.hint else failure


def _gone(raw: RawDocument) -> Failure:
    """A report that was in the record while others were read, and is not any more."""
    return Failure(raw.uri, "reading", "missing: the record was replaced meanwhile", _AGAIN)
