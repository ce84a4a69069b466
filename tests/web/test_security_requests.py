"""Odd, broken and hostile requests: nothing is served but the app, nothing is changed but through a form of it."""

from __future__ import annotations

import hashlib
import socket
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import quote, urlsplit

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from read_page import page, words
from serving import client_of, served
from starlette.testclient import TestClient

from onrecord.errors import UsageError
from onrecord.web import app as app_module
from onrecord.web import guard
from onrecord.web.editing import ACTIONS, Action, Desk, Form
from onrecord.web.server import serve
from onrecord.web.views import VIEWS

SECRETS = ("root:", "autoescape", "SPDX", "[tool.ruff", "def ", "DUCK", "{% extends")
PREFIXES = sorted({view.path.partition("{")[0].rstrip("/") for view in VIEWS if view.path != "/"} | {"/static", ""})
CLIMBS = (
    "../../../../../../etc/passwd",
    "..%2f..%2f..%2f..%2f..%2fetc%2fpasswd",
    "%2e%2e/%2e%2e/%2e%2e/%2e%2e/etc/passwd",
    "%2e%2e%2f%2e%2e%2f%2e%2e%2fetc%2fpasswd",
    "%252e%252e%252f%252e%252e%252fetc%252fpasswd",
    "..%5c..%5c..%5cetc%5cpasswd",
    "..%c0%af..%c0%afetc%c0%afpasswd",
    "....//....//etc/passwd",
    "%2fetc%2fpasswd",
    "/etc/passwd",
    "../app.py",
    "../templates/base.html",
    "..%2fapp.py",
    "..%2f..%2f..%2f..%2fpyproject.toml",
    "style.css/../../app.py",
    "style.css%00.html",
    "file:%2f%2f%2fetc%2fpasswd",
    "%00",
    ".",
    "..",
)  # fmt: skip


def ask(address: str, target: str, *, method: str = "GET", **headers: str) -> tuple[HTTPResponse, bytes]:
    """What the server answers to just these characters, which no client has put right."""
    place = urlsplit(address)
    connection = HTTPConnection(place.hostname or "", place.port, timeout=60)
    connection.sock = _here(place.hostname or "", place.port or 0)
    given = {"Host": place.netloc, **{name.replace("_", "-"): value for name, value in headers.items()}}
    connection.putrequest(method, target, skip_host=True, skip_accept_encoding=True)
    for name, value in given.items():
        for one in value.split("|"):
            connection.putheader(name, one)
    connection.endheaders()
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    return answer, body


def _here(host: str, port: int) -> socket.socket:
    """A connection to this very process, which the guard of the suite against the network need not stop."""
    made = socket.socket()
    super(socket.socket, made).connect((host, port))
    return made


def is_guarded(answer: HTTPResponse) -> bool:
    """Whether each header of the guard is there, once."""
    return all(answer.msg.get_all(name) == [value] for name, value in guard.HEADERS.items())


@pytest.mark.parametrize("prefix", PREFIXES)
def test_no_path_leads_out(address: str, prefix: str) -> None:
    for climb in CLIMBS:
        answer, body = ask(address, f"{prefix}/{climb}")
        # A climb out of a folder that ends at a page of the app is that page; a server may refuse the rest.
        assert answer.status in (200, 400, 404, 405, 307), climb
        assert not [one for one in SECRETS if one.encode() in body], climb
        assert answer.status in (307, 400) or is_guarded(answer), climb
        if answer.status == 200:
            assert b"<title>" in body or "static" in prefix, climb
        assert urlsplit(answer.headers.get("location", "")).netloc in ("", urlsplit(address).netloc)


def test_places_of_reports_are_shown_and_never_served(affair: Path, address: str, client: TestClient) -> None:
    """Neither where a report was found nor the record itself is a path of the app."""
    rows = client.get("/reports.json").json()
    for place in [str(affair), *(row["uri"] for row in rows)]:
        for target in (quote(f"/{place.lstrip('/')}"), f"/report/{quote(place, safe='')}", f"/static/{quote(place)}"):
            answer, body = ask(address, target)
            assert answer.status == 404
            assert not [row for row in rows if row["text"][:200].encode() in body]


ODD = ["%00", "'", '"', "%27;DROP%20TABLE%20document;--", "d_%25", "d_*", "%F0%9F%91%A9", "%FF%FE", "a" * 5_000, "%20", "d_1.html", "NaN", "-1"]  # fmt: skip


