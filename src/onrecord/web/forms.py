"""What a form sent, and where it may lead to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from onrecord.errors import UsageError


@dataclass(frozen=True, slots=True)
class Form:
    """What was sent: fields by name, and files as name and bytes."""

    fields: Mapping[str, Sequence[str]] = field(default_factory=dict)
    files: tuple[tuple[str, bytes], ...] = ()

    def one(self, name: str) -> str:
        """The last value of a field; raises UsageError if there is none."""
        value = self.get(name)
        if value is None:
            raise UsageError(f"the form lacks {name!r}", hint="fill it in and send it again")
        return value

    def get(self, name: str) -> str | None:
        """The last value of a field that is not empty."""
        return next(iter(reversed(self.every(name))), None)

    def every(self, name: str) -> list[str]:
        """All values of a field that are not empty."""
        return [value for value in self.fields.get(name, ()) if value.strip()]


def local(address: str) -> str:
    r"""``address`` if it is one of this app: a path, perhaps with a query and a fragment.

    Raises UsageError for anything that a browser may take for another place: a scheme, a host, what begins
    with two slashes, a backslash (which browsers read as a slash), and control characters and spaces (which
    they pass over).

    >>> local("/actor/a_1?x=1#top")
    '/actor/a_1?x=1#top'
    """
    strange = any(ord(one) <= 32 or ord(one) == 127 or one == "\\" for one in address)
    try:
        parts = urlsplit(address)
    except ValueError:
        parts = None
    if (
        parts is None
        or strange
        or parts.scheme
        or parts.netloc
        or not address.startswith("/")
        or address.startswith("//")
    ):
        raise UsageError(
            "the form leads out of this app", hint="go back, load the page again, and send it once more"
        )
    return address


def with_query(address: str, **changes: str | None) -> str:
    """``address``, which is ``local``, with values of its query changed; None takes a name out.

    >>> with_query("/actor/a_1?x=1&done=x_1#top", done="x_2")
    '/actor/a_1?x=1&done=x_2#top'
    """
    parts = urlsplit(address)
    kept = [pair for pair in parse_qsl(parts.query) if pair[0] not in changes]
    kept += [(name, value) for name, value in changes.items() if value is not None]
    return urlunsplit(("", "", parts.path, urlencode(kept), parts.fragment))
