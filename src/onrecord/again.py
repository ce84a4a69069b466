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
from itertools import groupby
from pathlib import Path

from onrecord import __version__
from onrecord.building import BuildSettings, Tell, build_found, judge_of, read_by, reader_of
from onrecord.derive.accounts import shipped
from onrecord.derive.remake import attach, differences, judged_by, linked_by, originals, read_by_runs, take
from onrecord.documents import DocumentSettings
from onrecord.errors import writing
from onrecord.ids import document_id
from onrecord.reading.report import ReadSettings
from onrecord.store import Connection, Problem, create, is_finished, open_to_write
from onrecord.store.file.check import check_opened, damage
from onrecord.store.file.database import open_to_read
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
        """Each report read under the settings of its run; runs with the same ones come together."""
        for how, some in groupby(raws, key=lambda raw: self._how[document_id(raw)]):
            for raw, result in read_by(replace(self._settings, reading=how), some):
                id = document_id(raw)
                self._how.pop(id, None)
                if isinstance(result, Failure):
                    self.unread[id] = result.reason
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
