"""The app: routes, headers and errors around the views. The only module that imports starlette."""

from __future__ import annotations

import sys
import traceback
from collections.abc import Awaitable, Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import IO, Any

from starlette.applications import Starlette
from starlette.background import BackgroundTask
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response, StreamingResponse
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from onrecord import __version__
from onrecord.building import BuildSettings
from onrecord.errors import OnrecordError, RecordLocked, UsageError, told
from onrecord.web import guard
from onrecord.web.ask import TYPES, Ask, NotThere, Page, View, twin
from onrecord.web.editing import ACTIONS, Action, Desk, DeskView, Form, local
from onrecord.web.jobs import Jobs, Shelf
from onrecord.web.templating import html
from onrecord.web.views import DESK_VIEWS, VIEWS

MOST_BYTES = 64_000_000  # of one upload
FAULT = "this is a fault of Onrecord, not of yours"
_ANOTHER_NAME = "This server answers only under its own name, and those given with --allow-host NAME.\n"
_DONE = "done"  # names the decision that was just made, in the address of the page shown next
Endpoint = Callable[[Request], Awaitable[Response]]


def app_of(
    path: Path,
    *,
    host: str,
    port: int,
    key: guard.Key | None = None,
    settings: BuildSettings | None = None,
    allowed: Sequence[str] = (),
) -> Starlette:
    """The app for the record at ``path``.

    Args:
        path: the record; opened when somebody looks.
        host: the address it will be reached at, beside the local names.
        port: likewise.
        key: who has it may edit; None: nobody may.
        settings: how reports that are added are read.
        allowed: other names it will be reached at.
    """
    shelf = Shelf(path)
    desk = Desk(shelf, Jobs(shelf, settings))
    site = _Site(desk, key, port)
    static = StaticFiles(directory=Path(__file__).parent / "static")
    views: tuple[View | DeskView, ...] = (*VIEWS, *DESK_VIEWS)
    routes = [route for view in views for route in site.routes(view)]
    if key is not None:
        routes += [Route(one.path, site.changing(one), methods=["POST"]) for one in ACTIONS]
    made = Starlette(
        routes=[*routes, Mount("/static", static)],
        exception_handlers={
            HTTPException: site.failed,
            OnrecordError: site.failed,
            OSError: site.failed,
            Exception: site.broken,
        },
        max_body_size=MOST_BYTES,
    )
    if key is not None:
        desk.jobs.resume()
    made.state.shelf, made.state.jobs = shelf, desk.jobs
    made.add_middleware(_Guarded, hosts=guard.hosts(host, port, allowed))
    return made


