"""Reports of which some are copies: one text in three outlets, one of them without a date; one of its own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from made import QUICK, file, made

LEAD = (
    "Ferries from the harbour of Kalinsk stopped on Thursday after engineers found cracks in both piers, and "
    "hundreds of passengers had to wait in the old customs house while buses were brought from the inland depot."
)
QUOTE = "“We will not leave the island without bread, and nobody has been asked to pay for it,” said Arve."
MORE = (
    "The town council meets again next week to decide who pays for the repair, which builders think will take "
    "until autumn because the right kind of stone comes from a single quarry in the far north."
)
CUT = "“We will not leave the island without bread,” said Arve."
OWN = (
    "Schools in the valley open later this winter, a ministry said, since heating them from early morning costs "
    "more than twice of what it did two years ago and coal is short."
)

REPORTS: tuple[dict[str, Any], ...] = (
    {"text": f"{LEAD}\n\n{QUOTE}\n\n{MORE}", "outlet": "Norden Wire", "published": "2023-03-02"},
    {"text": f"{LEAD}\n\n{QUOTE}\n\n{MORE}".replace("old", "former"), "outlet": "Herald", "published": "2023-03-03"},
    {"text": f"{LEAD}\n\n{QUOTE}\n\n{MORE}".replace("hundreds", "dozens"), "outlet": "Dispatch"},
    {"text": f"{OWN}\n\n{CUT}\n\n“Coal is short,” said Bodil.", "outlet": "Herald", "published": "2023-03-05"},
)


def copied_folder(path: Path) -> list[str]:
    """The reports as files, in their order."""
    return [
        str(file(path / f"{n}.jsonl", json.dumps({**one, "url": f"https://example.org/{n}", "title": f"R{n}"})))
        for n, one in enumerate(REPORTS)
    ]


def copied_record(path: Path) -> Path:
    """A record at ``path`` of these reports, which lie beside it."""
    made(path, copied_folder(path.parent / "in"), QUICK)
    return path
