"""What a page is asked for, by the address; and its twins: the same rows as JSON and as CSV."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, is_dataclass, replace
from io import BytesIO, TextIOWrapper
from math import isfinite, nan
from tempfile import SpooledTemporaryFile
from typing import IO, Any, Protocol
from urllib.parse import quote, urlencode

from onrecord.errors import UsageError
from onrecord.export.files import write_csv
from onrecord.store import ListedRow, Record, as_row, shape_of

PER_PAGE = 50
_MOST_PER_PAGE = 500
_NUMBERS = frozenset(["min_confidence"])
_FLAGS = frozenset(["all"])


class NotThere(UsageError):
    """What the address names is not in the record."""


class Rows(Protocol):
    """Rows of one kind, such as a listing: what the CSV of a page holds."""

    @property
    def kind(self) -> type[Any]:
        """What they are."""
        ...

    def __iter__(self) -> Iterator[Any]:
        """The rows."""
        ...


@dataclass(frozen=True, slots=True)
class Some:
    """Rows at hand: they are asked as a listing is."""

    kind: type[Any]
    rows: tuple[ListedRow, ...]

    def __iter__(self) -> Iterator[Any]:
        """The rows."""
        return iter(self.rows)

    def count(self) -> int:
        """How many rows there are."""
        return len(self.rows)

    def counts(self, column: str) -> dict[str, int]:
        """How many rows have each value of a column, most first; None is left out."""
        found = Counter(getattr(one, column) for one in self.rows)
        return {value: number for value, number in found.most_common() if value is not None}

    def page(self, limit: int, offset: int = 0) -> Some:
        """At most ``limit`` rows, after the first ``offset``."""
        return Some(self.kind, self.rows[offset : offset + limit])


@dataclass(frozen=True, slots=True)
class Ask:
    """One question: a path, what stands in it, and the query of the address.

    Attributes:
        path: of the page, without ".json" or ".csv": "/statements".
        given: what stands in the path: {"id": "s_12"}.
        query: names and values, in order; empty values are left out.
        may_edit: whether who asks may change the record.
        csrf: the secret that a form must carry; empty where nothing may be changed.
    """

    path: str
    given: Mapping[str, str] = field(default_factory=dict)
    query: tuple[tuple[str, str], ...] = ()
    may_edit: bool = False
    csrf: str = ""

    def get(self, name: str) -> str | None:
        """The last value of ``name`` that is not empty."""
        return next((value for key, value in reversed(self.query) if key == name and value.strip()), None)

    def every(self, name: str) -> list[str]:
        """All values of ``name``."""
        return [value for key, value in self.query if key == name and value.strip()]

    def number(self, name: str, default: int, *, least: int = 1, most: int = 10**9) -> int:
        """A whole number, brought within bounds; raises UsageError for anything else."""
        text = self.get(name)
        if text is None:
            return default
        if not text.strip().isascii() or not text.strip().isdigit() or len(text) > 18:
            raise UsageError(f"{name}: not a whole number: {text!r}", hint=f"for example {name}={default}")
        return min(max(int(text), least), most)

    def filters(self, *names: str) -> dict[str, Any]:
        """The filters of these names that are given, as the listings of a record take them.

        Raises UsageError for a confidence that is no number.
        """
        found: dict[str, Any] = {}
        for name in names:
            text = self.get(name)
            if text is None:
                continue
            found[name] = _value(name, text.strip())
        return found

    def url(self, **changes: object) -> str:
        """The address of this page with some of the query changed; None takes a name out.

        The page number is dropped unless it is what changes: another filter begins at the first page.

        >>> Ask("/statements", query=(("state", "RUS"), ("page", "3"))).url(kind="direct")
        '/statements?state=RUS&kind=direct'
        """
        kept = [pair for pair in self.query if pair[0] not in changes and pair[0] != "page"]
        kept += [(name, str(value)) for name, value in changes.items() if value is not None]
        return link(self.path, **{}) + (f"?{urlencode(kept)}" if kept else "")

    def here(self) -> str:
        """The address of this very page, with its page number."""
        return self.url(page=self.get("page"))

    def at(self, **changes: object) -> Ask:
        """The same question with some of the query changed, as ``url`` does."""
        kept = [pair for pair in self.query if pair[0] not in changes]
        kept += [(name, str(value)) for name, value in changes.items() if value is not None]
        return replace(self, query=tuple(kept))

    def twin(self, form: str) -> str:
        """The address of this page as "json" or "csv"."""
        path = "/overview" if self.path == "/" else self.path
        kept = [pair for pair in self.query if pair[0] not in ("page", "per")]
        return f"{quote(path, safe='/')}.{form}" + (f"?{urlencode(kept)}" if kept else "")

    def has(self, name: str, value: str) -> bool:
        """Whether the address asks for this value."""
        return value in self.every(name)


@dataclass(frozen=True, slots=True)
class Page:
    """One answer: a template with its values, and what its twins hold.

    Attributes:
        template: name of a file of ``templates``.
        title: of the page, without the name of the record.
        values: what the template shows.
        rows: what the CSV holds, and the JSON if there is no ``data``; None: there are no twins.
        data: what the JSON holds where that is more than rows: made of dataclasses, mappings and lists.
        styles: files of ``static`` beside the common one.
        scripts: likewise; a page is whole without them.
        text: what the address with ".txt" gives; None: there is none.
        status: of the HTTP answer.
    """

    template: str
    title: str
    values: Mapping[str, Any] = field(default_factory=dict)
    rows: Rows | None = None
    data: object = None
    styles: tuple[str, ...] = ()
    scripts: tuple[str, ...] = ()
    text: str | None = None
    status: int = 200


@dataclass(frozen=True, slots=True)
class View:
    """A kind of page: its name, the path it stands at, what makes it, and what the menu calls it, if it
    stands there."""

    name: str
    path: str
    make: Callable[[Record, Ask], Page]
    menu: str = ""


@dataclass(frozen=True, slots=True)
class Paged:
    """Where a page stands among the pages of a listing."""

    total: int
    page: int
    per: int

    @property
    def pages(self) -> int:
        """How many there are; one at least."""
        return max(1, -(-self.total // self.per))

    @property
    def offset(self) -> int:
        """Rows before this page."""
        return (self.page - 1) * self.per

    @property
    def first(self) -> int:
        """Number of the first row shown, from 1; 0 if there is none."""
        return min(self.offset + 1, self.total)

    @property
    def last(self) -> int:
        """Number of the last row shown."""
        return min(self.offset + self.per, self.total)


def paged(ask: Ask, total: int, *, per: int = PER_PAGE) -> Paged:
    """The page that ``ask`` wants of ``total`` rows, ``per`` to a page unless it says otherwise; one past the
    end is the last one."""
    per = ask.number("per", per, most=_MOST_PER_PAGE)
    last = max(1, -(-total // per))
    return Paged(total, ask.number("page", 1, most=last), per)


def link(path: str, **query: object) -> str:
    """An address within the app; values of None are left out.

    >>> link("/document/d_1", at=12, to=None)
    '/document/d_1?at=12'
    """
    kept = [(name, str(value)) for name, value in query.items() if value is not None]
    return quote(path, safe="/") + (f"?{urlencode(kept)}" if kept else "")


def chosen(values: Iterable[str], wanted: str | None) -> str | None:
    """``wanted`` if it is one of ``values``; raises UsageError if it is something else."""
    known = list(values)
    if wanted is None or wanted in known:
        return wanted
    raise UsageError(f"unknown value: {wanted!r}", hint="one of " + ", ".join(known))


def _value(name: str, text: str) -> Any:
    if name in _FLAGS:
        return text not in ("0", "no", "false")
    if name not in _NUMBERS:
        return text
    try:
        number = float(text)
    except ValueError:
        number = nan
    if not isfinite(number):
        raise UsageError(f"{name}: not a number: {text!r}", hint=f"for example {name}=0.5")
    return number


_MEMORY = 4_000_000  # bytes of an answer that are held in memory; more goes into a file
TYPES = {
    "json": "application/json; charset=utf-8",
    "csv": "text/csv; charset=utf-8; header=present",
    "txt": "text/plain; charset=utf-8",
}


def twin(page: Page, form: str) -> IO[bytes]:
    """``page`` as "json", "csv" or "txt", whole and ready to be read from its beginning.

    Raises UsageError if the page has no such twin.
    """
    if form == "txt":
        if page.text is None:
            raise NotThere("this page has no text of its own", hint="leave out the ending")
        return BytesIO(page.text.encode("utf-8", "replace"))
    if page.rows is None and (form == "csv" or page.data is None):
        raise UsageError(f"this page has no rows that could be {form}", hint="leave out the ending")
    # Closed with the answer that reads it.
    made: IO[bytes] = SpooledTemporaryFile(max_size=_MEMORY)  # noqa: SIM115
    try:
        if form == "csv":
            _csv(page, made)
        elif page.data is not None:
            made.write(_json(page.data))
        else:
            _rows(page, made)
    except BaseException:
        made.close()
        raise
    made.seek(0)
    return made


def _csv(page: Page, made: IO[bytes]) -> None:
    rows = page.rows
    assert rows is not None
    text = TextIOWrapper(made, "utf-8", errors="replace", newline="", write_through=True)
    write_csv(text, shape_of(rows.kind), map(as_row, rows))
    text.detach()


def _rows(page: Page, made: IO[bytes]) -> None:
    """One row a line, as ``--json`` writes them."""
    between = b"[\n"
    for row in page.rows or ():
        made.write(between + _json(as_row(row)))
        between = b",\n"
    made.write(b"[]\n" if between == b"[\n" else b"\n]\n")


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, default=_plain).encode("utf-8", "backslashreplace")


def _plain(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return asdict(value)
    if isinstance(value, Mapping):
        return dict(value)
    return list(value)
