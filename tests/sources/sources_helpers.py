"""What the tests of sources share: files written on the spot, archives made of them, and their reading."""

from __future__ import annotations

import gzip
import io
import zipfile
from collections.abc import Sequence
from pathlib import Path

from onrecord.sources import SourceSettings, find
from onrecord.values import Failure, RawDocument

STORY = "The harbour of Port Ansel stays closed, the minister of Varnia said on Tuesday.\n"


def read(*inputs: Path | str, **settings: object) -> tuple[list[RawDocument], list[Failure]]:
    """The reports and the failures of ``inputs``."""
    found = list(find([str(one) for one in inputs], settings=SourceSettings(**settings)))  # type: ignore[arg-type]
    documents = [one for one in found if isinstance(one, RawDocument)]
    return documents, [one for one in found if isinstance(one, Failure)]


def put(path: Path, data: bytes | str) -> Path:
    """A file with ``data``, its folders made."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return path


def zipped(members: Sequence[tuple[str, bytes]]) -> bytes:
    """A zip of ``members``, all last modified at the same second."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(zipfile.ZipInfo(name, (2019, 4, 3, 10, 20, 30)), data, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def gzipped(data: bytes) -> bytes:
    """``data`` as one gzip member, the same bytes each time."""
    return gzip.compress(data, mtime=0)


def warc_record(
    url: str,
    block: bytes,
    *,
    kind: str = "response",
    media: str = "application/http; msgtype=response",
    date: str = "2019-04-03T10:20:30Z",
) -> bytes:
    """One record of a WARC."""
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: {date}\r\n"
        f"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-{len(block):012d}>\r\n"
        f"Content-Type: {media}\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def http(
    body: bytes, *, media: str = "text/html; charset=utf-8", status: str = "200 OK", more: str = ""
) -> bytes:
    """An HTTP response."""
    return f"HTTP/1.1 {status}\r\nContent-Type: {media}\r\n{more}\r\n".encode() + body