@pytest.mark.parametrize("view", [view for view in VIEWS if "{" in view.path], ids=lambda view: view.name)
def test_odd_ids_are_not_there(address: str, view: object) -> None:
    for id in ODD:
        start = view.path.partition("{")[0]  # type: ignore[attr-defined]
        for form in ("", ".json", ".csv"):
            answer, body = ask(address, f"{start}{id}{form}")
            assert answer.status == 404, (id, form, body)
            assert is_guarded(answer)


@pytest.mark.parametrize(
    ("path", "query", "told"),
    [
        ("/reports", "page=x", "page: not a whole number: 'x'"),
        ("/reports", "page=-1", "page: not a whole number"),
        ("/reports", "page=1e3", "page: not a whole number"),
        ("/reports", "page=%D9%A3", "page: not a whole number"),
        ("/reports", "page=" + "9" * 400, "page: not a whole number"),
        ("/reports", "per=0x10", "per: not a whole number"),
        ("/reports", "since=2023-13-40", "2023-13-40"),
        ("/reports", "until=yesterday", "yesterday"),
        ("/reports", "state=Atlantis", "Atlantis"),
    ],
)
def test_bad_values_are_answered_with_what_is_wrong(client: TestClient, path: str, query: str, told: str) -> None:
    shown = words(page(client, f"{path}?{query}", status=400))
    assert told in shown and len(shown) < 2_500
    assert client.get(f"{path}.json?{query}").status_code == 400
    assert client.get(f"{path}.csv?{query}").status_code == 400


def test_numbers_that_are_out_of_reach_are_brought_back(client: TestClient) -> None:
    for query in ("page=999999999999999999", "per=0", "per=999999999999999999", "page=0"):
        assert client.get(f"/reports?{query}").status_code == 200


@pytest.mark.parametrize(
    "query",
    ["outlet=" + "a" * 50_000, "&".join(f"x{n}={n}" for n in range(5_000)), "outlet=a&" * 4_000, "=" * 3_000, "%" * 3_000],
    ids=["long", "many", "again", "empty", "broken"],
)
def test_a_huge_query_is_only_a_query(address: str, query: str) -> None:
    answer, body = ask(address, f"/reports?{query}")
    assert answer.status in (200, 400, 414, 431)
    assert len(body) < 3_000_000


@settings(max_examples=40, deadline=None)
@given(
    st.sampled_from(["/reports", "/", "/failures", "/about", "/report/d_0", "/overview.json", "/reports.csv"]),
    st.lists(
        st.tuples(
            st.sampled_from(["page", "per", "outlet", "since", "all", "show", "at", "key", "min_confidence", "text"]),
            st.text(max_size=12),
        ),
        max_size=4,
    ),
)
def test_no_query_is_a_fault_of_the_app(client: TestClient, path: str, query: list[tuple[str, str]]) -> None:
    assert client.get(path, params=query).status_code in (200, 400, 404)


HOSTS = [
    "evil.invalid", "evil.invalid:{port}", "127.0.0.1", "127.0.0.1:1", "localhost.evil.invalid:{port}",
    "127.0.0.1:{port}.evil.invalid", "evil.invalid@127.0.0.1:{port}", "127.0.0.1:{port}@evil.invalid",
    "127.0.0.1:{port}/", "127.0.0.1:{port}#", "0.0.0.0:{port}", "2130706433:{port}", "127.1:{port}", "[::]:{port}",
    "127.0.0.1:{port}|evil.invalid", "", " ", "null", "xn--local:{port}",
]  # fmt: skip


@pytest.mark.parametrize("host", HOSTS)
def test_only_the_own_name_is_answered(address: str, host: str) -> None:
    """A name of another site that leads here (DNS rebinding) reads nothing."""
    for target in ("/", "/reports.json", "/static/style.css"):
        answer, body = ask(address, target, Host=host.format(port=urlsplit(address).port))
        assert answer.status in (400, 421)
        assert b"affair" not in body and len(body) < 200


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.2:{port}", 200), ("127.0.0.1:{port}", 200), ("localhost:{port}", 200),  # this machine
        ("DESK.example", 200), ("desk.example:{port}", 200), ("proxy.example:443", 200),  # allowed
        ("evil.invalid:{port}", 421), ("desk.example.evil.invalid", 421), ("proxy.example", 421),
        ("127.0.0.3:{port}", 421), ("127.0.0.2", 421), ("127.0.0.2:1", 421), ("192.0.2.7:{port}", 421),
    ],
)  # fmt: skip
def test_at_every_address_the_one_that_was_asked_is_answered(everywhere: int, host: str, status: int) -> None:
    """With --host 0.0.0.0: the address a connection was made to, and what was allowed; no other name."""
    asked = ask(f"http://127.0.0.2:{everywhere}/", "/reports.json", Host=host.format(port=everywhere))
    assert asked[0].status == status
    assert status == 200 or b"--allow-host" in asked[1]


