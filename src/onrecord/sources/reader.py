"""One file's bytes become reports and failures: packed ones are unpacked, containers are taken apart.

What goes wrong inside a container is a failure of its place, and the rest is read on. Only a bomb ends the
reading of the whole local file: it was made to be hostile, and each of its parts would be.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from io import BufferedReader
from typing import IO
from zipfile import ZipFile

from onrecord.sources.feeds import read_feed
from onrecord.sources.origin import Found, Origin, SourceProblem, SourceSettings, bomb
from onrecord.sources.sniff import Kind, sniff
from onrecord.sources.streams import (
    CHUNK,
    ArchiveMember,
    Budget,
    Gunzip,
    MemberStream,
    Peeked,
    Readable,
    members,
    open_zip,
    whole,
)
from onrecord.sources.tables import read_json, read_lines, read_table
from onrecord.sources.warc import read_warc

MAX_DEPTH = 3  # archives around a report; "news.zip" in a "backup.zip" in a "disk.zip" is as odd as it gets
_IN_MEMORY = 8_000_000  # bytes of a nested zip held in memory before it goes to an unnamed temporary file

_CONTAINERS: dict[Kind, Callable[[Peeked, Origin, SourceSettings], Iterator[Found]]] = {
    "json": read_json,
    "jsonl": read_lines,
    "table": read_table,
    "feed": read_feed,
    "warc": read_warc,
}


@dataclass(frozen=True, slots=True)
class _Context:
    settings: SourceSettings
    budget: Budget


def read_file(file: Readable, origin: Origin, settings: SourceSettings) -> Iterator[Found]:
    """Everything found in one local file or standard input; never raises but KeyboardInterrupt and its like.

    ``file`` is sought in where it can be (zip); else what has to be sought in is copied first.
    """
    context = _Context(settings, Budget(settings.max_archive_bytes, settings.max_ratio))
    try:
        yield from _read(file, origin, context)
    except SourceProblem as problem:  # a bomb
        yield origin.failure(problem)


def _read(stream: Readable, origin: Origin, context: _Context) -> Iterator[Found]:
    """What ``stream`` holds; raises only Problem "bomb"."""
    try:
        yield from _open(stream, origin, context)
    except SourceProblem as problem:
        if problem.word == "bomb":
            raise
        yield origin.failure(problem)
    except OSError as error:
        detail = error.strerror or type(error).__name__
        yield origin.failure(
            SourceProblem("unreadable", detail, "check that the file can be read, then try again")
        )
    except Exception as error:
        yield origin.failure(unforeseen(error))


def unforeseen(error: Exception) -> SourceProblem:
    """What no one thought of: a row too, since one file must not end a build."""
    hint = "please report it, with the file if you can"
    return SourceProblem("unreadable", f"{type(error).__name__}: {error}", hint)


def _open(stream: Readable, origin: Origin, context: _Context) -> Iterator[Found]:
    settings = context.settings
    peeked = Peeked(stream)
    try:
        kind = sniff(peeked.head, origin.name, mapped=settings.mapping.get("text"), charset=settings.charset)
    except SourceProblem as problem:
        raise _weighed(problem, peeked, origin, settings) from None
    if kind in ("gzip", "zip") and origin.depth >= MAX_DEPTH:
        raise bomb(f"archives are nested more than {MAX_DEPTH} deep")
    if kind == "gzip":
        yield from _read_gzip(peeked, origin, context)
    elif kind == "zip":
        yield from _read_zip(stream, peeked, origin, context)
    elif kind in ("html", "text", "markdown"):
        yield origin.document(whole(peeked, settings.max_document_bytes, size=origin.size), kind)
    else:
        yield from _not_empty(_CONTAINERS[kind](peeked, origin, settings))


def _not_empty(found: Iterator[Found]) -> Iterator[Found]:
    """``found``; raises Problem "empty" when it has nothing: no file that was given is met by silence."""
    first = next(found, None)
    if first is None:
        raise SourceProblem("empty", "no report is in it", "nothing to do unless it should have some")
    yield first
    yield from found


def _weighed(
    problem: SourceProblem, peeked: Peeked, origin: Origin, settings: SourceSettings
) -> SourceProblem:
    """A better word for bytes that say nothing: cut off at the start, a bomb, or too large anyway."""
    if (problem.word, problem.detail) in (_NO_BYTES, _NO_TEXT):
        try:
            whole(peeked, settings.max_document_bytes, size=origin.size)
        except SourceProblem as other:
            return other
    return problem


_NO_BYTES = ("empty", "the file has no bytes")
_NO_TEXT = ("binary", "these bytes are not text")


def _read_gzip(peeked: Peeked, origin: Origin, context: _Context) -> Iterator[Found]:
    name = origin.name
    if name.lower().endswith(".gz"):
        name = name[:-3]
    elif name.lower().endswith(".tgz"):
        name = name[:-4] + ".tar"
    inside = replace(origin, name=name, depth=origin.depth + 1, size=None)
    yield from _open(Gunzip(peeked, context.budget), inside, context)


def _read_zip(stream: Readable, peeked: Peeked, origin: Origin, context: _Context) -> Iterator[Found]:
    with _seekable(stream, peeked) as file, open_zip(file) as archive:
        count = 0
        for member in members(archive):
            count += 1
            place = replace(
                origin,
                uri=f"{origin.uri}!{member.label}",
                name=member.label.rpartition("/")[2],
                retrieved_at=member.modified or origin.retrieved_at,
                depth=origin.depth + 1,
                size=member.size,
            )
            if member.problem is not None:
                yield place.failure(member.problem)
            else:
                yield from _read_member(archive, member, place, context)
        if not count:
            raise SourceProblem("empty", "the zip has no files", "nothing to do unless it should have some")


def _read_member(
    archive: ZipFile, member: ArchiveMember, place: Origin, context: _Context
) -> Iterator[Found]:
    context.budget.check_ratio(member.info.compress_size, member.size)
    try:
        stream = MemberStream(archive, member.info, context.budget)
    except SourceProblem as problem:
        yield place.failure(problem)
        return
    with closing(stream):
        yield from _read(stream, place, context)


@contextmanager
def _seekable(stream: Readable, peeked: Peeked) -> Iterator[IO[bytes]]:
    """``stream`` itself if it is a local file, else an unnamed copy, which counts against the budget."""
    if isinstance(stream, BufferedReader) and stream.seekable():
        yield stream
        return
    with tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY) as copy:
        while part := peeked.read(CHUNK):
            copy.write(part)
        yield copy
