"""Who may ask what: the rules that keep other sites, other programs and the text of reports out.

host      a page of another site that gets its name to mean this machine (DNS rebinding) asks with its
          own name in the Host header: refused. Answered are the local names, the one to listen at, those
          that were allowed, and the address that the connection was made to: a number is no name that
          anybody could get to mean something else
policy    nothing runs or loads but the app's own files; no page can frame this one
key       who may edit: a secret made at each start, handed over once in the address that is printed,
          then kept in a cookie that no script reads and no other site's request carries
form      each form carries a second secret made of the key; a request must also come from this very app

"""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Iterable, Mapping
from ipaddress import ip_address
from urllib.parse import urlsplit

COOKIE = "onrecord_key"
FIELD = "csrf"
POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
        "require-trusted-types-for 'script'",
    )
)
HEADERS: Mapping[str, str] = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # No other site learns of a page; "no-referrer" would also take the origin out of the forms sent here.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
_ENDS_IN_PORT = re.compile(r"(?:\A[^:]+|\]):\d+\Z")
_LOCAL = ("127.0.0.1", "localhost", "::1")


def hosts(host: str, port: int, allowed: Iterable[str] = ()) -> frozenset[str]:
    """The Host headers that are answered, in lower case: the local names, and ``host``, at ``port``; and each
    ``allowed`` name, at that port and at the one that a browser does not name, or as it stands if it has one.

    >>> sorted(hosts("127.0.0.1", 8080, ["desk.example"]))
    ['127.0.0.1:8080', '[::1]:8080', 'desk.example', 'desk.example:8080', 'localhost:8080']
    """
    own = {f"{_shown(name)}:{port}" for name in (*_LOCAL, host)}
    if port == 80:
        own |= {_shown(name) for name in (*_LOCAL, host)}
    for name in allowed:
        told = _ENDS_IN_PORT.search(name)
        own |= {name.lower()} if told else {_shown(name), f"{_shown(name)}:{port}"}
    return frozenset(own)


def hosts_of(address: tuple[str, int] | None) -> frozenset[str]:
    """The Host headers that name the numeric ``address`` and port that a connection was made to.

    >>> sorted(hosts_of(("::ffff:192.0.2.7", 8080))), sorted(hosts_of(("desk", 80)))
    (['192.0.2.7:8080'], [])
    """
    try:
        number = ip_address((address or ("", 0))[0].partition("%")[0])
    except ValueError:
        return frozenset()
    assert address is not None, "an address was read"
    number = getattr(number, "ipv4_mapped", None) or number
    shown, port = _shown(str(number)), address[1]
    return frozenset({f"{shown}:{port}"} | ({shown} if port == 80 else set()))


def _shown(name: str) -> str:
    """A name or an address as it stands in an address of the web."""
    name = name.lower().strip("[]")
    return f"[{name}]" if ":" in name else name


def is_own(headers: Mapping[str, str], allowed: frozenset[str]) -> bool:
    """Whether a request that changes something comes from a page of this app: by its origin, and by what the
    browser says of the site it comes from. One that has neither comes from no browser: it needs the key too.

    ``headers``: names in lower case.
    """
    if headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
        return False
    origin = headers.get("origin")
    if origin is None:
        return True
    return origin != "null" and urlsplit(origin).netloc.lower() in allowed


class Key:
    """The secret of one start of the server."""

    def __init__(self) -> None:
        """A new one."""
        self.text = secrets.token_urlsafe(32)

    @property
    def csrf(self) -> str:
        """What forms carry; the key cannot be had back from it."""
        return hmac.new(self.text.encode(), b"form", hashlib.sha256).hexdigest()

    def opens(self, given: str | None) -> bool:
        """Whether ``given`` is the key."""
        return given is not None and hmac.compare_digest(given.encode("utf-8", "replace"), self.text.encode())

    def signs(self, given: str | None) -> bool:
        """Whether ``given`` is what forms carry."""
        return given is not None and hmac.compare_digest(given.encode("utf-8", "replace"), self.csrf.encode())
