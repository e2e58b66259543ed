"""The pages of a check that is done: summary, findings, heatmap, assurance, how it was read, and the downloads."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import FileResponse, HTMLResponse, RedirectResponse, Response

from regsheet.layout.fields import MAP_FIELDS, NONE, REGISTER_FIELDS, is_field
from regsheet.web.api import attachment
from regsheet.web.checks import Check, with_mending
from regsheet.web.colours import stylesheet
from regsheet.web.filters import KEYS, NOBODY, SEVERITIES, choices, select
from regsheet.web.problems import problem
from regsheet.web.rendering import render
from regsheet.web.rule_pages import known_codes
from regsheet.web.services import services_of
from regsheet.web.uploads import receive_form
from regsheet.web.work.downloads import ZIP
from regsheet.web.work.results import FindingShown, Result, TableShown

router = APIRouter(prefix="/checks/{key}")
FILTERS = {"severity": "Severity", "owner": "Owner", "rule": "Rule", "risk": "Risk", "status": "Status"}
STORED = re.compile(r"result-\d+")
"""What a worker may have called a file of a result: it has read what a stranger sent, and is not simply believed."""


def summary_page(request: Request, check: Check) -> str:
    """What came of a check, on one page: counts, downloads, what was understood, where to look next."""
    result = services_of(request).checks.result(check)
    counting = [finding for finding in result.findings if finding.status != "waived"]
    return _render(
        request, "summary.html", check, result, "summary",
        counts={severity: sum(finding.severity == severity for finding in counting) for severity in SEVERITIES},
        corrected=sum(len(book.changes) for book in result.books),
        waived=len(result.findings) - len(counting),
        by_rule=_tally(counting, lambda one: (one.code, f"{one.code} {one.name}"), "rule"),
        by_owner=_tally(counting, lambda one: (one.owner or NOBODY, one.owner or NOBODY), "owner"),
        doubts=_doubts(result),
        can_mail=_can_mail(check, result),
    )  # fmt: skip


@router.get("/findings", response_class=HTMLResponse)
def findings(request: Request, key: str) -> HTMLResponse:
    """The findings, filtered as the address says."""
    check, result = _done(request, key)
    selection = select(result.findings, request.query_params)
    offered = {name: choices(result.findings, name, selection.chosen.get(name, "")) for name in FILTERS}
    books = choices(result.findings, "file") if len(result.books) > 1 else []
    return HTMLResponse(_render(request, "findings.html", check, result, "findings", selection=selection,
                                filters=FILTERS, offered=offered, files=books, explained=known_codes()))  # fmt: skip


@router.get("/heatmap", response_class=HTMLResponse)
def heatmap(request: Request, key: str) -> HTMLResponse:
    """Where every risk stands and how it moves."""
    check, result = _done(request, key)
    return HTMLResponse(_render(request, "heatmap.html", check, result, "heatmap"))


@router.get("/assurance", response_class=HTMLResponse)
def assurance(request: Request, key: str) -> HTMLResponse:
    """Who gives assurance on each risk."""
    check, result = _done(request, key)
    return HTMLResponse(_render(request, "assurance.html", check, result, "assurance"))


@router.get("/reading", response_class=HTMLResponse)
def reading(request: Request, key: str) -> HTMLResponse:
    """How the workbooks were read, to be mended."""
    check, result = _done(request, key)
    return HTMLResponse(_render(request, "reading.html", check, result, "reading",
                                fields={"Risk register": REGISTER_FIELDS, "Assurance map": MAP_FIELDS}))  # fmt: skip


@router.post("/mend")
async def mend(request: Request, key: str) -> Response:
    """Settle what a table's columns mean, and check again."""
    services = services_of(request)
    form = await receive_form(request, None, services.budget)
    if not services.sessions.is_form_token(services.sessions.session_of(request.headers), form.text("form_token")):
        raise problem(403, "token")
    check, result = await run_in_threadpool(_done, request, key)
    table = _table_of(result, form.text("book"), form.text("table"))
    mended = _mended(table, {number: form.text(f"column-{number}") for number in range(len(table.columns))})
    assert check.choices is not None  # noqa: S101 - a check that is done was chosen
    choices_now = with_mending(check.choices, mended)
    await run_in_threadpool(services.checks.start, check, choices_now)
    return RedirectResponse(f"/checks/{key}", 303)


