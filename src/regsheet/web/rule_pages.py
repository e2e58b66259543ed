"""The pages of the rules, the page of the API, and signing in."""

from __future__ import annotations

import asyncio
from functools import cache
from typing import Any

from fastapi import APIRouter, Request
from markupsafe import Markup
from starlette.responses import HTMLResponse, RedirectResponse, Response

from regsheet.errors import RegsheetError
from regsheet.rules.pages import CORRECTIONS, page, summary
from regsheet.rules.registry import FAMILIES, RULES
from regsheet.web.markdown import to_html
from regsheet.web.problems import problem
from regsheet.web.rendering import render
from regsheet.web.services import services_of
from regsheet.web.sessions import new_session
from regsheet.web.uploads import receive_form

router = APIRouter()
PAUSE = 1.0
"""Seconds after a wrong token, so that guessing gets nowhere."""


@router.get("/rules", response_class=HTMLResponse)
def rules(request: Request) -> HTMLResponse:
    """Every rule, family by family."""
    return HTMLResponse(render("rules.html", request.scope, families=_families()))


@router.get("/rules/{code}", response_class=HTMLResponse)
def rule(request: Request, code: str) -> HTMLResponse:
    """What a rule does, why it matters, when a finding is legitimate, with examples."""
    if code not in known_codes():
        raise problem(404, "not_found")
    return HTMLResponse(render("rule.html", request.scope, code=code, text=_page(code)))


@router.get("/api", response_class=HTMLResponse)
def api_page(request: Request) -> HTMLResponse:
    """The API, described by its own OpenAPI description."""
    host = request.headers.get("host", "127.0.0.1:8000")
    guarded = services_of(request).settings.token is not None
    operations = _operations(request.app.openapi())
    return HTMLResponse(render("api.html", request.scope, operations=operations, host=host, guarded=guarded))


@router.get("/sign-in", response_class=HTMLResponse)
def sign_in_page(request: Request) -> HTMLResponse:
    """Where the token is asked for."""
    return HTMLResponse(render("sign_in.html", request.scope, wrong=False))


@router.post("/sign-in")
async def sign_in(request: Request) -> Response:
    """Let somebody in who has the token; the session is a new one."""
    services = services_of(request)
    form = await receive_form(request, None, services.budget)
    if not services.sessions.is_form_token(services.sessions.session_of(request.headers), form.text("form_token")):
        raise problem(403, "token")
    if not services.sessions.is_token(form.text("token")):
        await asyncio.sleep(PAUSE)
        return HTMLResponse(render("sign_in.html", request.scope, wrong=True), 403)
    session = new_session()
    response = RedirectResponse("/", 303)
    response.headers.append("Set-Cookie", services.sessions.session_cookie(session, request.scope))
    response.headers.append("Set-Cookie", services.sessions.pass_cookie(session, request.scope))
    return response


@cache
def known_codes() -> frozenset[str]:
    """The codes of all rules."""
    return frozenset(rule.code for rule in RULES)


@cache
def _page(code: str) -> Markup:
    try:
        return to_html(page(code))
    except RegsheetError:
        raise problem(404, "not_found") from None


@cache
def _families() -> tuple[tuple[str, str, tuple[dict[str, str], ...]], ...]:
    return tuple(
        (family, title, tuple(
            {"code": rule.code, "name": rule.name, "severity": str(rule.severity), "summary": summary(rule),
             "correction": CORRECTIONS[rule.correction]}
            for rule in RULES if rule.family() == family
        ))
        for family, title in FAMILIES.items()
    )  # fmt: skip


def _operations(schema: dict[str, Any]) -> list[dict[str, Any]]:
    """The operations of the OpenAPI description, as the page lists them."""
    found = []
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            content = operation.get("requestBody", {}).get("content", {})
            form: dict[str, Any] = next((one["schema"] for one in content.values()), {})
            found.append({
                "method": method.upper(), "path": path, "summary": operation.get("summary", ""),
                "about": to_html(operation.get("description", "")),
                "fields": [
                    {"name": name, "needed": name in form.get("required", ()), "type": _type(about),
                     "about": about.get("description") or about.get("items", {}).get("description", "")}
                    for name, about in form.get("properties", {}).items()
                ],
                "answers": [(status, answer.get("description", ""), ", ".join(answer.get("content", {})))
                            for status, answer in operation.get("responses", {}).items()],
            })  # fmt: skip
    return found


def _type(about: dict[str, Any]) -> str:
    if about.get("type") == "array":
        return f"one or more: {_type(about['items'])}"
    formats = {"binary": "file", "date": "date, 2024-12-31"}
    return formats.get(about.get("format", ""), {"string": "text", "boolean": "true or false"}.get(about["type"], ""))
