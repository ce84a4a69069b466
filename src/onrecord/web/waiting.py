"""Uploads on their way into the record, each in a file beside it until it is there: no end of the server, nor
of the machine, loses what was handed over.

    affair.duckdb.uploads/2024-05-01T100000Z-ID     a line of JSON (id, started, names, sizes), then the bytes

A file appears when it is whole and on the disk. Who adds it holds it; what nobody holds is left over.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from onrecord.errors import UsageError
from onrecord.files import CAN_HOLD, PLAINLY, hold, is_at
from onrecord.sources import Given


@dataclass(slots=True)
class Kept:
    """One upload in its file: what it is called, when it was sent (ISO 8601, UTC), and the names in it."""

    path: Path
    id: str
    started: str
    names: tuple[str, ...]
    handle: int = -1

    def given(self) -> list[Given]:
        """What was sent."""
        with self.path.open("rb") as file:
            return [Given(name, file.read(size)) for name, size in json.loads(file.readline())["files"]]

    def forget(self) -> None:
        """It is in the record."""
        self.path.unlink(missing_ok=True)
        self.release()
        with suppress(OSError):  # others wait there
            self.path.parent.rmdir()

    def release(self) -> None:
        """Hold it no more; it is left over."""
        if self.handle >= 0:
            os.close(self.handle)
            self.handle = -1


class Waiting:
    """The uploads that wait beside one record."""

    def __init__(self, record: Path) -> None:
        """``record``: its path."""
        self.folder = record.with_name(record.name + ".uploads")

    def keep(self, id: str, started: str, given: Sequence[Given]) -> Kept:
        """Write an upload to the disk; raises UsageError if that cannot be done, and then it is not taken."""
        path = self.folder / f"{started.replace(':', '')}-{id}"
        draft = path.with_name(f".{path.name}.part")
        head = {"id": id, "started": started, "files": [(one.name, len(one.data)) for one in given]}
        handle = -1
        try:
            self.folder.mkdir(exist_ok=True)
            handle = os.open(draft, os.O_RDWR | os.O_CREAT | os.O_EXCL | PLAINLY, 0o666)
            hold(handle)
            with open(handle, "wb", closefd=False) as file:
                file.write(json.dumps(head).encode() + b"\n")
                file.writelines(one.data for one in given)
            os.fsync(handle)
            if not CAN_HOLD:  # where an open file cannot be renamed
                os.close(handle)
                handle = -1
            draft.rename(path)
            _to_disk(self.folder)
        except OSError as error:
            if handle >= 0:
                os.close(handle)
            with suppress(OSError):
                draft.unlink()
            reason = error.strerror or str(error)
            raise UsageError(f"the upload cannot be kept: {reason}", hint="nothing was taken") from error
        return Kept(path, id, started, tuple(one.name for one in given), handle)

    def left(self) -> list[Kept]:
        """What earlier starts left over, the oldest first; held from now on."""
        if not self.folder.is_dir():
            return []
        found = [_taken(path) for path in sorted(self.folder.iterdir())]
        return [one for one in found if one is not None]


def _taken(path: Path) -> Kept | None:
    """The upload at ``path``; None if another server has it, or it is none. Half a one is removed."""
    handle = -1
    try:
        handle = os.open(path, os.O_RDWR | PLAINLY)
        if hold(handle) and is_at(handle, path):
            if path.suffix == ".part":
                path.unlink()
            else:
                with open(handle, "rb", closefd=False) as file:
                    head = json.loads(file.readline())
                names = tuple(str(name) for name, _ in head["files"])
                return Kept(path, str(head["id"]), str(head["started"]), names, handle)
    except (OSError, ValueError, KeyError, TypeError):
        pass
    if handle >= 0:
        os.close(handle)
    return None


def _to_disk(folder: Path) -> None:
    """A name in a folder outlives the machine once the folder is on the disk."""
    if not CAN_HOLD:  # where folders cannot be opened
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
