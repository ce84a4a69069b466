"""Adding reports: the form, and how far each upload is. Made without the record, which may be written to."""

from __future__ import annotations

from typing import Any

from onrecord.building import COUNTED
from onrecord.web.ask import Ask, NotThere, Page
from onrecord.web.editing import Desk, DeskView
from onrecord.web.jobs import Job


def add(desk: Desk, ask: Ask) -> Page:
    """The form to send reports with, and what was sent since the server was started."""
    jobs = desk.jobs.all() if ask.may_edit else []
    scripts = ("add.js",) if ask.may_edit else ()
    data = [_data(one) for one in jobs]
    return Page("add.html", "Add reports", {"jobs": jobs}, data=data, styles=("edit.css",), scripts=scripts)


def job(desk: Desk, ask: Ask) -> Page:
    """How far one upload is, what came of it, and what could not be read."""
    found = desk.jobs.get(ask.given["id"]) if ask.may_edit else None
    if found is None:
        raise NotThere(
            "there is no such upload", hint="Those that are done are forgotten; their reports stay."
        )
    values = {"job": found}
    return Page("job.html", "Adding", values, data=_data(found), styles=("edit.css",), scripts=("job.js",))


def _data(job: Job) -> dict[str, Any]:
    return {
        "id": job.id,
        "names": job.names,
        "started": job.started,
        "state": job.state,
        "step": job.step,
        "ended": job.ended,
        "read": len(job.documents),
        "documents": job.documents,
        "failures": [
            {"uri": one.uri, "reason": one.failure.reason, "hint": one.failure.hint}
            for one in job.failures
            if one.failure
        ],
        "report": job.report and {name: getattr(job.report, name) for name in COUNTED},
        "error": job.error,
        "hint": job.hint,
    }


VIEWS = (
    DeskView("add", "/add", add),
    DeskView("job", "/add/{id}", job),
)
