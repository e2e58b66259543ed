"""Forms as they arrive: counted while they stream in, files straight into a private folder under names of our own."""

from __future__ import annotations

import asyncio
import shutil
import threading
from collections.abc import AsyncGenerator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import SpooledTemporaryFile

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import FormParser, MultiPartException, MultiPartParser
from starlette.requests import ClientDisconnect, Request

from regsheet.limits import (
    MAX_FORM_FIELD_BYTES,
    MAX_FORM_FIELDS,
    MAX_KEPT_BYTES,
    MAX_UPLOAD_BYTES,
    MAX_UPLOAD_FILES,
    MAX_UPLOAD_SECONDS,
)
from regsheet.web.names import shown_name, stored_name
from regsheet.web.problems import Problem, problem
from regsheet.web.work.orders import GivenFile

MAX_FORM_BYTES = MAX_FORM_FIELDS * 1024
"""A form without files."""


@dataclass(slots=True)
class Form:
    """What a form held: texts by field, and files by field as they lie in the folder."""

    texts: dict[str, list[str]] = field(default_factory=dict)
    files: dict[str, list[GivenFile]] = field(default_factory=dict)
    size: int = 0

    def text(self, name: str) -> str:
        """The one text of a field; empty where it was not sent. Raises ``Problem`` where it came twice."""
        found = self.texts.get(name, [""])
        if len(found) > 1:
            raise problem(422, "twice", name=name)
        return found[0].strip()


class Budget:
    """How many bytes are arriving or kept just now, of all people together: never more than the limit."""

    def __init__(self, most: int = MAX_KEPT_BYTES) -> None:
        self._most = most
        self._held = 0
        self._lock = threading.Lock()

    @property
    def held(self) -> int:
        """Bytes that are arriving or kept."""
        return self._held

    def take(self, size: int) -> None:
        """Count bytes that arrive. Raises ``Problem`` where there is no room for them."""
        with self._lock:
            if self._held + size > self._most:
                raise problem(503, "kept_full")
            self._held += size

    def change(self, by: int) -> None:
        """Count what has been written or removed."""
        with self._lock:
            self._held += by


async def receive_form(request: Request, folder: Path | None, budget: Budget) -> Form:
    """A form that is arriving; without a folder it may hold no files. Raises ``Problem``."""
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind not in ("multipart/form-data", "application/x-www-form-urlencoded"):
        raise problem(415, "not_a_form")
    most = MAX_UPLOAD_BYTES if folder is not None else MAX_FORM_BYTES
    _check_announced(request, most)
    counted = _Counted(request, most, budget)
    try:
        async with asyncio.timeout(MAX_UPLOAD_SECONDS):
            data = await _parse(request, counted, kind, 0 if folder is None else MAX_UPLOAD_FILES)
            return await _keep(data, folder, counted.size)
    except TimeoutError:
        raise problem(408, "too_slow", minutes=MAX_UPLOAD_SECONDS // 60) from None
    except ClientDisconnect:
        raise problem(400, "bad_form") from None
    finally:
        budget.change(-counted.size)
        for opened in counted.opened:
            opened.close()


def _check_announced(request: Request, most: int) -> None:
    """Send away at once what says itself that it is too large."""
    announced = request.headers.get("content-length", "")
    if announced.isdecimal() and (len(announced) > 15 or int(announced) > most):
        raise problem(413, "too_large", megabytes=max(most // 1024**2, 1))


class _Counted:
    """The body of a request, counted as it comes."""

    def __init__(self, request: Request, most: int, budget: Budget) -> None:
        self._request, self._most, self._budget = request, most, budget
        self.size = 0
        self.opened: list[SpooledTemporaryFile[bytes]] = []

    async def stream(self) -> AsyncGenerator[bytes, None]:
        async for chunk in self._request.stream():
            if self.size + len(chunk) > self._most:
                raise problem(413, "too_large", megabytes=max(self._most // 1024**2, 1))
            self._budget.take(len(chunk))
            self.size += len(chunk)
            yield chunk


class _Parser(MultiPartParser):
    """Starlette's parser, which takes a form for whole that was cut short."""

    complete = False

    def on_end(self) -> None:
        """The last boundary has come."""
        super().on_end()
        self.complete = True


async def _parse(request: Request, counted: _Counted, kind: str, files: int) -> FormData:
    try:
        if kind == "application/x-www-form-urlencoded":
            return await FormParser(request.headers, counted.stream(), max_fields=MAX_FORM_FIELDS).parse()
        parser = _Parser(
            request.headers, counted.stream(), max_files=files, max_fields=MAX_FORM_FIELDS,
            max_part_size=MAX_FORM_FIELD_BYTES,
        )  # fmt: skip
        counted.opened = parser._files_to_close_on_error
        data = await parser.parse()
        if not parser.complete:
            raise problem(400, "bad_form")
        return data
    except MultiPartException as error:
        if "files" in error.message:
            raise problem(413, "too_many_files", count=files) from None
        raise problem(400, "bad_form") from None
    except Problem:
        raise
    except (KeyError, ValueError, UnicodeError):
        raise problem(400, "bad_form") from None


async def _keep(data: FormData, folder: Path | None, size: int) -> Form:
    """Copy the files into the folder; one that was not chosen at all is left out."""
    form = Form(size=size)
    for name, value in data.multi_items():
        if isinstance(value, str):
            form.texts.setdefault(name, []).append(value)
        elif value.filename and folder is not None:
            form.files.setdefault(name, []).append(await run_in_threadpool(_store, value, folder))
    return form


def _store(upload: UploadFile, folder: Path) -> GivenFile:
    name = shown_name(upload.filename)
    given = GivenFile(name, stored_name(name))
    upload.file.seek(0)
    with (folder / given.stored).open("xb") as stream:
        shutil.copyfileobj(upload.file, stream)
    return given
