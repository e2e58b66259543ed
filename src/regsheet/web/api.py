"""The API: a workbook in, the command line's own output back."""

from __future__ import annotations

import asyncio
import datetime as dt
from pathlib import Path
from urllib.parse import quote

from fastapi import APIRouter, Request
from starlette.background import BackgroundTask
from starlette.responses import FileResponse, Response

from regsheet.web.api_schema import ANNOTATED, FINDINGS, FORMS, LAYOUT, OPTIONS, responses
from regsheet.web.folders import remove
from regsheet.web.problems import Problem, problem
from regsheet.web.queueing import BusyError, Ticket
from regsheet.web.services import Services, services_of
from regsheet.web.uploads import Form, receive_form
from regsheet.web.work.api_tasks import ANSWER, NAME
from regsheet.web.work.downloads import media_type_of
from regsheet.web.work.orders import GivenFile, Order, Task

router = APIRouter(prefix="/api", tags=["Registers"])
LOOK_EVERY = 0.5
FILES = frozenset({"file", "other", "previous", "owners", "config"})


@router.post("/inspect", summary="How a workbook is understood", operation_id="inspect",
             responses=responses(LAYOUT), openapi_extra=FORMS["inspect"], response_class=Response)  # fmt: skip
async def inspect(request: Request) -> Response:
    """Every table that was found and what each of its columns means: as `regsheet inspect --format json` prints it."""
    return await _carry_out(request, "api-inspect")


@router.post("/check", summary="What is inconsistent in a workbook", operation_id="check",
             responses=responses(FINDINGS), openapi_extra=FORMS["check"], response_class=Response)  # fmt: skip
async def check(request: Request) -> Response:
    """Every finding on the workbook `file`: as `regsheet check --format json` prints it."""
    return await _carry_out(request, "api-check")


@router.post("/annotate", summary="The workbook back, annotated", operation_id="annotate",
             responses=responses(ANNOTATED), openapi_extra=FORMS["annotate"], response_class=Response)  # fmt: skip
async def annotate(request: Request) -> Response:
    """The workbook `file`, corrected, coloured and annotated: byte for byte what `regsheet annotate` writes."""
    return await _carry_out(request, "api-annotate")


async def _carry_out(request: Request, task: Task) -> Response:
    services = services_of(request)
    folder, size = services.checks.new_folder(), 0
    try:
        form = await receive_form(request, folder, services.budget)
        services.budget.change(size := form.size)
        order = order_of(form, task, folder)
        await _wait_for(request, services, Ticket(order, _client(request)))
        return _answer(folder, task)
    except BaseException:
        await asyncio.to_thread(remove, folder)
        raise
    finally:
        services.budget.change(-size)


async def _wait_for(request: Request, services: Services, ticket: Ticket) -> None:
    """Wait until a job is over; one whose client has gone is given up. Raises ``Problem`` where it did not succeed."""
    try:
        services.queue.put(ticket)
    except BusyError as error:
        raise Problem(503, str(error)) from None
    over = asyncio.wrap_future(ticket.ending)
    try:
        while not (await asyncio.wait({over}, timeout=LOOK_EVERY))[0]:
            if await request.is_disconnected():
                break
    finally:
        if not ticket.over:
            services.queue.remove(ticket)
            await asyncio.shield(over)  # its folder is not removed under a worker's hands
    ending = ticket.ending.result()
    if not ending.succeeded:
        raise Problem(ending.status, ending.refusal, ending.error)


def _answer(folder: Path, task: Task) -> Response:
    name = (folder / NAME).read_text("utf-8")
    headers = {"Content-Disposition": attachment(name)} if name else {}
    media_type = media_type_of(name) if task == "api-annotate" else "application/json"
    return FileResponse(folder / ANSWER, media_type=media_type, headers=headers,
                        background=BackgroundTask(remove, folder))  # fmt: skip


def order_of(form: Form, task: Task, folder: Path) -> Order:
    """An order from the fields of a form. Raises ``Problem`` naming the field that is wrong."""
    takes = OPTIONS[task.removeprefix("api-")]
    for name in (*form.texts, *form.files):
        if name not in takes:
            raise problem(422, "unknown_field", name=_brief(name), known=", ".join(takes))
    for name in form.texts:
        if name in FILES and (name == "file" or form.text(name)):
            raise problem(422, "is_text", name=name)
    for name in form.files:
        if name not in FILES:
            raise problem(422, "is_file", name=name)
    workbook = _one(form, "file")
    if workbook is None:
        raise problem(422, "no_file")
    return Order(
        task, str(folder), (workbook, *form.files.get("other", ())), _one(form, "previous"), _one(form, "owners"),
        _one(form, "config"), as_of=day(form.text("as_of")), select=_codes(form, "select"),
        ignore=_codes(form, "ignore"), correct=not _flag(form, "no_corrections"),
        suggestions=_flag(form, "apply_suggestions"),
    )  # fmt: skip


def _one(form: Form, name: str) -> GivenFile | None:
    found = form.files.get(name, ())
    if len(found) > 1:
        raise problem(422, "twice", name=name)
    return found[0] if found else None


def day(text: str) -> dt.date | None:
    """A date as the command line takes it; None where none was given. Raises ``Problem``."""
    if not text:
        return None
    for form in ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y"):
        try:
            return dt.datetime.strptime(text, form).date()
        except ValueError:
            continue
    raise problem(422, "bad_date", value=_brief(text))


def _codes(form: Form, name: str) -> tuple[str, ...]:
    return tuple(code.strip() for value in form.texts.get(name, ()) for code in value.split(",") if code.strip())


def _flag(form: Form, name: str) -> bool:
    text = form.text(name).casefold()
    if text not in ("", "true", "false"):
        raise problem(422, "bad_option", name=name, value=_brief(text))
    return text == "true"


def _brief(text: str) -> str:
    """A text that somebody sent, fit to stand in a sentence."""
    plain = " ".join(text.split())
    return f"“{plain if len(plain) <= 60 else plain[:59] + '…'}”"


def _client(request: Request) -> str:
    """Whose turn it is: the user that the proxy names, else the address."""
    user = request.scope["state"]["user"]
    return f"user {user}" if user else f"address {request.client.host if request.client else ''}"


def attachment(name: str) -> str:
    """A ``Content-Disposition`` that saves under this name, whatever letters are in it."""
    plain = "".join(c if c.isascii() and c.isprintable() and c not in '"\\%;' else "_" for c in name)
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(name, safe='')}"