@pytest.fixture(scope="module")
def everywhere(affair: Path) -> Iterator[int]:
    """The port of a server at every address of this machine."""
    with served(affair, host="0.0.0.0") as (address, _):
        try:
            _here("127.0.0.2", urlsplit(address).port or 0).close()
        except OSError:
            pytest.skip("this system has one local address only")
        yield urlsplit(address).port or 0


def test_edits_at_an_address_of_this_machine(own_affair: Path) -> None:
    """The key and the forms work there as they do at 127.0.0.1; a form of another site does not."""
    key = guard.Key()
    app = app_module.app_of(own_affair, host="0.0.0.0", port=80, key=key)
    with TestClient(app, base_url="http://192.0.2.7") as client:
        client.get("/", params={"key": key.text})
        client.headers["x-csrf"] = key.csrf
        asked = {"verb": "reject", "targets": client.get("/actors.json").json()[0]["id"], "next": "/actors"}
        for origin, status in (("http://evil.invalid", 403), ("http://192.0.2.7", 303)):
            answer = client.post("/decide", data=asked, headers={"origin": origin}, follow_redirects=False)
            assert answer.status_code == status, answer.text


@pytest.mark.parametrize("name", ["*", "", "http://desk.example", "desk.example/", "a b"])
def test_what_is_no_name_is_not_allowed(affair: Path, name: str) -> None:
    with pytest.raises(UsageError, match="no name to answer under"):
        serve(affair, allowed=[name])


def test_an_address_of_nobody_is_not_listened_at(affair: Path) -> None:
    for host, hint in (("", "leave out --host"), ("192.0.2.7", "an address of this machine")):
        with pytest.raises(UsageError) as caught:
            serve(affair, host=host)
        assert hint in caught.value.hint


def test_what_a_proxy_would_say_changes_nothing(address: str) -> None:
    answer, body = ask(
        address, "/reports/", X_Forwarded_Host="evil.invalid", X_Forwarded_Proto="https", Forwarded="host=evil.invalid"
    )
    assert b"evil.invalid" not in body
    assert "evil.invalid" not in str(answer.msg)


@pytest.mark.parametrize("target", ["//evil.invalid/", "//evil.invalid/reports/", "/%2f%2fevil.invalid/", "/%5cevil.invalid/", "http://evil.invalid/reports/"])  # fmt: skip
def test_no_answer_leads_elsewhere(address: str, target: str) -> None:
    answer, _ = ask(address, target)
    assert answer.status in (400, 404)
    assert answer.headers.get("location") is None


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "PROPFIND", "FOO"])
def test_pages_are_only_looked_at(affair: Path, address: str, method: str) -> None:
    before = hashlib.sha256(affair.read_bytes()).hexdigest()
    for target in ("/", "/reports", "/reports.json", "/report/d_0", "/static/style.css"):
        answer, _ = ask(address, target, method=method)
        assert answer.status in (400, 404, 405), target
        assert answer.headers.get("access-control-allow-origin") is None
    assert hashlib.sha256(affair.read_bytes()).hexdigest() == before


@pytest.mark.parametrize("target", ["/", "/reports", "/reports.json", "/reports.csv", "/report/d_0", "/static/style.css"])
def test_head_says_what_get_says_without_the_rest(address: str, target: str) -> None:
    head, nothing = ask(address, target, method="HEAD")
    whole, _ = ask(address, target)
    assert head.status == whole.status and nothing == b""
    assert head.headers["content-type"] == whole.headers["content-type"]
    assert is_guarded(head)


def test_every_answer_is_guarded(address: str) -> None:
    for target, status in (("/", 200), ("/nowhere", 404), ("/report/d_0", 404), ("/reports?page=x", 400),
                           ("/reports.json", 200), ("/report/d_0.json", 404), ("/static/style.css", 200), ("/static/no.css", 404)):  # fmt: skip
        answer, _ = ask(address, target)
        assert answer.status == status
        assert is_guarded(answer), target
    for answer, _ in (ask(address, "/", Host="evil.invalid"), ask(address, "/", method="POST")):
        assert is_guarded(answer)


