"""How a record tells where reports lie: so that they are found again, and nobody learns whose folder it was.

    typed                             place in the record (``uri``)    to try again (``path``)
    reports/a.txt                     reports/a.txt                    see below
    /people/ada/case/reports/a.txt    reports/a.txt                    see below
    /people/ada/news/a.txt            ~/news/a.txt                     ~/news/a.txt
    /srv/news/a.txt                   /srv/news/a.txt                  /srv/news/a.txt
    /media/ada/stick/a.txt            …/stick/a.txt                    none

What is typed from the root is told from the working folder, or the record's, where it lies below one. A
``path`` is told from the folder of the record where it lies below that, so that both can be moved together.
"""

from __future__ import annotations

import getpass
import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from onrecord.sources.inputs import slashes
from onrecord.values import Failure, RawDocument

_HOMES = ("home", "Users")  # first folders of a path whose own folders are people's


@dataclass(frozen=True, slots=True)
class Folders:
    """Folders that places are told from, with forward slashes, absolute.

    Attributes:
        working: where one is.
        record: that the record lies in.
        homes: of who builds, under each of its names; none if unknown.
        names: of who builds; a folder of such a name is not told.
    """

    working: str
    record: str
    homes: tuple[str, ...]
    names: frozenset[str]

    def told(self, found: Iterable[RawDocument | Failure]) -> Iterator[RawDocument | Failure]:
        """``found`` with places and paths as a record tells them."""
        for one in found:
            if one.path is None:
                yield one
                continue
            file = one.path if one.uri.startswith(one.path) else one.path.removeprefix(f"{self.working}/")
            file = file if one.uri.startswith(file) else one.uri
            place = self.place(file) + one.uri.removeprefix(file)
            yield replace(one, uri=place, path=self.path(one.path))

    def place(self, typed: str) -> str:
        """The place of a local file: as ``typed``, but for what is not told.

        >>> ada = Folders("/people/ada/case", "/people/ada/case/out", ("/people/ada",), frozenset({"ada"}))
        >>> [ada.place(one) for one in ("../a.txt", "/people/ada/case/b.txt", "/people/ada/c", "/mnt/ada/d")]
        ['../a.txt', 'b.txt', '~/c', '…/d']
        """
        whole = self._whole(typed)
        if not Path(typed).is_absolute() and self._tells_nobody(whole, self.working):
            return typed
        return self._near(whole, (self.working, self.record)) or self._told(whole)

    def path(self, typed: str) -> str | None:
        """Where a local file can be found again; None if that would tell whose folder it lies in."""
        whole = self._whole(typed)
        told = self._near(whole, (self.record,)) or self._told(whole)
        return None if told.startswith("…/") else told

    def found(self, path: str) -> str:
        """The file that a ``path`` in the record names.

        >>> ada = Folders("/tmp", "/srv/case", ("/people/ada",), frozenset())
        >>> [ada.found(one) for one in ("in/a.txt", "~/a.txt", "/srv/a.txt")]
        ['/srv/case/in/a.txt', '/people/ada/a.txt', '/srv/a.txt']
        """
        if path.startswith("~/") and self.homes:
            return f"{self.homes[0]}/{path[2:]}"
        return (Path(self.record) / path).as_posix()

    def _whole(self, typed: str) -> str:
        return Path(os.path.normpath(Path(self.working) / typed)).as_posix()

    def _at_home(self, whole: str) -> str | None:
        return next((rest for home in self.homes if (rest := _below(whole, home)) is not None), None)

    def _tells_nobody(self, whole: str, folder: str) -> bool:
        """Whether the way from ``folder`` to a file does not lead into the home folder from outside."""
        return self._at_home(whole) is None or self._at_home(folder) is not None

    def _near(self, whole: str, bases: Iterable[str]) -> str | None:
        """A path as seen from the first of ``bases`` that it lies in."""
        seen = (_below(whole, base) for base in bases if self._tells_nobody(whole, base))
        return next((one for one in seen if one is not None), None)

    def _told(self, whole: str) -> str:
        """A path as seen from the home folder; elsewhere whole, but for all up to somebody's name."""
        at_home = self._at_home(whole)
        if at_home is not None:
            return f"~/{at_home}"
        parts = whole.split("/")
        named = [at for at, one in enumerate(parts) if one in self.names or (at == 2 and parts[1] in _HOMES)]
        return "/".join(["…", *parts[named[-1] + 1 :]]) if named else whole


def folders(record: Path) -> Folders:
    """The folders of this process, and of the ``record`` that it builds."""
    try:
        home = Path.home()
        homes = tuple(dict.fromkeys(slashes(one) for one in (home, Path(os.path.realpath(home)))))
    except RuntimeError:
        homes = ()
    try:
        working = Path.cwd()
    except OSError:  # it is gone
        working = Path(os.sep)
    try:
        names = {getpass.getuser()}
    except (KeyError, OSError, ImportError):
        names = set()
    names |= {home.rpartition("/")[2] for home in homes}
    folder = Path(os.path.normpath(working / record)).parent
    return Folders(slashes(working), slashes(folder), homes, frozenset(names - {""}))


def _below(whole: str, folder: str) -> str | None:
    """``whole`` as seen from ``folder``; None if it is not in it, or that is the root.

    >>> _below("/a/b/c", "/a"), _below("/ab/c", "/a"), _below("/a", "/")
    ('b/c', None, None)
    """
    if whole == folder:
        return "."
    return whole[len(folder) + 1 :] if folder != "/" and whole.startswith(f"{folder}/") else None
