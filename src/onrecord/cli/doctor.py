"""``onrecord doctor`` and ``onrecord evaluate``: whether this installation works, and how well it reads
public corpora."""

from __future__ import annotations

import json
import platform
import re
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from importlib.metadata import PackageNotFoundError, distribution
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import click

from onrecord import __version__
from onrecord.cli.filters import KNOWN, choices, json_option
from onrecord.cli.output import Output, Row, output_options, write_rows, write_text
from onrecord.errors import ModelError, OnrecordError, UsageError
from onrecord.shipped import pinned, shipped

FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
FILE = click.Path(dir_okay=False, path_type=Path)


@click.group()
def evaluate() -> None:
    """Score this installation on a public corpus in its own format.

    The scorers are in the repository, beside the package: this needs a checkout, installed by make or by
    pip install -e.
    """
    if find_spec("evaluation") is None:
        raise UsageError(
            "the scorers are not part of the installed package",
            hint="in a checkout of the repository: make demo, then .venv/bin/onrecord evaluate",
        )


@evaluate.command()
@click.option(
    "--data", type=FOLDER, required=True, metavar="DIR", help="Holds text/*.txt and attributions/*.ann."
)
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Only the first N articles.")
@click.option("--predictions", type=FILE, metavar="FILE", help="Write what is found, as JSON lines.")
@click.option("--gold", type=FILE, metavar="FILE", help="Write what is annotated, in the same form.")
@json_option
def quotes(data: Path, limit: int | None, predictions: Path | None, gold: Path | None, as_json: bool) -> None:
    """Who said what, on a folder in PolNeAR's format: precision, recall and F1, calibration, speed."""
    from evaluation.quotes import evaluate as score

    report = score(data, limit=limit, predictions=predictions, gold=gold)
    write_text(_json(report.as_json()) if as_json else report.text() + "\n")


@evaluate.command()
@click.option("--data", type=FOLDER, required=True, metavar="DIR", help="Holds html/ and ground-truth/.")
@json_option
def pages(data: Path, as_json: bool) -> None:
    """Article text, title and date of web pages, on a folder in the format of WCXB."""
    from evaluation.pages import evaluate as score

    report = score(data)
    write_text(_json(report) if as_json else "".join(_lines(report)))


@evaluate.command()
@click.option(
    "--data", type=FOLDER, required=True, metavar="DIR", help="Holds text/*.txt and attributions/*.ann."
)
@click.option(
    "--gold", type=FILE, default=Path("quality/stance.jsonl"), show_default=True, metavar="FILE",
    help="The annotation to score against.",
)  # fmt: skip
@json_option
def stance(data: Path, gold: Path, as_json: bool) -> None:
    """Polarity, hedge and distance of annotated attributions; --json lists the rows that are wrong."""
    from evaluation.stance import evaluate as score

    report = score(data, gold=gold)
    write_text(_json(report.as_json()) if as_json else report.text() + "\n")


@evaluate.command()
@click.option(
    "--data", type=FOLDER, required=True, metavar="DIR", help="Holds text/*.txt and attributions/*.ann."
)
@click.option(
    "--gold", type=FILE, default=Path("quality/speakers.jsonl"), metavar="FILE", help="Who the speakers are."
)
@json_option
def speakers(data: Path, gold: Path, as_json: bool) -> None:
    """Speakers tied to the right person, on labelled speakers of a folder in PolNeAR's format."""
    from evaluation.speakers import evaluate as score

    report = score(data, gold)
    write_text(_json(report.as_json()) if as_json else report.text() + "\n")


@evaluate.command()
@click.option(
    "--data",
    type=click.Path(exists=True, path_type=Path),
    required=True,
    metavar="PATH",
    help="UNER .iob2, a folder of GUM .conllu, re3d's folder, CrossNER .txt.",
)
@click.option(
    "--every", type=click.IntRange(min=1), default=1, metavar="N", help="Only every N-th text, as held back."
)
@json_option
def mentions(data: Path, every: int, as_json: bool) -> None:
    """Mentions of persons, organisations, places and more: F1 by type, on UNER, GUM, re3d or CrossNER."""
    from evaluation.mentions import evaluate as score

    report = score(data, every=every)
    write_text(_json(report.as_json()) if as_json else report.text() + "\n")


@evaluate.command()
@click.option("--data", type=FOLDER, required=True, metavar="DIR", help="Holds GUM's *.conllu files.")
@json_option
def coref(data: Path, as_json: bool) -> None:
    """Mentions tied together, on a folder in GUM's format: MUC, B-cubed, CEAF-e; pronouns tied to names."""
    from evaluation.coref import evaluate as score

    report = score(data)
    write_text(_json(report.as_json()) if as_json else report.text() + "\n")


@evaluate.command()
@click.option(
    "--data", type=FOLDER, required=True, metavar="DIR", help="Holds *.tml, or the specs Date*.json."
)
@json_option
def times(data: Path, as_json: bool) -> None:
    """Times, on TIMEX documents (WikiWars) or on the English specs of Recognizers-Text."""
    from evaluation.times import evaluate as score

    report = score(data)
    write_text(_json(report) if as_json else "".join(_lines(report)))


@evaluate.command()
@click.option(
    "--data", type=click.Path(exists=True, path_type=Path), required=True, metavar="PATH",
    help="VitaminC's *.jsonl, SNLI's or MNLI's *.csv, FEVER's *.txt, or a folder of them.",
)  # fmt: skip
@click.option("--held-back", is_flag=True, help="Of SNLI and MNLI: only what was kept from training.")
@click.option("--limit", type=click.IntRange(min=1), metavar="N", help="Only the first N pairs of a file.")
@json_option
def pairs(data: Path, held_back: bool, limit: int | None, as_json: bool) -> None:
    """What one text says of another: accuracy, macro-F1, what was taken for what, contradictions told."""
    from evaluation.pairs import evaluate as score

    report = score(data, held_back=held_back, limit=limit)
    write_text(_json(report.as_json()) if as_json else report.text() + "\n")


