"""What reading takes of memory is bounded: by pieces, not by characters; what would take more is refused."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from stub_network import stub_network

from onrecord.documents import DocumentSettings
from onrecord.documents.blocks import blocks
from onrecord.reading.network.encoder import network
from onrecord.reading.report import ReadSettings, read_one
from onrecord.reading.statements.quotes import passes
from onrecord.values import Failure, RawDocument, Reading

MOST_MEGABYTES = 700
READ = """
import resource, sys
import onrecord.reading.report as report
from onrecord.documents import DocumentSettings
from onrecord.reading.network.encoder import network
from onrecord.reading.report import ReadSettings, read_one
from onrecord.values import RawDocument, Reading
from stub_network import stub_network
stub = stub_network(network())
report.network = lambda: stub
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


SIZE = 19_900_000  # bytes, just under the most that a report may have
LARGE = {
    "elements within each other": ("a.html", "<body>", "<div>", "He said no."),
    "elements after each other": ("a.html", "<body>", "<p>a</p>", ""),
    "entities": ("a.html", "<body><p>", "&amp; a ", ""),
    "words of a line each": ("a.txt", "", "word\n", ""),
    "paragraphs": ("a.txt", "", "He said on Monday that no one had come.\n\n", ""),
    "one paragraph": ("a.txt", "", "He said on Monday that no one had come. ", ""),
    "a string of JSON": ("a.json", '{"text": "', "He said on Monday that no one had come. ", '"}'),
}  # name of the file, how it begins, what it is full of, how it ends
RUN = """
import resource, subprocess, sys
done = subprocess.run([sys.executable, "-m", "onrecord", "read", *sys.argv[1:]], capture_output=True, text=True)
print(done.returncode, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)
print(done.stderr)
"""


def peak(path: Path) -> tuple[int, int, str]:
    """Exit code, megabytes and messages of ``onrecord read``, run by a process that has itself little."""
    command = [sys.executable, "-c", RUN, str(path)]
    found = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    numbers, _, messages = found.partition("\n")
    code, megabytes = map(int, numbers.split())
    return code, megabytes, messages


def filled(path: Path, kind: str, size: int) -> Path:
    """A file of ``size`` bytes of a kind of ``LARGE``."""
    name, begin, middle, end = LARGE[kind]
    whole = middle * ((size - len(begin) - len(end)) // len(middle))
    (path / name).write_text(begin + whole + end, encoding="utf-8")
    return path / name


@pytest.mark.corpus
@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere ru_maxrss has other units")
@pytest.mark.parametrize("kind", LARGE)
def test_the_largest_file(kind: str, tmp_path: Path) -> None:
    """A file of as many bytes as a report may have is read, or refused in words, within bounds."""
    code, megabytes, messages = peak(filled(tmp_path, kind, SIZE))
    assert megabytes < MOST_MEGABYTES
    assert (code, messages.strip()) == (0, "") or "too long: " in messages


@pytest.mark.long
@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere ru_maxrss has other units")
def test_what_the_network_leaves_behind(tmp_path: Path) -> None:
    """A pass over a long text costs its scores, not all that the network ever made (450 MB once)."""
    path = tmp_path / "a.txt"
    path.write_text("The minister said on Monday that the talks in Geneva had failed.\n\n" * 900, "utf-8")
    code, megabytes, _ = peak(path)
    assert code == 0
    assert megabytes < 350


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


@pytest.mark.parametrize("kind, line", [("text", "Yes\n"), ("markdown", "Yes\n"), ("html", "<p>Yes</p>")])
def test_a_text_of_too_many_lines_is_refused(kind: str, line: str) -> None:
    """Before they are judged one by one; one that just fits is read."""
    settings = ReadSettings(documents=DocumentSettings(max_lines=12, lines="clean"))
    found = [
        read_one(RawDocument("a", "", (line * count).encode(), kind, "", fields={}), settings=settings)  # type: ignore[arg-type]
        for count in (13, 12)
    ]
    assert isinstance(found[0], Failure)
    assert found[0].reason == "too long: the text has more than 12 lines, which is too many for one report"
    assert "split" in found[0].hint
    assert isinstance(found[1], Reading)


def test_text_deep_within_very_many_elements() -> None:
    """It is found with its place, and what stands behind the elements too."""
    page = "<b>" * 150_000 + "He said no." + "</b>" * 150_000 + "<p>She said yes.</p>"
    found = list(blocks(page))
    assert [one.text for one in found] == ["He said no.", "She said yes."]
    assert page[found[0].start : found[0].end] == "He said no."


def test_a_page_of_very_many_tags_is_read_without_a_tree() -> None:
    """Its text is there all the same."""
    page = "<html><body>" + "<p>He <b>said</b> on Monday that it was so.</p>" * 30 + "</body></html>"
    raw = RawDocument("a", "", page.encode(), "html", "", fields={})
    found = read_one(raw, settings=ReadSettings(documents=DocumentSettings(max_tags=100)))
    assert isinstance(found, Reading)
    assert found.document.extractor.endswith("blocks")
    assert "He said on Monday" in found.document.text
