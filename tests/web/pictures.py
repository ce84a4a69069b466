"""Pictures of every view of the example affair, for the documentation.

    python tests/web/pictures.py docs/pictures

Reads ``examples/reports`` into a record of its own, serves it, and takes each picture with the Chromium of
the system.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright
from serving import BROWSER, QUIET, served

from onrecord.building import build
from onrecord.store import open_record


def paths(record: Path) -> dict[str, str]:
    """A name for each picture, and its address."""
    with open_record(record) as opened:
        dispute = next(one for one in opened.accounts() if one.kind == "disputed")
        speaker = next(one.speaker_id for one in dispute.members if one.speaker_id)
        statement = next(one for one in opened.statements(polarity="denies") if one.speaker_ids)
        position = next(iter(opened.positions()))
    names = ("timeline", "statements", "actors", "network", "accounts", "positions", "reports", "failures", "about")
    return {
        "overview": "/",
        **{name: f"/{name}" for name in names},
        "statement": f"/statement/{statement.id}",
        "actor": f"/actor/{speaker}",
        "account": f"/account/{dispute.id}",
        "position": f"/position/{position.id}",
        "reader": f"/report/{statement.document}?statement={statement.id}",
        "review": "/review",
    }


def main(folder: Path) -> None:
    """Writes the pictures into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as made:
        record = Path(made) / "affair.duckdb"
        build(record, ["examples/reports"])
        with served(record, edit=True) as (address, key), sync_playwright() as playwright:
            assert key is not None
            browser = playwright.chromium.launch(executable_path=BROWSER, args=list(QUIET))
            for name, path in paths(record).items():
                for form, wide in (("", 1280), ("-narrow", 390)):
                    if form and name not in ("overview", "account", "reader"):
                        continue
                    page = browser.new_page(viewport={"width": wide, "height": 860})
                    if name == "review":
                        page.goto(f"{address}?key={key.text}")
                    page.goto(address + path.removeprefix("/"))
                    page.screenshot(path=folder / f"{name}{form}.png")
                    page.close()
            browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
