"""Web archives whose records do not say how long they are: what stands around the broken one is read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from sources_helpers import gzipped, http, put, read, warc_record

LENGTH = re.compile(rb"Content-Length: (\d+)")


def page(number: int) -> bytes:
    return warc_record(f"http://e.org/{number}", http(b"<p>Berth %d is closed.</p>" % number))


def with_length(record: bytes, length: bytes) -> bytes:
    return LENGTH.sub(b"Content-Length: " + length, record, count=1)


def off(by: int) -> bytes:
    """A length that is wrong by so many bytes."""
    found = LENGTH.search(page(2))
    assert found
    return b"%d" % (int(found[1]) + by)


@pytest.mark.parametrize("packed", [False, True])
@pytest.mark.parametrize(
    ("length", "reason"),
    [
        (off(-40), "no record begins behind"),
        (off(-1), "no record begins behind"),
        (off(5), "no record begins behind"),
        (off(150), "no record begins behind"),
        (b"1000000000", "its length is given as 1 GB"),
        (b"9" * 5000, "no record begins behind"),
        (b"-3", "no headers, type or length"),
        (b"many", "no headers, type or length"),
    ],
)
def test_a_wrong_length_costs_its_record_only(
    length: bytes, reason: str, packed: bool, tmp_path: Path
) -> None:
    """Too short, too long, out of all measure, or no number: one failure, and where it is."""
    records = [page(1), with_length(page(2), length), page(3), page(4)]
    path = put(tmp_path / "a.warc", b"".join(map(gzipped, records) if packed else records))
    documents, failures = read(path)
    assert [one.url for one in documents] == [f"http://e.org/{number}" for number in (1, 3, 4)]
    assert [one.data for one in documents][-1] == b"<p>Berth 4 is closed.</p>"
    (failure,) = failures
    assert failure.uri == f"{path}#2"
    assert failure.reason.startswith("unreadable: the WARC is damaged here: ") and reason in failure.reason


def test_bytes_between_records_cost_the_record_before(tmp_path: Path) -> None:
    """Where something is put in between, whose it is cannot be told; the rest is read."""
    path = put(tmp_path / "a.warc", page(1) + b"noise\x00" * 50_000 + b"\r\n\r\n" + page(3))
    documents, failures = read(path)
    assert [one.url for one in documents] == ["http://e.org/3"]
    assert [one.uri for one in failures] == [f"{path}#1"]


def test_a_last_record_that_is_too_short_is_cut_off(tmp_path: Path) -> None:
    """Where no other record follows, the file ends too early."""
    documents, failures = read(put(tmp_path / "a.warc", page(1) + with_length(page(2), off(5000))))
    assert [one.url for one in documents] == ["http://e.org/1"]
    assert [one.reason for one in failures] == ["truncated: the last record of the WARC is cut off"]


def test_the_length_that_the_web_server_told_is_not_believed(tmp_path: Path) -> None:
    """The record says how much there is; what the answer in it says of itself changes nothing."""
    body = b"<p>Berth 2 is closed.</p>"
    records = [
        warc_record(f"http://e.org/{told}", http(body, more=f"Content-Length: {told}\r\n"))
        for told in (3, 9000)
    ]
    documents, failures = read(put(tmp_path / "a.warc", b"".join(records)))
    assert [one.data for one in documents] == [body, body]
    assert failures == []