class _Site:
    """What every answer needs: the record, and who may edit."""

    def __init__(self, desk: Desk, key: guard.Key | None, port: int) -> None:
        self._desk, self._shelf, self._key = desk, desk.shelf, key
        # Browsers send cookies to every port of a host: two servers must not take each other's.
        self._cookie = f"{guard.COOKIE}_{port}"

    def routes(self, view: View | DeskView) -> list[Route]:
        """The page of a view and its twins."""
        path = "/overview" if view.path == "/" else view.path
        twins = [
            Route(f"{path}.{form}", self._answering(view, form), name=f"{view.name}.{form}") for form in TYPES
        ]
        return [*twins, Route(view.path, self._answering(view, "html"), name=view.name)]

    def _answering(self, view: View | DeskView, form: str) -> Endpoint:
        async def answer(request: Request) -> Response:
            given = request.query_params.get("key")
            if given is not None and self._key is not None and form == "html":
                return self._hand_over(request, given)
            return await run_in_threadpool(self._answer, request, view, form)

        return answer

    def changing(self, action: Action) -> Endpoint:
        """What an action answers: refused without the key and the form's secret, else where to go next."""

        async def answer(request: Request) -> Response:
            self._check(request)
            async with request.form(max_files=200, max_part_size=MOST_BYTES) as sent:
                given = request.headers.get("x-csrf") or str(sent.get(guard.FIELD, ""))
                if self._key is None or not self._key.signs(given):
                    raise HTTPException(403, "the form is not of this app, or of an earlier start of it")
                form = await _form_of(sent.multi_items())
            request.state.back = form.get("next")
            goal = await run_in_threadpool(action.run, self._desk, form)
            return RedirectResponse(goal, status_code=303)

        return answer

    def _check(self, request: Request) -> None:
        allowed = request.scope["onrecord.hosts"]
        if not guard.is_own({k.lower(): v for k, v in request.headers.items()}, allowed):
            raise HTTPException(403, "this request comes from another site")
        if not self._may_edit(request):
            raise HTTPException(403, "edits need the address that was printed at the start")

    def _may_edit(self, request: Request) -> bool:
        return self._key is not None and self._key.opens(request.cookies.get(self._cookie))

    def _hand_over(self, request: Request, given: str) -> Response:
        """The key out of the address into a cookie, so that no address that is copied carries it."""
        assert self._key is not None
        if not self._key.opens(given):
            raise HTTPException(403, "this key is of an earlier start: the address printed last has the new")
        answer = RedirectResponse(request.url.path, status_code=303)
        answer.set_cookie(self._cookie, given, httponly=True, samesite="strict", path="/")
        return answer

    def _answer(self, request: Request, view: View | DeskView, form: str) -> Response:
        ask = self._ask(request, form)
        if isinstance(view, DeskView):
            return self._made(view.make(self._desk, ask), ask, view.name, form)
        with self._shelf.reading() as record:
            page = view.make(record, ask)
            done = request.query_params.get(_DONE) if ask.may_edit and form == "html" else None
            return self._made(page, ask, view.name, form, record.review.decision(done) if done else None)

    def _made(self, page: Page, ask: Ask, name: str, form: str, done: object = None) -> Response:
        """A page as it is sent; ``done``: the decision that led to it."""
        if form == "html":
            return HTMLResponse(self._html(page, ask, done), status_code=page.status)
        made = twin(page, form)
        kept = form != "json"
        headers = {"Content-Disposition": f'attachment; filename="{name}.{form}"'} if kept else {}
        # Who asks may be gone before the first line is read, as after HEAD: then only the task closes it.
        closing = BackgroundTask(run_in_threadpool, made.close)
        return StreamingResponse(_read(made), media_type=TYPES[form], headers=headers, background=closing)

    def _ask(self, request: Request, form: str = "html") -> Ask:
        path = request.url.path
        if form != "html":
            path = path.removesuffix(f".{form}")
        may = self._may_edit(request)
        csrf = self._key.csrf if may and self._key is not None else ""
        # What was just done is told once: no link from the page may carry it on.
        query = tuple(pair for pair in request.query_params.multi_items() if pair[0] != _DONE)
        return Ask(path, dict(request.path_params), query, may, csrf)

    def _html(self, page: Page, ask: Ask, done: object = None) -> str:
        common = {
            "page": page,
            "ask": ask,
            "record_name": self._shelf.path.name,
            "version": __version__,
            "menu": [one for one in VIEWS if one.menu],
            "editing": self._key is not None,
            "done": done,
        }
        return html(page.template, {**common, **page.values})

    async def failed(self, request: Request, error: Exception) -> Response:
        """An error as a page that says what is wrong and what to do next."""
        status, what, hint = _told(error)
        if what == FAULT:
            traceback.print_exception(error, file=sys.stderr)
        what, hint = map(self._shelf.untold, (what, hint))
        if request.url.path.endswith(tuple(f".{form}" for form in TYPES)):
            return PlainTextResponse(f"{what}\n{hint}\n", status_code=status)
        title = "Busy" if status == 503 else "Not found" if status == 404 else "That did not work"
        sent = request.method == "POST"  # is not sent again by itself
        if sent and status == 503:
            hint = "Nothing was changed. Go back and send it again in a moment."
        values = {"what": what, "hint": hint, "again": status == 503 and not sent, "back": _back(request)}
        page = Page("error.html", title, values, status=status)
        headers = {"Retry-After": "5"} if status == 503 else None
        return HTMLResponse(self._html(page, self._ask(request)), status_code=status, headers=headers)

    async def broken(self, request: Request, error: Exception) -> Response:
        """As ``failed``, for what nobody foresaw: its answer does not pass through ``_Guarded``."""
        answer = await self.failed(request, error)
        answer.headers.update({**guard.HEADERS, "Cache-Control": "no-store"})
        return answer


def _back(request: Request) -> str | None:
    """The page that a form was sent from, if it is one of this app."""
    given = getattr(request.state, "back", None)
    try:
        return local(given) if given else None
    except UsageError:
        return None


def _told(error: Exception) -> tuple[int, str, str]:
    if isinstance(error, NotThere):
        return 404, str(error), error.hint
    if isinstance(error, RecordLocked):
        return 503, str(error), "A build is writing to it. This page asks again in a few seconds."
    if isinstance(error, UsageError):
        return 404 if str(error).startswith("no such ") else 400, str(error), error.hint
    if isinstance(error, OSError):
        error = told(error) or error
    if isinstance(error, OnrecordError):
        return 500, str(error), error.hint
    if isinstance(error, HTTPException):
        hint = "The menu above leads everywhere." if error.status_code == 404 else ""
        return error.status_code, str(error.detail), hint
    return 500, FAULT, "The terminal of the server tells more."


def _read(made: IO[bytes]) -> Iterator[bytes]:
    with made:
        yield from iter(partial(made.read, 1 << 16), b"")


async def _form_of(items: list[tuple[str, Any]]) -> Form:
    fields: dict[str, list[str]] = {}
    files = []
    for name, value in items:
        if isinstance(value, UploadFile):
            files.append((value.filename or "", await value.read()))
        else:
            fields.setdefault(name, []).append(value)
    return Form(fields, tuple(files))


class _Guarded:
    """Refuses strange Host headers, and gives every answer the headers of ``guard``."""

    def __init__(self, app: ASGIApp, hosts: frozenset[str]) -> None:
        self._app, self._hosts = app, hosts

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "websocket":
            await send({"type": "websocket.close"})
            return
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        named = {v.decode("latin-1").lower() for k, v in scope["headers"] if k == b"host"}
        hosts = self._hosts | guard.hosts_of(scope.get("server"))
        scope["onrecord.hosts"] = hosts
        app: ASGIApp = self._app
        if len(named) != 1 or not named <= hosts:
            app = PlainTextResponse(_ANOTHER_NAME, status_code=421)

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = message.setdefault("headers", [])
                headers += [(k.lower().encode(), v.encode()) for k, v in guard.HEADERS.items()]
                kept = b"no-cache" if scope["path"].startswith("/static/") else b"no-store"
                headers.append((b"cache-control", kept))
            await send(message)

        await app(scope, receive, guarded)
