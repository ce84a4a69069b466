"""What reading takes of memory is bounded: by pieces, not by characters; what would take more is refused."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from stub_network import stub_network

from onrecord.documents import DocumentSettings
from onrecord.reading.encoder import network
from onrecord.reading.one import ReadSettings, read_one
from onrecord.reading.quotes import passes
from onrecord.values import Failure, RawDocument, Reading

MOST_MEGABYTES = 700
READ = """
import resource, sys
import onrecord.reading.whole as whole
from onrecord.documents import DocumentSettings
from onrecord.reading.encoder import network
from onrecord.reading.one import ReadSettings, read_one
from onrecord.values import RawDocument, Reading
from stub_network import stub_network
stub = stub_network(network())
whole.network = lambda: stub
raw = RawDocument("a", "", sys.argv[1].encode() * int(sys.argv[2]), "text", "", fields={})
found = read_one(raw, settings=ReadSettings(documents=DocumentSettings(as_is=True)))
print(isinstance(found, Reading), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


@pytest.mark.long
@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere ru_maxrss has other units")
def test_a_piece_for_every_character() -> None:
    """A hundred thousand characters that are a piece each: four times the pieces of prose."""
    path = os.pathsep.join([str(Path(__file__).parent), *filter(None, sys.path)])
    command = [sys.executable, "-c", READ, "a&", "50000"]
    done = subprocess.run(
        command, env={**os.environ, "PYTHONPATH": path}, capture_output=True, text=True, check=True
    )
    read, megabytes = done.stdout.split()
    assert read == "True"
    assert int(megabytes) < MOST_MEGABYTES


@pytest.mark.parametrize("text", ["He said so. " * 40, "&" * 500, "word\n\n" * 90, "7" * 300, "a", ""])
def test_passes_cover_the_text_once(text: str) -> None:
    """Each is of as many pieces as may be, and together they are the text."""
    found = list(passes(stub_network(network()), text, most=50))
    assert "".join(one.text for _, one in found) == text
    assert all(text.startswith(one.text, start) for start, one in found)
    assert all(len(one.pieces.ids) <= 50 for _, one in found)


def test_a_text_too_long_for_one_report_is_refused() -> None:
    """With its length, the most there may be, and what to do; one that just fits is read."""
    text = "He said so. " * 10
    raw = RawDocument("a", "", text.encode(), "text", "", fields={})
    as_is = DocumentSettings(as_is=True)
    found = read_one(raw, settings=ReadSettings(documents=as_is, longest=119))
    assert isinstance(found, Failure)
    assert found.reason == "too long: the text has 120 characters, at most 119 are read as one report"
    assert "split" in found.hint
    assert isinstance(read_one(raw, settings=ReadSettings(documents=as_is, longest=120)), Reading)


def test_a_page_of_very_many_tags_is_read_without_a_tree() -> None:
    """Its text is there all the same."""
    page = "<html><body>" + "<p>He <b>said</b> on Monday that it was so.</p>" * 30 + "</body></html>"
    raw = RawDocument("a", "", page.encode(), "html", "", fields={})
    found = read_one(raw, settings=ReadSettings(documents=DocumentSettings(max_tags=100)))
    assert isinstance(found, Reading)
    assert found.document.extractor.endswith("blocks")
    assert "He said on Monday" in found.document.text
