"""Reports that are handed over as bytes, such as files sent from a browser: their names are labels, and no
file of this machine stands behind them."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from onrecord.sources.origin import Found, Origin, one_line
from onrecord.sources.reader import read_file
from onrecord.sources.settings import SourceSettings

PLACE = "added/"
"""What the place of everything that was handed over begins with."""
_LONGEST = 120  # characters of a label


@dataclass(frozen=True, slots=True)
class Given:
    """One file as it was handed over: the name it was said to have, and its bytes."""

    name: str
    data: bytes


def find_given(
    given: Iterable[Given], *, settings: SourceSettings | None = None, now: str
) -> Iterator[Found]:
    """The reports in ``given``, and a failure for each thing in it that cannot be read; lazy, as ``find``.

    Places are "added/NAME", and none has a path: nothing can be read from there again.

    Args:
        given: files; containers and archives are taken apart as those of a folder are.
        settings: limits, field names, encoding.
        now: when they were handed over, ISO 8601 in UTC.
    """
    settings = settings or SourceSettings()
    for one in given:
        name = label(one.name)
        origin = Origin(PLACE + name, name, now, None, size=len(one.data))
        with io.BufferedReader(io.BytesIO(one.data)) as file:
            yield from read_file(file, origin, settings)


def label(name: str) -> str:
    r"""The last part of a name as it can be shown: on one line, without folders and control characters.

    >>> label("C:\\reports\\../a\tb.txt"), label("../.."), label(" ")
    ('a b.txt', 'unnamed', 'unnamed')
    """
    last = one_line(name.replace("\\", "/").rpartition("/")[2], 10 * _LONGEST)
    if len(last) > _LONGEST:
        end = last[-20:]
        last = f"{last[: _LONGEST - len(end) - 1]}…{end}"
    return last if last.strip(". ") else "unnamed"
