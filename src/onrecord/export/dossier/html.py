"""A dossier as one HTML file that needs nothing else: no script, no request, no font from elsewhere.

Whatever a report holds is escaped text. Should a hole be found in that, the page's own policy lets no script
run and nothing load: only the one style, by its hash. Marks link to notes, notes link back to each mark.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator
from html import escape as escaped
from importlib.resources import files

from onrecord.export.dossier.parts import (
    AsGiven,
    Block,
    Columns,
    Dossier,
    DossierPassage,
    DossierTable,
    DossierTold,
    Entry,
    Heading,
    Label,
    Line,
    Link,
    Listed,
    Mark,
    Note,
    Paragraph,
    Period,
    Piece,
    Quoted,
    Scale,
    Section,
    Web,
)

Marks = dict[int, int]
"""Note -> how often it has been marked so far."""

_NEVER_SHOWN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_BAR = 1000  # width of a bar in its own units
_THIN = 6  # the least width of one, so that a day is seen among years
_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="referrer" content="no-referrer">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<a class="skip" href="#{first}">To the text</a>
<header>
<h1>{title}</h1>
<p class="lead">{lead}</p>
</header>
<nav aria-label="Contents">
<h2>Contents</h2>
<ol>
{contents}
</ol>
</nav>
<main>
{body}
</main>
</body>
</html>
"""


def html(dossier: Dossier) -> str:
    """The dossier as one page; the same dossier gives the same characters."""
    style = files("onrecord.export").joinpath("dossier.css").read_text("utf-8")
    marks: Marks = {}
    body = [line for section in dossier.sections for line in _section(section, marks)]
    body += _notes(dossier.notes, marks)
    parts = [*((one.anchor, one.title) for one in dossier.sections), ("notes", "Notes")]
    return _PAGE.format(
        policy=policy(style),
        title=text(dossier.title),
        style=style,
        first=parts[0][0],
        lead=_line(dossier.lead, marks),
        contents="\n".join(f'<li><a href="#{anchor}">{text(title)}</a></li>' for anchor, title in parts),
        body="\n".join(body),
    )


def policy(style: str) -> str:
    """The content security policy of a page whose only style is ``style``: nothing else loads or runs."""
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"


def text(value: str) -> str:
    """``value`` as text of a page or of an attribute, every character kept that HTML can hold."""
    return escaped(_NEVER_SHOWN.sub("\ufffd", value)).replace("\r", "&#13;")


def _section(section: Section, marks: Marks) -> Iterator[str]:
    yield f'<section id="{section.anchor}" aria-labelledby="{section.anchor}-title">'
    yield f'<h2 id="{section.anchor}-title">{text(section.title)}</h2>'
    for block in section.blocks:
        yield _block(block, marks)
    yield "</section>"


def _block(block: Block, marks: Marks) -> str:
    if isinstance(block, Heading):
        return f"<h{block.level}{_id(block.anchor)}>{_line(block.line, marks)}</h{block.level}>"
    if isinstance(block, Paragraph):
        return f"<p{_class('quiet' if block.quiet else '')}>{_line(block.line, marks)}</p>"
    if isinstance(block, Listed):
        return "<ul>" + "".join(f"\n<li>{_line(one, marks)}</li>" for one in block.lines) + "\n</ul>"
    if isinstance(block, DossierTable):
        return _table(block, marks)
    if isinstance(block, Entry):
        head = f'<p class="head">{_line(block.head, marks)}</p>'
        lines = "".join(f"\n<p>{_line(one, marks)}</p>" for one in block.lines)
        return f'<div class="entry"{_id(block.anchor)}>\n{head}{lines}\n</div>'
    if isinstance(block, DossierTold):
        return _told(block, marks)
    if isinstance(block, Period):
        return f'<h3 class="period">{_line(block.line, marks)}</h3>{_bar(block)}'
    if isinstance(block, Scale):
        return _scale(block)
    assert isinstance(block, Columns)
    return _columns(block, marks)


def _told(block: DossierTold, marks: Marks) -> str:
    depth = f" depth-{min(block.depth, 4)}" if block.depth else ""
    return (
        f'<article class="told{depth}">\n<p class="who">{_line(block.who, marks)}</p>\n'
        f'<blockquote dir="auto">{_line(block.what, marks)}</blockquote>\n'
        f'<p class="about">{_line(block.about, marks)}</p>\n</article>'
    )