def test_a_fault_of_the_app_tells_nothing_and_is_guarded(affair: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("the secret is in the message")

    first = next(view for view in VIEWS if view.name == "about")
    views = tuple(replace(view, make=broken) if view is first else view for view in VIEWS)
    monkeypatch.setattr(app_module, "VIEWS", views)
    with client_of(affair) as client:
        answer = client.get("/about")
    assert answer.status_code == 500
    assert "secret" not in answer.text and "Traceback" not in answer.text
    assert all(answer.headers.get_list(name) == [value] for name, value in guard.HEADERS.items())


@dataclass
class Edited:
    """An app with an action of its own, and what that was given."""

    client: TestClient
    key: guard.Key
    forms: list[Form] = field(default_factory=list)

    def sign_in(self) -> None:
        """As who opens the address that was printed."""
        assert self.client.get("/", params={"key": self.key.text}).status_code == 303


@pytest.fixture()
def edited(affair: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Edited]:
    key = guard.Key()
    forms: list[Form] = []

    def run(desk: Desk, form: Form) -> str:
        forms.append(form)
        return "/reports"

    monkeypatch.setattr(app_module, "ACTIONS", (Action("try", "/try-it", run),))
    with client_of(affair, key) as client:
        yield Edited(client, key, forms)


OWN = "http://127.0.0.1"


@pytest.mark.parametrize(
    ("cookie", "csrf", "headers"),
    [
        (False, True, {}),
        (True, False, {}),
        (False, False, {"Origin": OWN}),
        (True, True, {"Origin": "http://evil.invalid"}),
        (True, True, {"Origin": "null"}),
        (True, True, {"Origin": "http://127.0.0.1:8080"}),
        (True, True, {"Origin": "http://127.0.0.1.evil.invalid"}),
        (True, True, {"Origin": "http://evil.invalid", "Referer": OWN}),
        (True, True, {"Sec-Fetch-Site": "cross-site"}),
        (True, True, {"Sec-Fetch-Site": "same-site"}),
        (True, True, {"Origin": OWN, "Sec-Fetch-Site": "cross-site"}),
    ],
)
def test_a_request_that_is_not_of_the_app_changes_nothing(
    edited: Edited, cookie: bool, csrf: bool, headers: dict[str, str]
) -> None:
    if cookie:
        edited.sign_in()
    data = {"a": "1", **({guard.FIELD: edited.key.csrf} if csrf else {})}
    assert edited.client.post("/try-it", data=data, headers=headers).status_code == 403
    assert edited.forms == []


@pytest.mark.parametrize("given", ["", "0", "x" * 64, "é" * 64, "\x00"])
def test_a_wrong_secret_changes_nothing(edited: Edited, given: str) -> None:
    edited.sign_in()
    assert edited.client.post("/try-it", data={guard.FIELD: given}).status_code == 403
    assert edited.client.post("/try-it", data={guard.FIELD: guard.Key().csrf}).status_code == 403
    assert edited.client.post("/try-it", json={guard.FIELD: edited.key.csrf}).status_code == 403
    assert edited.client.post(f"/try-it?{guard.FIELD}={edited.key.csrf}").status_code == 403
    (name,) = edited.client.cookies
    edited.client.cookies = {name: guard.Key().text}
    assert edited.client.post("/try-it", data={guard.FIELD: edited.key.csrf}).status_code == 403
    assert edited.forms == []


@pytest.mark.parametrize("headers", [{}, {"Origin": OWN}, {"Origin": OWN, "Sec-Fetch-Site": "same-origin"}])
def test_a_form_of_the_app_does(edited: Edited, headers: dict[str, str]) -> None:
    """The counterpart: it is the checks that refuse the others."""
    edited.sign_in()
    answer = edited.client.post("/try-it", data={"a": "1", guard.FIELD: edited.key.csrf}, headers=headers)
    assert (answer.status_code, answer.headers["location"]) == (303, "/reports")
    assert [form.one("a") for form in edited.forms] == ["1"]


def test_looking_at_an_action_does_nothing(edited: Edited) -> None:
    edited.sign_in()
    for method in ("GET", "HEAD", "PUT", "DELETE", "OPTIONS"):
        answer = edited.client.request(method, f"/try-it?{guard.FIELD}={edited.key.csrf}")
        assert answer.status_code == 405
    assert edited.forms == []


def test_without_leave_to_edit_there_is_no_action(client: TestClient) -> None:
    for path in ["/try-it", *(action.path for action in ACTIONS)]:
        assert client.post(path, data={guard.FIELD: "x"}).status_code in (404, 405)


def test_the_key_goes_into_a_cookie_that_no_script_and_no_other_site_has(affair: Path) -> None:
    key = guard.Key()
    with client_of(affair, key) as client:
        answer = client.get("/", params={"key": key.text})
        assert answer.status_code == 303 and key.text not in answer.headers["location"]
        told = answer.headers["set-cookie"].lower()
        assert "httponly" in told and "samesite=strict" in told
        assert client.get("/", params={"key": guard.Key().text}).status_code == 403
        assert key.text not in client.get("/").text
        assert key.text not in client.get("/nowhere").text