@evaluate.command()
@click.option("--data", type=FOLDER, required=True, metavar="DIR", help="Holds articles.jsonl.gz.")
@json_option
def copies(data: Path, as_json: bool) -> None:
    """Copies made from real articles: cut, changed, embedded, quoted; and what the articles share already."""
    from evaluation.copies import evaluate as score

    report = score(data)
    write_text(_json(report) if as_json else "".join(_lines(report)))


@evaluate.command()
@click.option("--data", type=FOLDER, required=True, metavar="DIR", help="Holds news_cluster.jsonl.gz.")
@json_option
def stories(data: Path, as_json: bool) -> None:
    """Reports of one development grouped: B-cubed F1, in a stream and at once."""
    from evaluation.stories import evaluate as score

    report = score(data)
    write_text(_json(report) if as_json else "".join(_lines(report)))


@evaluate.command()
@click.option(
    "--data", type=click.Path(exists=True, path_type=Path), required=True, metavar="PATH",
    help="A *.conllu or *.conllu.gz file, or a folder of them.",
)  # fmt: skip
@click.option("--only", multiple=True, metavar="NAME", help="Only documents with this in their names.")
@json_option
def tokens(data: Path, only: tuple[str, ...], as_json: bool) -> None:
    """Tokens and sentences against a treebank of Universal Dependencies: precision, recall and F1."""
    from evaluation.tokens import evaluate as score

    report = score(data, only=only)
    write_text(_json(report) if as_json else "".join(_lines(report)))


def _lines(report: Mapping[str, Any]) -> Iterator[str]:
    for name, value in report.items():
        if isinstance(value, Mapping):
            value = ", ".join(f"{key} {number}" for key, number in value.items())
        yield f"{name:20}  {value}\n"


def _json(report: object) -> str:
    return json.dumps(report, ensure_ascii=False, indent=1) + "\n"


CHECKED = dict.fromkeys(("check", "state", "found", "hint"), "text")
SHOWN = dict.fromkeys(("setting", "value", "origin", "meaning"), "text")
_REQUIREMENT = re.compile(r"^([A-Za-z0-9_.-]+)")
Check = Callable[[], str]


@click.command()
@click.option("--settings", is_flag=True, help="Each setting, its value and where it came from.")
@output_options
def doctor(output: Output, settings: bool) -> int:
    """Check the installation: Python, packages, models and data files, the temporary folder, the terminal.

    Ends with exit code 5 if the model is missing or not the one expected, 1 if anything else is wrong.
    """
    if settings:
        write_rows(_settings(), output, shape=SHOWN, brief=tuple(SHOWN)[:3])
        return 0
    rows = list(_checks())
    write_rows(rows, output, shape=CHECKED, brief=tuple(CHECKED))
    wrong = [row["check"] for row in rows if row["state"] == "wrong"]
    return ModelError.exit_code if {"files", "model", "model of pairs"} & {*wrong} else 1 if wrong else 0


def _settings() -> Iterator[Row]:
    found = choices().settings
    for one in KNOWN:
        setting = found[one.name]
        yield {"setting": one.name, "value": setting.value, "origin": setting.origin, "meaning": one.meaning}


def _checks() -> Iterator[Row]:
    for name, check in _CHECKS.items():
        try:
            yield {"check": name, "state": "ok", "found": check(), "hint": ""}
        except OnrecordError as error:
            yield {"check": name, "state": "wrong", "found": str(error), "hint": error.hint}
        except Exception as error:  # whatever is broken in an installation is a finding here
            found = f"{type(error).__name__}: {error}"
            yield {"check": name, "state": "wrong", "found": found, "hint": "install onrecord again"}


def _python() -> str:
    return f"Python {platform.python_version()}, {platform.system()} {platform.machine()}"


def _packages() -> str:
    found, missing = [f"onrecord {__version__}"], []
    for requirement in distribution("onrecord").requires or []:
        name = _REQUIREMENT.match(requirement)
        if name is None or "extra ==" in requirement:
            continue
        try:
            found.append(f"{name[1]} {distribution(name[1]).version}")
        except PackageNotFoundError:
            missing.append(name[1])
    if missing:
        raise OnrecordError(
            "missing: " + ", ".join(missing), hint="install onrecord again with its dependencies"
        )
    return ", ".join(found)


def _temporary() -> str:
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "probe").write_bytes(b"onrecord")
    return "a temporary folder can be written"


def _terminal() -> str:
    encoding = sys.stdout.encoding or "none"
    try:
        "“é–→─”".encode(encoding)
    except (UnicodeEncodeError, LookupError):
        raise OnrecordError(
            f"standard output is {encoding}", hint="set PYTHONUTF8=1, or a locale that ends in UTF-8"
        ) from None
    return f"standard output takes {encoding}"


def _model() -> str:
    from onrecord.reading.statements.quotes import reader_name

    return reader_name()


def _pairs() -> str:
    from onrecord.linking.claims import entailment

    if not entailment.is_carried():
        return "this version carries none: records have no accounts"
    return entailment.network().name


def _files() -> str:
    for name in pinned():
        shipped(name)
    return f"{len(pinned())} data files, each with its hash"


_CHECKS: dict[str, Check] = {
    "python": _python,
    "packages": _packages,
    "files": _files,
    "model": _model,
    "model of pairs": _pairs,
    "temporary folder": _temporary,
    "terminal": _terminal,
}