def _table(block: DossierTable, marks: Marks) -> str:
    head = "".join(f'<th scope="col">{text(one)}</th>' for one in block.head)
    rows = "".join(
        "\n<tr>" + "".join(f"<td>{_line(cell, marks)}</td>" for cell in row) + "</tr>" for row in block.rows
    )
    table = f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>{rows}\n</tbody></table>"
    return f'<div class="wide" tabindex="0">{table}</div>'


def _columns(block: Columns, marks: Marks) -> str:
    columns = "".join(
        f'\n<div class="column">\n<h4>{_line(title, marks)}</h4>\n'
        + "\n".join(_block(one, marks) for one in blocks)
        + "\n</div>"
        for title, blocks in block.columns
    )
    return f'<div class="columns">{columns}\n</div>'


def _bar(block: Period) -> str:
    """From the first to the last day it can have been; where there is no bound, faint up to the edge."""
    if block.start is None and block.end is None:
        return ""
    start = _BAR * (block.start or 0.0)
    end = _BAR * (1.0 if block.end is None else block.end)
    width = max(end - start, _THIN)
    start = min(start, _BAR - width)
    kind = "open" if block.start is None or block.end is None else "closed"
    return (
        f'\n<svg class="bar" viewBox="0 0 {_BAR} 10" preserveAspectRatio="none" aria-hidden="true">'
        f'<rect class="ground" width="{_BAR}" height="10"/>'
        f'<rect class="{kind}" x="{start:.1f}" width="{width:.1f}" height="10"/></svg>'
    )


def _scale(block: Scale) -> str:
    marks = "".join(
        f'<text x="{_BAR * at:.1f}" y="12" text-anchor="{_anchored(at)}">{text(label)}</text>'
        for at, label in block.marks
    )
    return f'<svg class="scale" viewBox="0 0 {_BAR} 16" aria-hidden="true">{marks}</svg>'


def _anchored(at: float) -> str:
    return "start" if at == 0 else "end" if at == 1 else "middle"


def _notes(notes: Iterable[Note], marks: Marks) -> Iterator[str]:
    yield '<section id="notes" aria-labelledby="notes-title">'
    yield '<h2 id="notes-title">Notes</h2>\n<ol class="notes">'
    for note in notes:
        yield f'<li id="note-{note.number}" value="{note.number}">'
        yield f'<p class="source">{_line(note.source, marks)}</p>'
        yield from (_passage(one, note.document) for one in note.passages)
        yield from (f'<p class="about">{_line(one, marks)}</p>' for one in note.remarks)
        back = " ".join(
            f'<a href="#mark-{note.number}-{one}" aria-label="back to mark {one} of {note.number}">↩{one}</a>'
            for one in range(1, marks.get(note.number, 0) + 1)
        )
        yield f'<p class="back">{back}</p>\n</li>'
    yield "</ol>\n</section>"


def _passage(one: DossierPassage, document: str) -> str:
    label = f"{text(one.label)}, " if one.label else ""
    return (
        f'<p class="passage"><span class="where">{label}characters {one.start}–{one.end}</span> '
        f'<q dir="auto" data-at="{document}:{one.start}-{one.end}">{text(one.text)}</q></p>'
    )


def _line(line: Line, marks: Marks) -> str:
    return "".join(_piece(piece, marks) for piece in line)


def _piece(piece: Piece, marks: Marks) -> str:
    if isinstance(piece, str):
        return text(piece)
    if isinstance(piece, Quoted):
        at = f"{piece.document}:{piece.start}-{piece.end}"
        return f'<q dir="auto" data-at="{at}">{text(piece.text)}</q>'
    if isinstance(piece, AsGiven):
        return f"<b><bdi>{text(piece.text)}</bdi></b>" if piece.strong else f"<bdi>{text(piece.text)}</bdi>"
    if isinstance(piece, Mark):
        marks[piece.note] = time = marks.get(piece.note, 0) + 1
        number = piece.note
        link = f'<a href="#note-{number}" aria-label="note {number}">{number}</a>'
        return f'<sup id="mark-{number}-{time}">{link}</sup>'
    if isinstance(piece, Link):
        return f'<a href="#{text(piece.anchor)}"><bdi>{text(piece.text)}</bdi></a>'
    if isinstance(piece, Web):
        address = text(piece.address)
        return f'<a class="web" href="{address}" rel="noopener noreferrer">{address}</a>'
    assert isinstance(piece, Label)
    return f'<span class="label {piece.tone}">{text(piece.text)}</span>'


def _class(name: str) -> str:
    return f' class="{name}"' if name else ""


def _id(anchor: str | None) -> str:
    return f' id="{text(anchor)}"' if anchor else ""
