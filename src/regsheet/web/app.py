"""The application: guard, pages, API, and what is started and stopped with it."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.responses import JSONResponse, Response

from regsheet.version import VERSION
from regsheet.web import api, pages, result_pages, rule_pages, static_files
from regsheet.web.problems import Problem, answer, problem
from regsheet.web.queueing import BusyError
from regsheet.web.safety import Guard
from regsheet.web.services import Services, make_services, services_of
from regsheet.web.sessions import Sessions
from regsheet.web.settings import Settings

SWEEP_EVERY = 60.0
PATIENCE_AT_STOP = 20.0


def create_app(settings: Settings | None = None) -> FastAPI:
    """The application for these settings."""
    settings = settings or Settings()
    sessions = Sessions(settings)

    @contextlib.asynccontextmanager
    async def running(app: FastAPI) -> AsyncIterator[None]:
        services = await asyncio.to_thread(make_services, settings, sessions)
        app.state.services = services
        sweeper = asyncio.create_task(_sweep(services))
        try:
            yield
        finally:
            sweeper.cancel()
            await asyncio.to_thread(services.workers.stop, PATIENCE_AT_STOP)
            services.folders.close()

    app = FastAPI(
        title="regsheet", version=VERSION, docs_url=None, redoc_url=None, openapi_url="/api/openapi.json",
        description="Checks a risk register and assurance map kept in Excel, and gives the same workbook back.",
        lifespan=running, middleware=[Middleware(Guard, settings=settings, sessions=sessions)],
    )  # fmt: skip
    app.include_router(api.router)
    for router in (pages.router, result_pages.router, rule_pages.router, static_files.router):
        app.include_router(router, include_in_schema=False)
    app.add_api_route("/healthz", health, methods=["GET"], summary="Whether the server is up", tags=["Server"],
                      operation_id="health")  # fmt: skip
    app.add_exception_handler(Problem, _refused)
    app.add_exception_handler(BusyError, _refused)
    app.add_exception_handler(HTTPException, _refused)
    app.add_exception_handler(RequestValidationError, _refused)
    return app


def health(request: Request) -> JSONResponse:
    """Whether the server is up, and how many jobs run and wait."""
    services = services_of(request)
    return JSONResponse(
        {"status": "ok", "version": VERSION, "running": len(services.workers.at_work), "waiting": len(services.queue)}
    )


async def _sweep(services: Services) -> None:
    """Forget what has been kept for an hour."""
    while True:
        await asyncio.sleep(SWEEP_EVERY)
        await asyncio.to_thread(services.checks.forget_old)


async def _refused(request: Request, error: Exception) -> Response:
    if isinstance(error, BusyError):
        error = Problem(503, str(error))
    elif isinstance(error, HTTPException):
        key = {404: "not_found", 405: "method"}.get(error.status_code, "bad_form")
        error = problem(error.status_code, key)
    elif not isinstance(error, Problem):
        error = problem(422, "bad_form")
    return answer(request.scope, error)
