"""Reads annotated corpora of mentions and coreference in their own formats, each into the same values.

GUM: CoNLL-U, entities in the MISC column as ``Entity=(1-person-new-cf1-2-coref``; UNER: tab-separated IOB2
with sentences in documents; CrossNER: two columns; re3d: JSON lines with offsets. Where a corpus gives only
words, the text is put together from them and offsets point into that text.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from onrecord.errors import UsageError
from onrecord.values import MentionForm, Span


@dataclass(frozen=True, slots=True)
class GoldMention:
    """One annotated mention; ``cluster`` is its number in the text, -1 where a corpus has no coreference."""

    span: Span
    head: Span  # the word that the phrase hangs on; of a name the first word
    kind: str  # the corpus's own type: "person", "PER", "Organisation"
    form: MentionForm
    cluster: int = -1


@dataclass(frozen=True, slots=True)
class GoldText:
    """One text with its mentions in the order of their first character, outer ones first."""

    name: str
    text: str
    mentions: tuple[GoldMention, ...]


@dataclass(frozen=True, slots=True)
class _Word:
    start: int
    end: int
    tag: str  # universal part of speech
    head: int  # index in the sentence, -1 for the root
    relation: str


@dataclass(slots=True)
class _Open:
    cluster: int
    kind: str
    first: int


_OPENING = re.compile(r"\((\d+)(?:\[\d+/\d+\])?-([a-z]+)-")
_TOKEN = re.compile(r"\(\d+(?:\[\d+/\d+\])?-[a-z]+-[^()]*\)?|\d+(?:\[\d+/\d+\])?\)")


def gum(folder: Path) -> list[GoldText]:
    """The documents of a folder of GUM's ``*.conllu`` files, in the order of their names.

    Raises:
        UsageError: there is no such file.
    """
    paths = sorted(folder.glob("*.conllu"))
    if not paths:
        raise UsageError(f"{folder}: no *.conllu files", hint="give the folder of GUM's CoNLL-U files")
    return [_gum_document(path) for path in paths]


def _gum_document(path: Path) -> GoldText:
    text, mentions = "", []
    for sentence, paragraph in _sentences(path.read_text("utf-8")):
        text += ("\n" if paragraph else " ") if text else ""
        surface = next(line[9:] for line in sentence if line.startswith("# text = "))
        words, marks = _words(sentence, surface, len(text))
        text += surface
        mentions += list(_gum_mentions(words, marks))
    mentions.sort(key=lambda one: (one.span[0], -one.span[1]))
    return GoldText(path.stem, text, tuple(mentions))


def _sentences(raw: str) -> Iterator[tuple[list[str], bool]]:
    """The lines of each sentence, and whether it begins a paragraph."""
    for block in raw.split("\n\n"):
        lines = block.split("\n")
        if any(line.startswith("# text = ") for line in lines):
            yield lines, any(line.startswith("# newpar") for line in lines)


def _words(lines: Sequence[str], surface: str, base: int) -> tuple[list[_Word], list[str]]:
    words: list[_Word] = []
    marks: list[str] = []
    at = 0
    for line in lines:
        columns = line.split("\t")
        if not columns[0].isdigit():
            continue
        found = surface.find(columns[1], at)
        if found < 0 or found > at + 3:  # a contraction whose parts are not its letters
            found = min(at, len(surface) - 1)
            end = min(len(surface), found + max(1, len(columns[1])))
        else:
            end = found + len(columns[1])
        words.append(_Word(base + found, base + end, columns[3], int(columns[6]) - 1, columns[7]))
        entity = next((part[7:] for part in columns[9].split("|") if part.startswith("Entity=")), "")
        marks.append(entity)
        at = end
    return words, marks


def _gum_mentions(words: Sequence[_Word], marks: Sequence[str]) -> Iterator[GoldMention]:
    opened: list[_Open] = []
    for number, mark in enumerate(marks):
        for token in _TOKEN.findall(mark):
            if token.startswith("("):
                found = _OPENING.match(token)
                assert found
                one = _Open(int(found[1]), found[2], number)
                if token.endswith(")"):
                    yield _mention(words, one, number)
                else:
                    opened.append(one)
            else:
                cluster = int(re.match(r"\d+", token)[0])  # type: ignore[index]
                at = next((n for n in range(len(opened) - 1, -1, -1) if opened[n].cluster == cluster), None)
                if at is not None:
                    yield _mention(words, opened.pop(at), number)


def _mention(words: Sequence[_Word], one: _Open, last: int) -> GoldMention:
    head = next((n for n in range(one.first, last + 1) if not one.first <= words[n].head <= last), one.first)
    tag = words[head].tag
    form: MentionForm = "name" if tag == "PROPN" else "pronoun" if tag in ("PRON", "DET") else "nominal"
    span = (words[one.first].start, words[last].end)
    return GoldMention(span, (words[head].start, words[head].end), one.kind, form, one.cluster)


@dataclass(slots=True)
class _Text:
    """A text put together word by word."""

    name: str
    parts: list[str] = field(default_factory=list)
    size: int = 0
    mentions: list[GoldMention] = field(default_factory=list)

    def add(self, part: str) -> Span:
        """Append ``part`` and say where it stands."""
        self.parts.append(part)
        self.size += len(part)
        return self.size - len(part), self.size

    def done(self) -> GoldText:
        """The finished text."""
        return GoldText(self.name, "".join(self.parts), tuple(self.mentions))


_NO_SPACE_BEFORE = re.compile(r"[.,;:!?%)\]}’”]|'s|n't|'(?:re|ve|ll|d|m)|''", re.IGNORECASE)
_NO_SPACE_AFTER = ("(", "[", "{", "$", "“", "``", "#")


def uner(path: Path) -> list[GoldText]:
    """The documents of a UNER ``*.iob2`` file, a sentence to a line; tags other than PER, ORG, LOC and OTH
    are taken for outside."""
    texts: list[_Text] = []
    for block in path.read_text("utf-8").split("\n\n"):
        lines = block.split("\n")
        name = next((line[15:] for line in lines if line.startswith("# newdoc id = ")), None)
        if name is not None or not texts:
            texts.append(_Text(name or path.stem))
        surface = next((line[9:] for line in lines if line.startswith("# text = ")), None)
        rows = [line.split("\t") for line in lines if line[:1].isdigit()]
        if rows:
            _add_sentence(texts[-1], [row[1] for row in rows], [row[2] for row in rows], surface)
    return [one.done() for one in texts]


def crossner(path: Path) -> list[GoldText]:
    """The sentences of a CrossNER file, twenty to a text."""
    blocks = [block.split("\n") for block in path.read_text("utf-8").split("\n\n") if block.strip()]
    texts = []
    for begin in range(0, len(blocks), 20):
        text = _Text(f"{path.stem}-{begin}")
        for lines in blocks[begin : begin + 20]:
            rows = [line.split("\t") for line in lines if "\t" in line]
            _add_sentence(text, [row[0] for row in rows], [row[1] for row in rows], None)
        texts.append(text.done())
    return texts


def _add_sentence(text: _Text, words: Sequence[str], tags: Sequence[str], surface: str | None) -> None:
    if text.size:
        text.add("\n")
    spans = _aligned(words, surface, text) if surface is not None else _joined(words, text)
    start = 0
    while start < len(words):
        kind = tags[start][2:]
        stop = start + 1
        if tags[start].startswith("B-") and kind not in ("O", ""):
            while stop < len(words) and tags[stop] == f"I-{kind}":
                stop += 1
            span = (spans[start][0], spans[stop - 1][1])
            text.mentions.append(GoldMention(span, spans[start], kind, "name"))
        start = stop


def _aligned(words: Sequence[str], surface: str, text: _Text) -> list[Span]:
    base, at, spans = text.size, 0, []
    text.add(surface)
    for word in words:
        found = surface.find(word, at)
        found = found if 0 <= found <= at + 3 else min(at, len(surface) - 1)
        at = min(len(surface), found + len(word))
        spans.append((base + found, base + max(at, found + 1)))
    return spans


def _joined(words: Sequence[str], text: _Text) -> list[Span]:
    spans = []
    for number, word in enumerate(words):
        glued = number == 0 or _NO_SPACE_BEFORE.fullmatch(word) or words[number - 1] in _NO_SPACE_AFTER
        if not glued:
            text.add(" ")
        spans.append(text.add(word))
    return spans


def re3d(folder: Path) -> list[GoldText]:
    """The documents of re3d under ``folder`` (one publisher's folder, or all of them in theirs).

    Line ends are left as they stand; a mention whose characters are not its value is left out: some offsets
    of the corpus are off.
    """
    texts = []
    for path in sorted([*folder.glob("documents.json"), *folder.glob("*/documents.json")]):
        by_document: dict[str, list[GoldMention]] = {}
        entities = _json_lines(path.with_name("entities.json"))
        documents = {str(one["_id"]): str(one["text"]) for one in _json_lines(path)}
        for one in entities:
            text = documents.get(str(one["documentId"]), "")
            start, end = int(one["begin"]), int(one["end"])  # type: ignore[call-overload]
            if text[start:end] == one["value"] and end > start:
                mention = GoldMention((start, end), _last_word(text, start, end), str(one["type"]), "name")
                by_document.setdefault(str(one["documentId"]), []).append(mention)
        for id, text in sorted(documents.items()):
            found = sorted(
                set(by_document.get(id, [])), key=lambda one: (one.span[0], -one.span[1], one.kind)
            )
            texts.append(GoldText(f"{path.parent.name}/{id}", text, tuple(found)))
    if not texts:
        raise UsageError(f"{folder}: no documents.json", hint="give re3d's folder, or one publisher's in it")
    return texts


def _last_word(text: str, start: int, end: int) -> Span:
    """The last word before a comma, "of", "for" or "in": what such a phrase hangs on, most of the time."""
    phrase = text[start:end]
    cut = re.search(r",| (?:of|for|in|from|at|to|on|who|that|which|and) |\(", phrase)
    words = list(re.finditer(r"\w[\w'’.-]*", phrase[: cut.start()] if cut and cut.start() else phrase))
    if not words:
        return start, end
    return start + words[-1].start(), start + words[-1].end()


def _json_lines(path: Path) -> list[dict[str, object]]:
    raw = path.read_text("utf-8-sig").strip()
    if raw.startswith("["):
        return list(json.loads(raw))
    return [json.loads(line) for line in raw.splitlines() if line.strip()]
