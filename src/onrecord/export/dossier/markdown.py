"""A dossier as Markdown with footnotes, for editors, wikis and version control.

Whatever a report holds is shown as those characters: what Markdown or HTML would take for a sign has a
backslash in front, and a line end within a quote is written as a character reference, so that no quote ever
begins a heading, a list, a link or a tag.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import quote

from onrecord.export.dossier.parts import (
    AsGiven,
    Block,
    Columns,
    Dossier,
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
    Web,
)

_SIGNS = re.compile(r"[\\`*_{}\[\]<>#|~$&!^@]|:(?=//)|(?<=[wW]{3})\.")
_FIRST = re.compile(r"^(\s*)([-+=])")
_NUMBER = re.compile(r"^(\s*\d+)(?=[.)])")
_ADDRESS = ":/?#[]@!$&'()*+,;=%-._~"  # what stays as it is in an address
_CONTROL = re.compile(r"[\x00-\x1f\x7f\x85\u2028\u2029]")


def markdown(dossier: Dossier) -> str:
    """The dossier in GitHub's Markdown; ends with a line end."""
    lines = [f"# {escape(dossier.title)}", "", _line(dossier.lead), ""]
    lines += [f"- [{one.title}](#{one.anchor})" for one in dossier.sections] + ["- [Notes](#notes)", ""]
    for section in dossier.sections:
        lines += [f'<a id="{section.anchor}"></a>', "", f"## {section.title}", ""]
        for block in section.blocks:
            lines += [*_block(block), ""]
    lines += ['<a id="notes"></a>', "", "## Notes", ""]
    for note in dossier.notes:
        lines += [*_note(note), ""]
    return "\n".join(lines).rstrip("\n") + "\n"


def escape(text: str) -> str:
    r"""``text`` so that Markdown shows these characters.

    >>> escape("1. *a* <b>"), escape("a\n\n# b")
    ('1\\. \\*a\\* \\<b\\>', 'a&#10;&#10;\\# b')
    """
    found = _SIGNS.sub(lambda one: "\\" + one[0], text)
    found = _FIRST.sub(r"\1\\\2", _NUMBER.sub(r"\1\\", found))
    return _CONTROL.sub(lambda one: f"&#{ord(one[0])};", found)


def _block(block: Block) -> Iterable[str]:
    if isinstance(block, Heading):
        yield from ([f'<a id="{block.anchor}"></a>', ""] if block.anchor else [])
        yield f"{'#' * block.level} {_line(block.line)}"
    elif isinstance(block, Paragraph):
        yield f"*{_line(block.line)}*" if block.quiet and _own(block.line) else _line(block.line)
    elif isinstance(block, Listed):
        yield from (f"- {_line(one)}" for one in block.lines)
    elif isinstance(block, DossierTable):
        yield f"| {' | '.join(block.head)} |"
        yield "|" + "---|" * len(block.head)
        yield from (f"| {' | '.join(map(_line, row))} |" for row in block.rows)
    elif isinstance(block, Entry):
        yield f"- {_anchor(block.anchor)}{_line(block.head)}"
        yield from (f"  - {_line(one)}" for one in block.lines)
    elif isinstance(block, DossierTold):
        yield from _told(block)
    elif isinstance(block, Period):
        yield f"#### {_line(block.line)}"
    elif isinstance(block, Columns):
        for title, blocks in block.columns:
            yield from (f"**{_line(title)}**", "")
            for one in blocks:
                yield from (*_block(one), "")
    else:
        assert isinstance(block, Scale)  # bars are drawn in HTML only; the words say the same


def _told(block: DossierTold) -> Iterable[str]:
    before = "> " * block.depth
    yield f"{before}{_line(block.who)}:"
    yield before.rstrip()
    yield f"{before}> {_line(block.what)}"
    yield before.rstrip()
    yield f"{before}{_line(block.about)}"


def _note(note: Note) -> Iterable[str]:
    yield f"[^{note.number}]: {_line(note.source)}"
    for one in note.passages:
        label = f"{one.label}: " if one.label else ""
        yield ""
        yield f"    {label}characters {one.start}–{one.end}: “{escape(one.text)}”"
    for remark in note.remarks:
        yield ""
        yield f"    {_line(remark)}"


def _line(line: Line) -> str:
    return "".join(map(_piece, line))


def _piece(piece: Piece) -> str:
    if isinstance(piece, str):
        return piece
    if isinstance(piece, Quoted):
        return escape(piece.text)
    if isinstance(piece, AsGiven):
        strong = piece.strong and piece.text.strip() == piece.text
        return f"**{escape(piece.text)}**" if strong else escape(piece.text)
    if isinstance(piece, Mark):
        return f"[^{piece.note}]"
    if isinstance(piece, Link):
        return f"[{escape(piece.text)}](#{piece.anchor})"
    if isinstance(piece, Web):
        return f"[{escape(piece.address)}](<{quote(piece.address, safe=_ADDRESS)}>)"
    assert isinstance(piece, Label)
    return piece.text if piece.tone == "plain" else f"**{piece.text}**"


def _anchor(anchor: str | None) -> str:
    return f'<a id="{anchor}"></a>' if anchor else ""


def _own(line: Line) -> bool:
    """Whether a line is the dossier's own words only, so that it may be set in italics."""
    return all(isinstance(one, str) for one in line)
