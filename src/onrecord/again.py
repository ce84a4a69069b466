"""A record made again from what it keeps, and compared with what stands in it.

    kept bytes -> read again -> linked again, decisions replayed     (a record in a temporary folder)
               -> each value of each row set beside the one that stands there

The inputs are not needed. It takes as long as a build of all reports does, and as much room on the disk.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import fields, replace
from functools import partial
from itertools import groupby
from pathlib import Path

from onrecord import __version__
from onrecord.building import BuildReport, BuildSettings, Tell, build_found, judge_of, read_by, reader_of
from onrecord.derive.accounts import shipped
from onrecord.derive.decide import Carried, carry
from onrecord.derive.remake import attach, differences, judged_by, linked_by, originals, read_by_runs, take
from onrecord.documents import DocumentSettings
from onrecord.errors import UsageError, writing
from onrecord.ids import document_id
from onrecord.reading.report import ReadSettings
from onrecord.store import Connection, Problem, create, is_finished, open_to_write
from onrecord.store.file.check import check_opened, damage
from onrecord.store.file.database import must_be_there, open_as_it_is, open_to_read, rows
from onrecord.store.listing.actors import decisions
from onrecord.store.listing.filters import Where
from onrecord.store.schema.rows import as_row
from onrecord.values import Failure, RawDocument, Reading

Say = Callable[[str], None]


def check_again(
    path: Path | str,
    *,
    settings: BuildSettings | None = None,
    progress: Tell | None = None,
    note: Say | None = None,
) -> Iterator[Problem]:
    """As ``Record.check``, and every value that is another one when the record is made again.

    What another reader or version read is taken as it stands, and what follows from it is worked out again.

    Args:
        path: of the record.
        settings: what the database may use, how many processes read, for how long; how a report is read is
            taken from the run that read it.
        progress: told of each step of making it again.
        note: told in words what is not compared, and why.

    Raises:
        UsageError: there is no such record; see ``onrecord.store.file.check.damage``.
        StorageError: there is no room for it in the temporary folder.
    """
    path, settings = Path(path), settings or BuildSettings()
    found = list(damage(path, settings.tuning))
    yield from found
    if found:
        return
    with (
        _folder() as folder,
        open_to_read(path, settings.tuning, beside=folder) as kept,
    ):
        yield from check_opened(kept)
        made = _Made(kept, settings, note or _silent)
        made.make(folder / "again.duckdb", progress or _silent)
        for id, reason in made.unread.items():
            yield Problem("raw", id, f"its document cannot be made again: {reason}")
        again = attach(kept, folder / "again.duckdb")
        yield from differences(
            kept,
            again,
            linked=made.linked,
            judged=made.judged,
            versioned=made.same_version,
            unread=made.unread,
        )


def rebuild(
    old: Path | str,
    new: Path | str,
    *,
    settings: BuildSettings | None = None,
    progress: Tell | None = None,
) -> tuple[BuildReport, Carried]:
    """A new record at ``new`` of the originals that ``old`` keeps, which may be of another version.

    All reports are read anew, each under the settings of the run that read it; decisions are carried over.

    Returns:
        What the build did, and which decisions hold in the new record.

    Raises:
        UsageError: ``old`` is no record or keeps no originals, or there is something at ``new`` already.
        RecordLocked, StorageError: as ``build``.
    """
    old, new, settings = Path(old), Path(new), settings or BuildSettings()
    if new.exists():
        raise UsageError(f"{new} is there already", hint="give the new record another name")
    must_be_there(old)
    with open_as_it_is(old, settings.tuning) as kept:
        lacking = {"raw", "location", "run", "decision"} - {name for (name,) in rows(kept, _TABLES)}
        if lacking:
            raise UsageError(
                f"{old} has no table {min(lacking)}: it keeps nothing that a record could be made of",
                hint="build it from its inputs: onrecord build NEW INPUT...",
            )
        found, how = _kept_originals(kept)
        report = build_found(
            new,
            found,
            settings,
            progress or _silent,
            command="rebuild",
            read=partial(_read_as, settings, how),
        )
        decided = [as_row(one) for one in decisions(kept, Where())]
    return report, carry(new, decided, tuning=settings.tuning)


_TABLES = "SELECT table_name FROM information_schema.tables"


def _kept_originals(kept: Connection) -> tuple[Iterator[RawDocument | Failure], dict[str, ReadSettings]]:
    """Every original that a record keeps, and how each document was read, which is filled as they come."""
    how: dict[str, ReadSettings] = {}

    def found() -> Iterator[RawDocument | Failure]:
        for run, noted in list(rows(kept, "SELECT id, settings FROM run ORDER BY id")):
            for id, places in originals(kept, run):
                if not places:
                    yield Failure(id, "document", "its original cannot be unpacked, or has no place", "")
                for raw in places:
                    how[document_id(raw)] = _how(noted)
                    yield raw

    return found(), how


def _read_as(
    settings: BuildSettings, how: dict[str, ReadSettings], raws: Iterable[RawDocument]
) -> Iterator[tuple[RawDocument, Reading | Failure]]:
    """Each report read under settings of its own; those with the same ones come together."""
    for one, some in groupby(raws, key=lambda raw: how[document_id(raw)]):
        for raw, result in read_by(replace(settings, reading=one), some):
            how.pop(document_id(raw), None)
            yield raw, result


class _Made:
    """A record that is made again: what of it is read anew, and what can be compared."""

    def __init__(self, kept: Connection, settings: BuildSettings, note: Say) -> None:
        self._kept, self._settings = kept, settings
        self._how: dict[str, ReadSettings] = {}  # being read -> as the run that read it did
        self.unread: dict[str, str] = {}  # documents -> why they cannot be read
        reader, runs = reader_of(settings), read_by_runs(kept)
        self._own = [one for one in runs if (one.reader, one.version) == (reader, __version__)]
        self._others = [one for one in runs if one not in self._own]
        self.linked = is_finished(kept)
        self.same_version = linked_by(kept) == __version__
        judge = judge_of(settings) or shipped()
        self.judged = judged_by(kept) in (judge.name if judge else "", None)
        for words in self._notes(reader):
            note(words)

    def make(self, path: Path, tell: Tell) -> None:
        """Make it at ``path``."""
        create(path)
        with open_to_write(path, self._settings.tuning) as connection:
            take(self._kept, connection, [one.id for one in self._others])
        build_found(path, self._found(), self._settings, tell, command="check --again", read=self._read)

    def _found(self) -> Iterator[RawDocument]:
        for run in self._own:
            how = _how(run.settings)
            for id, places in originals(self._kept, run.id):
                if not places:
                    self.unread[id] = "its original cannot be unpacked, or has no place"
                for raw in places:
                    self._how[document_id(raw)] = how
                    yield raw

    def _read(self, raws: Iterable[RawDocument]) -> Iterator[tuple[RawDocument, Reading | Failure]]:
        """Each report read under the settings of its run, and which of them cannot be read."""
        for raw, result in _read_as(self._settings, self._how, raws):
            if isinstance(result, Failure):
                self.unread[document_id(raw)] = result.reason
            yield raw, result

    def _notes(self, reader: str) -> Iterator[str]:
        for one in self._others:
            yield (
                f"{one.documents:,} of the documents were read by {one.reader} (Onrecord {one.version}), not "
                f"by {reader} (Onrecord {__version__}): what was read from them is taken as it stands and "
                "not compared, what follows from it is"
            )
        if not self.linked:
            yield (
                "the last build did not finish: actors, copies, dates and all else that is worked out at its "
                "end are not compared; run the build again first"
            )
            return
        if not self.same_version:
            yield (
                f"actors, copies and accounts were worked out by Onrecord {linked_by(self._kept)}, now by "
                f"{__version__}: what differs in them may be due to that"
            )
        if not self.judged:
            name = judged_by(self._kept) or "no model of pairs"
            yield f"claims and accounts are not compared: they were judged by {name}, not by the model here"


def _how(settings: str) -> ReadSettings:
    """How a run read each report, from the settings that it noted; what this version does not know is left
    out."""
    try:
        noted = json.loads(settings)["reading"]
        known = {one.name for one in fields(DocumentSettings)}
        documents = {name: value for name, value in noted["documents"].items() if name in known}
        return ReadSettings(documents=DocumentSettings(**documents), charset=noted["charset"])
    except (ValueError, KeyError, TypeError, AttributeError):
        return ReadSettings()


@contextmanager
def _folder() -> Iterator[Path]:
    """A temporary folder; raises StorageError where none can be made."""
    with writing(Path(tempfile.gettempdir())):
        made = tempfile.TemporaryDirectory(prefix="onrecord-", ignore_cleanup_errors=True)
    with made as name:
        yield Path(name)


def _silent(_: object) -> None:
    """Say nothing."""
