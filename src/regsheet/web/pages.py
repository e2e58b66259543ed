"""The pages on which a check is begun: files, what they are, and how far the work is."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
from collections.abc import AsyncIterator
from typing import get_args

from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import HTMLResponse, RedirectResponse, Response, StreamingResponse

from regsheet.limits import KEPT_SECONDS, MAX_UPLOAD_BYTES, MAX_UPLOAD_FILES
from regsheet.web.api import day
from regsheet.web.checks import AT_WORK, Check, Choices
from regsheet.web.folders import remove
from regsheet.web.problems import Problem, problem
from regsheet.web.rendering import render
from regsheet.web.result_pages import summary_page
from regsheet.web.services import services_of
from regsheet.web.uploads import Form, receive_form
from regsheet.web.work.orders import Role

router = APIRouter()

ROLES: tuple[tuple[Role, str], ...] = (
    ("register", "Risk register to check"),
    ("map", "Assurance map to check"),
    ("previous", "Last quarter’s register"),
    ("owners", "Owners list"),
    ("config", "Configuration (regsheet.toml)"),
    ("ignore", "Leave out"),
)
STAGES = (
    ("waiting", "Waiting for its turn"),
    ("reading", "Reading the workbooks"),
    ("checking", "Checking every risk"),
    ("annotating", "Correcting, colouring and annotating"),
    ("writing", "Preparing the downloads"),
)
OTHER_STAGES = {
    "looking": (STAGES[0], ("looking", "Looking at the files")),
    "mailing": (STAGES[0], ("mailing", "Writing the mail drafts")),
}
QUICK, PATIENT, LOOK_EVERY, LONGEST_WATCH = 1.5, 20.0, 0.25, 600.0
"""Seconds: how long a page waits for a short job, how long where somebody asks for the result, and between looks."""


@router.get("/", response_class=HTMLResponse)
def home(request: Request) -> HTMLResponse:
    """Where files are dropped."""
    limits = {"files": MAX_UPLOAD_FILES, "megabytes": MAX_UPLOAD_BYTES // 1024**2, "minutes": KEPT_SECONDS // 60}
    return HTMLResponse(render("home.html", request.scope, limits=limits))


@router.post("/checks")
async def begin(request: Request) -> Response:
    """Take files in, and have them looked at."""
    services, session = services_of(request), _session(request)
    folder = services.checks.new_folder()
    try:
        form = await receive_form(request, folder, services.budget)
        _check_form(request, form)
        files = form.files.get("file", [])
        if not files:
            raise problem(422, "no_file")
        check = await run_in_threadpool(services.checks.begin, session, request.state.user, folder, files)
    except BaseException:
        await run_in_threadpool(remove, folder)
        raise
    return _to(check)


@router.post("/checks/{key}/files")
async def add_files(request: Request, key: str) -> Response:
    """Take further files in."""
    services, check = services_of(request), _check(request, key)
    form = await receive_form(request, check.folder, services.budget)
    _check_form(request, form)
    files = form.files.get("file", [])
    if not files:
        raise problem(422, "no_file")
    if len(check.files) + len(files) > MAX_UPLOAD_FILES:
        raise problem(413, "too_many_files", count=MAX_UPLOAD_FILES)
    await run_in_threadpool(services.checks.add, check, files)
    return _to(check)


@router.get("/checks/{key}", response_class=HTMLResponse)
async def show(request: Request, key: str) -> Response:
    """A check as it stands: the files and what they are, how far it is, or what came of it."""
    check = _check(request, key)
    await _wait(check, PATIENT if "wait" in request.query_params else QUICK)
    check = _check(request, key)
    if check.state in AT_WORK:
        return HTMLResponse(_progress_page(request, check))
    if check.state == "failed":
        return HTMLResponse(render("failed.html", request.scope, check=check), 200)
    if check.state == "choosing":
        return HTMLResponse(_choice_page(request, check))
    return HTMLResponse(await run_in_threadpool(summary_page, request, check))


@router.get("/checks/{key}/choose", response_class=HTMLResponse)
async def choose(request: Request, key: str) -> Response:
    """The files and what they are, to be chosen again."""
    check = _check(request, key)
    if check.state in AT_WORK:
        return _to(check)
    return HTMLResponse(_choice_page(request, check))


@router.post("/checks/{key}/start")
async def start(request: Request, key: str) -> Response:
    """Begin the check as it was chosen."""
    services, check = services_of(request), _check(request, key)
    form = await receive_form(request, None, services.budget)
    _check_form(request, form)
    if check.state in AT_WORK:
        return _to(check)
    roles: list[Role] = []
    for number, sent in enumerate(check.files):
        wanted = form.text(f"role-{number}")
        roles.append(next((role for role in get_args(Role) if role == wanted), sent.role))
    mended = () if check.choices is None else check.choices.mended
    for sent, role in zip(check.files, roles, strict=True):
        sent.role = role
    try:
        choices = Choices(day(form.text("as_of")) or dt.date.today(), form.text("correct") == "yes", mended)
        await run_in_threadpool(services.checks.start, check, choices)
    except Problem as refused:
        return HTMLResponse(_choice_page(request, check, str(refused)), refused.status)
    return _to(check)


@router.post("/checks/{key}/mail")
async def mail(request: Request, key: str) -> Response:
    """Have mail drafts written."""
    services, check = services_of(request), _check(request, key)
    _check_form(request, await receive_form(request, None, services.budget))
    if check.state not in AT_WORK:
        await run_in_threadpool(services.checks.mail, check)
    return _to(check)


@router.post("/checks/{key}/forget")
async def forget(request: Request, key: str) -> Response:
    """Remove a check and all its files now."""
    services, check = services_of(request), _check(request, key)
    _check_form(request, await receive_form(request, None, services.budget))
    await run_in_threadpool(services.checks.forget, check)
    return RedirectResponse("/forgotten", 303)


@router.get("/forgotten", response_class=HTMLResponse)
def forgotten(request: Request) -> HTMLResponse:
    """That nothing is left."""
    return HTMLResponse(render("forgotten.html", request.scope))


@router.get("/checks/{key}/events")
async def events(request: Request, key: str) -> Response:
    """How far a check is, as server-sent events, until it is over."""
    check = _check(request, key)
    return StreamingResponse(_events(request, check), media_type="text/event-stream",
                             headers={"X-Accel-Buffering": "no"})  # fmt: skip


async def _events(request: Request, check: Check) -> AsyncIterator[str]:
    last, ticket = "", check.ticket
    for _ in range(int(LONGEST_WATCH / LOOK_EVERY)):
        over = ticket is None or ticket.over
        said = json.dumps({"over": over} | ({} if over else _progress(request, check)))
        if said != last:
            yield f"event: progress\ndata: {said}\n\n"
            last = said
        if over or await request.is_disconnected():
            return
        await asyncio.sleep(LOOK_EVERY)


def _progress(request: Request, check: Check) -> dict[str, object]:
    """How far a check is: the stage's number among those shown, in words, and the place in the queue."""
    ticket = check.ticket
    stage = "waiting" if ticket is None else ticket.stage
    place = services_of(request).checks.place(check)
    stages = OTHER_STAGES.get(check.state, STAGES)
    names = [name for name, _ in stages]
    number = names.index(stage) if stage in names else 1
    words = stages[number][1]
    if stage == "waiting" and place:
        words = "Next in the queue" if place == 1 else f"Number {place} in the queue"
    return {"stage": number, "words": words, "place": place}