@router.get("/files/{number}")
def download(request: Request, key: str, number: str) -> FileResponse:
    """A file that the check gives."""
    check, result = _done(request, key)
    found = next((one for one in result.downloads if one.key == number), None)
    if found is None or not STORED.fullmatch(found.stored):
        raise problem(404, "not_found")
    return FileResponse(check.folder / found.stored, media_type=found.media_type,
                        headers={"Content-Disposition": attachment(found.name)})  # fmt: skip


@router.get("/bands.css")
def bands(request: Request, key: str) -> Response:
    """The colours of the registers' own bands, as classes."""
    _, result = _done(request, key)
    return Response(stylesheet(result.colours), media_type="text/css")


def _done(request: Request, key: str) -> tuple[Check, Result]:
    checks = services_of(request).checks
    check = checks.get(key, request.state.session, request.state.user)
    return check, checks.result(check)


def _render(request: Request, template: str, check: Check, result: Result, here: str, **values: Any) -> str:
    return render(template, request.scope, check=check, result=result, here=here, NONE=NONE,
                  address=f"/checks/{check.key}", link_to=_link_to, **values)  # fmt: skip


def _link_to(**chosen: str) -> str:
    """The query of the findings page with these filters."""
    return urlencode({name: value for name, value in chosen.items() if name in KEYS})


def _tally(findings: Iterable[FindingShown], name: Any, key: str) -> list[dict[str, Any]]:
    """How many findings of each severity a rule or owner has, the worst first."""
    counts: dict[tuple[str, str], Counter[str]] = {}
    for finding in findings:
        counts.setdefault(name(finding), Counter())[finding.severity] += 1
    ordered = sorted(
        counts.items(),
        key=lambda item: (item[0][0] == NOBODY, [-item[1][severity] for severity in SEVERITIES], item[0]),
    )
    return [
        {"label": label, "query": _link_to(**{key: value}), "total": count.total(),
         **{severity: count[severity] for severity in SEVERITIES}}
        for (value, label), count in ordered
    ]  # fmt: skip


def _can_mail(check: Check, result: Result) -> bool:
    """Whether there are owners to write to, findings to write of, and no drafts yet."""
    has_owners = any(sent.role == "owners" for sent in check.files)
    written = any(one.media_type == ZIP for one in result.downloads)
    return has_owners and not written and bool(result.findings) and any(one.main for one in result.downloads)


def _doubts(result: Result) -> list[str]:
    """Columns that were read without being sure, in words."""
    return [
        f"column {column.letter} of {table.sheet} (“{column.heading}”) as {column.field.replace('_', ' ')}"
        for book in result.books for table in book.tables for column in table.columns if not column.sure
    ]  # fmt: skip


def _table_of(result: Result, book: str, table: str) -> TableShown:
    if book.isdecimal() and table.isdecimal() and len(book + table) < 9 and int(book) < len(result.books):
        found = next((one for one in result.books[int(book)].tables if one.number == int(table)), None)
        if found is not None and found.can_mend:
            return found
    raise problem(404, "not_found")


def _mended(table: TableShown, wanted: dict[int, str]) -> dict[str, str]:
    """What the columns of a table mean now. Raises ``Problem`` where two mean the same, or nothing was changed."""
    mended: dict[str, str] = {}
    for number, column in enumerate(table.columns):
        field = wanted[number] or column.field or NONE
        if field != NONE and not is_field(field):
            raise problem(422, "mend_unknown", field=field[:60])
        if field != NONE and field in mended.values():
            raise problem(422, "mend_twice", field=field.replace("_", " "))
        mended[column.heading] = field
    if all(field == (column.field or NONE) for field, column in zip(mended.values(), table.columns, strict=True)):
        raise problem(422, "mend_nothing")
    return mended
