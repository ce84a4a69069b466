"""Reports that agree, differ and clash about a bridge and a ferry, and records made of them."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from made import QUICK, file, made

JUDGED = replace(QUICK, judge="stub_judges:WORDS")
_SAID = (
    ("Herald", "2023-03-01", "“The bridge of Talvik in Norway was mined by divers,” said Arve."),
    ("Herald", "2023-03-02", "“The bridge of Talvik in Norway was not mined by divers,” said Bodil."),
    ("Dispatch", "2023-03-02", "“The bridge of Talvik in Norway was mined by divers,” said Arve. Rain fell."),
    ("Dispatch", "2023-03-03", "“The bridge of Talvik in Norway was mined by divers last night,” said Cato."),
    ("Courier", "2023-03-03", "“The ferry to Merrin carried 14 sailors and their dogs,” said Dagny."),
    ("Courier", "2023-03-04", "“The ferry to Merrin carried 19 sailors and their dogs,” said Embla."),
    ("Monitor", "2023-03-04", "“A choir from Osk won the singing prize,” said Bodil."),
    ("Monitor", "2023-03-05", "“The old lighthouse of Venn is for sale,” said Cato."),
)


# Different in each, so that no report is taken for a copy of another.
_ELSE = (
    "the weather stays mild with fog along every southern shore until noon",
    "seven chess players practise openings behind closed doors before dawn",
    "prices for barley and oats went up while demand for turnips shrank",
    "an orchard keeper grafted pears onto quince stock near a quiet lane",
    "trams run late because somebody parked two carts upon narrow rails",
    "our gardener recommends planting beans once frost has finally passed",
    "children painted giant snails across grey concrete beside a school",
    "a clockmaker mended three pendulums using nothing except brass wire",
)


def lines() -> list[dict[str, str]]:
    """The reports as lines of JSONL."""
    return [
        {
            "title": f"Report {number}",
            "text": f"{text}\n\nElsewhere {_ELSE[number]}.",
            "outlet": outlet,
            "published": day,
            "url": f"https://example.org/{number}",
        }
        for number, (outlet, day, text) in enumerate(_SAID)
    ]


def disputed_record(path: Path, *parts: list[dict[str, Any]], batch: int = 3) -> Path:
    """A record at ``path`` of these reports, each part added by a build of its own; none: all at once."""
    for number, part in enumerate(parts or (lines(),)):
        source = file(path.parent / "in" / f"{path.stem}{number}.jsonl", "\n".join(map(json.dumps, part)) + "\n")
        made(path, [str(source)], replace(JUDGED, batch=batch))
    return path