def _progress_page(request: Request, check: Check) -> str:
    stages = OTHER_STAGES.get(check.state, STAGES)
    return render("progress.html", request.scope, check=check, stages=stages, progress=_progress(request, check))


def _choice_page(request: Request, check: Check, refused: str = "") -> str:
    as_of = dt.date.today() if check.choices is None else check.choices.as_of
    correct = check.choices is None or check.choices.correct
    room = MAX_UPLOAD_FILES - len(check.files)
    return render("choose.html", request.scope, check=check, roles=ROLES, as_of=as_of, correct=correct, room=room,
                  refused=refused)  # fmt: skip


async def _wait(check: Check, seconds: float) -> None:
    """Wait for a job that is running, but not long."""
    if check.ticket is not None:
        await asyncio.wait({asyncio.wrap_future(check.ticket.ending)}, timeout=seconds)


def _session(request: Request) -> str:
    session = request.state.session
    if services_of(request).sessions.session_of(request.headers) is None or session is None:
        raise problem(403, "token")  # a browser that keeps no cookies would lose the check at once
    return str(session)


def _check_form(request: Request, form: Form) -> None:
    """Raise ``Problem`` where a form did not come from one of our pages."""
    session = services_of(request).sessions.session_of(request.headers)
    if not services_of(request).sessions.is_form_token(session, form.text("form_token")):
        raise problem(403, "token")


def _check(request: Request, key: str) -> Check:
    return services_of(request).checks.get(key, request.state.session, request.state.user)


def _to(check: Check) -> RedirectResponse:
    return RedirectResponse(f"/checks/{check.key}", 303)
