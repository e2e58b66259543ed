"""What is answered when something cannot be done: a page for people, RFC 9457 problem JSON for programs."""

from __future__ import annotations

import json
from http import HTTPStatus

from starlette.responses import Response
from starlette.types import Scope

from regsheet.reports.screen import printable
from regsheet.web.rendering import render
from regsheet.web.sentences import sentence

PROBLEM_TYPE = "application/problem+json"


class Problem(Exception):  # noqa: N818 - the word of RFC 9457
    """A request that is refused. ``str(problem)`` is a sentence; ``error`` the class of the command line's error."""

    def __init__(self, status: int, said: str, error: str = "") -> None:
        super().__init__(said)
        self.status = status
        self.error = error


def problem(status: int, key: str, **fields: object) -> Problem:
    """A refusal by the key of its sentence."""
    return Problem(status, sentence(key, **fields))


def title_of(status: int) -> str:
    """``Not Found``."""
    try:
        return HTTPStatus(status).phrase
    except ValueError:
        return "Error"


def answer(scope: Scope, refused: Problem) -> Response:
    """The refusal in the form that fits who asked."""
    headers = {"Retry-After": "30"} if refused.status == HTTPStatus.SERVICE_UNAVAILABLE else {}
    if refused.status == HTTPStatus.UNAUTHORIZED and is_for_programs(scope):
        headers["WWW-Authenticate"] = "Bearer"
    if is_for_programs(scope):
        return Response(problem_json(refused), refused.status, headers, PROBLEM_TYPE)
    page = render("problem.html", scope, status=refused.status, title=title_of(refused.status), said=str(refused))
    return Response(page, refused.status, headers, "text/html; charset=utf-8")


def problem_json(refused: Problem) -> str:
    """RFC 9457: type, title, status and detail; ``error`` names the kind of refusal where regsheet has one."""
    found: dict[str, object] = {
        "type": "about:blank",
        "title": title_of(refused.status),
        "status": refused.status,
        "detail": printable(str(refused)),
    }
    if refused.error:
        found["error"] = refused.error
    return json.dumps(found, ensure_ascii=False)


def is_for_programs(scope: Scope) -> bool:
    """Whether a request is for the API."""
    path = str(scope.get("path", ""))
    return path.startswith("/api/") or path == "/healthz"
