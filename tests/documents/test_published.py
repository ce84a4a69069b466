"""Which of the dates in a page is that of its publication, page by page; and which are only guessed."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from onrecord.documents.published import GUESSED

sys.path.insert(0, str(Path(__file__).parent))
from documents_made import document

CASES = [
    json.loads(line)
    for line in (Path(__file__).parent / "cases" / "published.jsonl").read_text(encoding="utf-8").splitlines()
]
PROSE = [
    "<p>The canal office closed the northern lock of Merrow on Tuesday after divers found that the gates had"
    " rotted, and boats were sent round by the old basin until it has been mended.</p>",
    "<p>“Nobody should stand on these gates,” said lock keeper Tomas Vale, who had asked for a survey of the"
    " whole canal in the spring and again, he said, at the beginning of the summer.</p>",
    "<p>Minister Ada Holt denied that her office had been told of the gates before the closure, and she promised"
    " the council that all letters between the two offices would be made public.</p>",
]


def page(case: dict[str, Any]) -> str:
    """The page of a case: what stands ``above`` and ``below`` its headline, ``late`` behind its paragraphs;
    ``around``: the class of an element that holds the whole article.
    """
    return (
        f"<html lang=en><head><title>Merrow shuts its northern lock | Merrow Post</title>{case['head']}</head>"
        f"<body>{case['above']}<div class='{case.get('around', '')}'><article>"
        f"<h1>Merrow shuts its northern lock</h1>{case['below']}{''.join(PROSE)}{case.get('late', '')}"
        "</article></div></body></html>"
    )


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["comment"])
def test_the_date_of_publication(case: dict[str, Any]) -> None:
    """The chosen date, its last day and its basis; None: there is none."""
    found = document(page(case), "html", retrieved_at=case.get("retrieved", "2024-01-01T00:00:00Z")).published
    assert (found and [found.earliest, found.latest, found.basis]) == case["expected"]


def test_what_is_only_guessed_is_told_by_its_basis() -> None:
    """Dates of a change, of any line and of no certain place are guesses; stated and date lines are not."""
    bases = {case["expected"][2] for case in CASES if case["expected"]}
    assert bases & set(GUESSED) == {"line that holds a date", "line 'updated'"}
