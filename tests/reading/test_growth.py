"""What a report costs grows with its length and no faster, whatever it is made of.

The one test that looks at the clock: at the processor time of this process, the least of several attempts, of
a text and of texts twice and four times as long.
"""

from __future__ import annotations

import gc
import html
from itertools import pairwise
from time import process_time

import pytest
from stub_network import stub_network

import onrecord.reading.report
from onrecord.reading.network.encoder import network
from onrecord.reading.report import ReadSettings, read_one
from onrecord.values import RawDocument

MOST = 2.6  # times the cost for twice the length
FLOOR = 0.15  # seconds below which nothing can be told
ATTEMPTS = 5
SETTINGS = ReadSettings()

# What rules have stumbled over, in these or other programs: repeated until the text is long enough.
TROUBLES = [
    "111,", "7", "1-", "million of ", "‘a ", "12 May 2024 ", "A. ",
]  # fmt: skip
MORE = [
    "1.", "1:", "twenty-", "“a ", "&amp; a ", "1,", "12 ", "1/", "12:30 ", "one ", "hundred ", "$1 ", "a ", "A ", "A.", "Aa ", "word\n", "12\n", " ",
    "\n", "\t", "\u00a0", " \n", "said ", "he said ", "he said, ", "He said. ", "he said that ", "not ", "if ",
    "and ", ", ", "; ", "— ", "Name: ", "NAME: yes\n", "Q: Why?\nA: So.\n", "“Word went on\n", '"a ', "'a ",
    "'a' ", "„a ", "«a ", "“‘", "“he said ‘no “yes ’ ", "“No,” he said. ", "“No,” he said.\n", "'No,' he said. ",
    "(a ", "(A) ", "[a](", "<a", "<!--", "a. ", "... ", "a|", "a | b\n", "**a", "> a\n", "1. a\n", "&#", "& a ",
    "A & B ", "@a ", "http://a.b/c?d=e ", "e\u0301", "a\u0301\u0301\u0301", "\u200da", "🙂 a", "漢", "ش", "ﬁ",
    "May ", "Monday ", "May 12, ", "2024-05-12 ", "2024-", "12/05/2024 ", "the day before ",
    "two days after ", "from May to ", "3 weeks and ", "1980s ", "since May ", "late last ", "years ago ",
    "President ", "Mr. ", "President Varga ", "minister of ", "Iran recognizes Peru. ", "Iran and ", "Iran, ",
    "who ", "he ", "his ", "her mother's ", "Iran's ", "(Reuters) - ", "LONDON (AP) — It rained.\n",
    "By Ann Lee\n", "Updated 12 May 2024\n", "according to Reuters ", "told Reuters that ", "was told by ",
    "denied that ", "asked whether ", "the claim that ", "Read more\n", "Comments (12)\n",
]  # fmt: skip


@pytest.fixture(autouse=True)
def _stub(monkeypatch: pytest.MonkeyPatch) -> None:
    stub = stub_network(network())
    monkeypatch.setattr(onrecord.reading.report, "network", lambda: stub)


def cost(text: str, kind: str) -> float:
    """Seconds of the processor that reading ``text`` takes, without the network."""
    if kind == "html":
        lines = "".join(f"<p>{html.escape(line)}</p>\n" for line in text.split("\n"))
        text = f"<html><body><article>{lines}</article></body></html>"
    raw = RawDocument("a", "", text.encode(), kind, "2024-05-05T00:00:00Z", fields={})  # type: ignore[arg-type]
    gc.collect()
    began = process_time()
    read_one(raw, settings=SETTINGS)
    return process_time() - began


def too_steep(trouble: str, length: int, kind: str) -> list[float]:
    """The costs at ``length`` and twice and four times that, if they grow too fast in every attempt."""
    least = [float("inf")] * 3
    for _ in range(ATTEMPTS):
        for at in (2, 1, 0):
            size = length << at
            text = "He said so. " + (trouble * (size // len(trouble) + 1))[:size] + " She denied it."
            least[at] = min(least[at], cost(text, kind))
            if least[2] < FLOOR:
                return []
        if all(after < max(FLOOR, MOST * before) for before, after in pairwise(least)):
            return []
    return least


@pytest.mark.parametrize("trouble", TROUBLES)
def test_twice_the_text_is_twice_the_cost(trouble: str) -> None:
    """Of what has been quadratic once, and its like."""
    cost("He said so on 12 May 2024.", "text")  # what is loaded once is not the text's cost
    assert too_steep(trouble, 1_000, "text") == []


@pytest.mark.long
@pytest.mark.parametrize("trouble", MORE[::2])
def test_all_kinds_of_trouble(trouble: str) -> None:
    """The same of everything; from where the 1,200 characters beside a statement that are looked at are full."""
    cost("He said so on 12 May 2024.", "text")
    assert too_steep(trouble, 3_000, "text") == []


@pytest.mark.long
@pytest.mark.parametrize("trouble", [*TROUBLES, *MORE[1::8]])
def test_kinds_of_trouble_in_pages(trouble: str) -> None:
    """The same in a page."""
    cost("He said so on 12 May 2024.", "html")
    assert too_steep(trouble, 2_000, "html") == []
