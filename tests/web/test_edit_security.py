"""Who may change a record through the browser: only who was given the key, from a page of this very app."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from serving import client_of
from starlette.testclient import TestClient

import onrecord
from onrecord.errors import UsageError
from onrecord.web import guard
from onrecord.web.editing import local, with_query

POSTS = ("/decide", "/add")
CROSS = (
    {"origin": "https://evil.example"},
    {"origin": "null"},
    {"origin": "http://127.0.0.1:9999"},
    {"origin": "http://127.0.0.1.evil.example"},
    {"sec-fetch-site": "cross-site"},
    {"sec-fetch-site": "same-site"},
    {"origin": "http://127.0.0.1", "sec-fetch-site": "cross-site"},
)
ELSEWHERE = (
    "https://evil.example/",
    "//evil.example/",
    "/\\evil.example/",
    "\\\\evil.example",
    "/\t/evil.example/",
    "/\n/evil.example",
    " //evil.example",
    "javascript:alert(1)",
    "data:text/html,x",
    "evil.example",
    "http:/evil.example",
    "//[",
    "",
)


def statement(path: Path) -> str:
    """Some statement of the record."""
    with onrecord.open(path) as opened:
        return next(iter(opened.statements())).id


def decisions(path: Path) -> int:
    """How many decisions the record has."""
    with onrecord.open(path) as opened:
        return opened.status().decisions


def reject(path: Path, **more: str) -> dict[str, str]:
    return {"verb": "reject", "targets": statement(path), "next": "/decisions", **more}


@pytest.mark.parametrize("post", POSTS)
def test_without_edit_nothing_takes_forms(client: TestClient, post: str) -> None:
    assert client.post(post, data={"text": "x", "verb": "reject"}).status_code in (404, 405)


@pytest.mark.parametrize("post", POSTS)
def test_without_the_key_forms_are_refused(own_affair: Path, post: str) -> None:
    """Even with the form's secret, and with a key of another start."""
    key = guard.Key()
    with client_of(own_affair, key) as stranger:
        for cookie in (None, "", guard.Key().text, key.csrf, key.text[:-1]):
            stranger.cookies.clear()
            if cookie is not None:
                stranger.cookies.set(f"{guard.COOKIE}_80", cookie)
            answer = stranger.post(post, data={**reject(own_affair), "text": "x"}, headers={"x-csrf": key.csrf})
            assert answer.status_code == 403
    assert decisions(own_affair) == 0


@pytest.mark.parametrize("secret", [None, "", "x" * 64, "key"])
@pytest.mark.parametrize("post", POSTS)
def test_without_the_secret_of_forms_they_are_refused(
    editor: TestClient, own_affair: Path, post: str, secret: str | None
) -> None:
    del editor.headers["x-csrf"]
    data = {**reject(own_affair), "text": "x"} | ({"csrf": secret} if secret is not None else {})
    assert editor.post(post, data=data).status_code == 403
    assert decisions(own_affair) == 0


@pytest.mark.parametrize("headers", CROSS, ids=str)
def test_other_sites_are_refused(editor: TestClient, own_affair: Path, headers: dict[str, str]) -> None:
    """Even if they had the key's cookie and the form's secret."""
    for post in POSTS:
        assert editor.post(post, data={**reject(own_affair), "text": "x"}, headers=headers).status_code == 403
    assert decisions(own_affair) == 0


def test_own_pages_are_let_in(editor: TestClient, own_affair: Path) -> None:
    """The counterpart of what is refused."""
    headers = {"origin": "http://127.0.0.1", "sec-fetch-site": "same-origin"}
    csrf = editor.headers.pop("x-csrf")
    answer = editor.post("/decide", data=reject(own_affair, csrf=csrf), headers=headers)
    assert answer.status_code == 303
    assert decisions(own_affair) == 1


@pytest.mark.parametrize("address", ELSEWHERE)
def test_forms_lead_nowhere_else(editor: TestClient, own_affair: Path, address: str) -> None:
    """A place outside this app is refused before anything is decided; an empty one is the list of decisions."""
    answer = editor.post("/decide", data=reject(own_affair, next=address))
    if address:
        assert (answer.status_code, decisions(own_affair)) == (400, 0)
        assert "evil" not in answer.headers.get("location", "")
        assert "evil" not in answer.text
    else:
        assert answer.headers["location"].startswith("/decisions?")


@given(st.text(alphabet="/\\:?#@.\t\n htps[]", max_size=12) | st.text(max_size=12))
def test_what_is_let_through_stays_on_this_server(address: str) -> None:
    """As a browser reads it: backslashes are slashes, control characters are passed over."""
    try:
        found = with_query(local(address), done="x_1")
    except UsageError:
        return
    seen = "".join(one for one in found if ord(one) > 32).replace("\\", "/")
    assert seen.startswith("/") and not seen.startswith("//")


GETS = ("/decide", "/add", "/review", "/decisions", "/merge/{actor}", "/split/{actor}", "/actor/{actor}", "/")


@pytest.mark.parametrize("path", GETS)
def test_looking_changes_nothing(editor: TestClient, own_affair: Path, path: str) -> None:
    """Whatever an address asks for, only forms that are sent decide."""
    with onrecord.open(own_affair) as opened:
        actor = next(iter(opened.actors())).id
        before = opened.status()
    asked: dict[str, Any] = {**reject(own_affair, csrf=editor.headers["x-csrf"]), "text": "x", "find": "a"}
    editor.get(path.format(actor=actor), params=asked)
    editor.head(path.format(actor=actor), params=asked)
    with onrecord.open(own_affair) as opened:
        assert opened.status() == before


def test_the_key_is_handed_over_once_into_a_cookie(own_affair: Path) -> None:
    """No script can read it, no other site's request carries it, no page and no later address holds it."""
    key = guard.Key()
    with client_of(own_affair, key) as client:
        answer = client.get("/decisions", params={"key": key.text})
        assert (answer.status_code, answer.headers["location"]) == (303, "/decisions")
        cookie = answer.headers["set-cookie"].lower()
        assert "httponly" in cookie and "samesite=strict" in cookie and "domain" not in cookie
        page = client.get("/decisions")
        assert key.text not in page.text
        assert client.get("/", params={"key": "wrong"}).status_code == 403


def test_pages_for_who_only_looks_have_no_forms(own_affair: Path) -> None:
    """Nor the secret that forms carry."""
    key = guard.Key()
    with client_of(own_affair, key) as stranger:
        for path in ("/review", "/add", "/decisions", "/"):
            page = stranger.get(path)
            assert page.status_code == 200
            assert 'method="post"' not in page.text
            assert key.csrf not in page.text


def test_uploads_are_not_shown_to_who_only_looks(own_affair: Path) -> None:
    key = guard.Key()
    with client_of(own_affair, key) as client:
        client.get("/", params={"key": key.text})
        where = client.post("/add", data={"text": "x", "csrf": key.csrf}).headers["location"]
        assert client.get(where).status_code == 200
        client.cookies.clear()
        assert client.get(where).status_code == 404
        assert client.get(f"{where}.json").status_code == 404
        assert where.rpartition("/")[2] not in client.get("/add").text
        assert client.app.state.jobs.wait(120)  # type: ignore[attr-defined]
