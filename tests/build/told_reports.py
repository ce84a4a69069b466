"""Two small reports with all that can be read from one, and the record made of them."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from made import QUICK, file, made

WIRE: dict[str, Any] = {
    "text": "KALINSK, May 4 - Minister Marta Vellin denied on Tuesday that the port was closed, according to "
    "Norden Wire.\n\nAt a briefing in Merrin she told reporters that Arve Strand had said “we may leave”.\n\n"
    "So-called experts spoke too.",
    "published": "2023-05-05",
    "state": "NOR",
    "offices": {"Marta Vellin": "Minister"},
    "statements": [
        {
            "speaker": "Minister Marta Vellin", "who": "Marta Vellin", "cue": "denied",
            "content": "that the port was closed", "polarity": "denies", "evidence": "denied",
            "via": ["Norden Wire"], "said": "2023-05-02", "when": "on Tuesday",
        },
        {
            "speaker": "she", "who": "Marta Vellin", "cue": "told",
            "content": "that Arve Strand had said “we may leave”", "venue": "a briefing in Merrin",
            "addressee": "reporters", "confidence": 0.6,
        },
        {
            "speaker": "Arve Strand", "who": "Arve Strand", "cue": "had said", "content": "“we may leave”",
            "hedges": "may", "parent": 1,
        },
        {"speaker": "So-called experts", "cue": "spoke", "distances": "So-called"},
    ],
}  # fmt: skip
LATER: dict[str, Any] = {
    "text": "Marta Velin said “the port is open”.\n\nArve Strond said “we stay”.",
    "state": "NOR",
    "statements": [
        {"speaker": "Marta Velin", "who": "Marta Velin", "cue": "said", "content": "“the port is open”"},
        {"speaker": "Arve Strond", "who": "Arve Strond", "cue": "said", "content": "“we stay”"},
    ],
}


def told_record(path: Path) -> Path:
    """A record at ``path`` of these reports, which lie beside it."""
    for name, report in (("wire", WIRE), ("later", LATER)):
        file(path.parent / "in" / f"{name}.txt", "TOLD " + json.dumps(report))
    made(path, path.parent / "in", replace(QUICK, reader="stub_readers:told"))
    return path
