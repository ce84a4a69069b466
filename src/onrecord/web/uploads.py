"""Reports that are sent from a page: files, or a pasted text with what is known of it."""

from __future__ import annotations

import json

from onrecord.errors import UsageError
from onrecord.sources import Given
from onrecord.web.ask import link
from onrecord.web.desk import Desk
from onrecord.web.forms import Form

FIELDS = ("title", "outlet", "published", "url")
"""What may be told of a pasted text beside it."""


def add(desk: Desk, form: Form) -> str:
    """Begin to read what a form holds; the page that shows how far that is.

    Raises UsageError if there is nothing in it, or too much is waiting already.
    """
    given = [Given(name, data) for name, data in form.files if name or data]
    pasted = form.get("text")
    if pasted is not None:
        given.append(pasted_report(pasted, {name: form.get(name) for name in FIELDS}))
    if not given:
        raise UsageError("there is nothing to add", hint="choose a file or paste a text, then send it again")
    return link(f"/add/{desk.jobs.take(given).id}")


def pasted_report(text: str, told: dict[str, str | None]) -> Given:
    """A pasted text as a file. What is told of it goes into the file too, so that it is part of the original
    that the record keeps.

    >>> pasted_report("One.\\r\\nTwo.", {"title": None})
    Given(name='pasted.txt', data=b'One.\\nTwo.')
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    known = {name: " ".join(value.split()) for name, value in told.items() if value}
    if not known:
        return Given("pasted.txt", text.encode("utf-8", "replace"))
    data = json.dumps({**known, "text": text}, ensure_ascii=False, sort_keys=True)
    return Given(f"{known.get('title', 'pasted')}.json", data.encode("utf-8", "replace"))
