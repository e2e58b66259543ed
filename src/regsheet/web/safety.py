"""The guard in front of everything: whose request is let through, what browsers are told, what is logged."""

from __future__ import annotations

import logging
import time
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from regsheet.web.faults import place_of
from regsheet.web.problems import Problem, answer, is_for_programs, problem
from regsheet.web.sessions import Sessions, new_session
from regsheet.web.settings import Settings

LOG = logging.getLogger("regsheet.web")
LONGEST_QUERY = 8_000
READING = frozenset({"GET", "HEAD", "OPTIONS"})
OPEN_TO_ALL = ("/static/", "/healthz", "/sign-in")

HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "X-Robots-Tag": "noindex, nofollow",
}


class Guard:
    """Looks at each request before anything else does, and at each answer after."""

    def __init__(self, app: ASGIApp, settings: Settings, sessions: Sessions) -> None:
        self._app = app
        self._settings = settings
        self._sessions = sessions

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through, or answer it here."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
        elif scope["type"] == "http":
            await self._request(scope, receive, send)
        else:
            await send({"type": "websocket.close", "code": 1008})

    async def _request(self, scope: Scope, receive: Receive, send: Send) -> None:
        begun, status = time.monotonic(), 0
        fresh = self._introduce(scope)

        async def send_guarded(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                self._add_headers(message, scope, fresh)
            await send(message)

        try:
            await self._let_in(scope, receive, send_guarded)
        except Exception as error:  # noqa: BLE001 - nothing that a workbook holds may reach a log or a page by a traceback
            place = place_of(error)
            LOG.error("a request failed: %s", place)
            if not status:
                await answer(scope, problem(500, "server_fault", place=place))(scope, receive, send_guarded)
        finally:
            route = getattr(scope.get("route"), "path", "-")
            LOG.info("%s %s %s %.0f ms", scope["method"], route, status or "-", (time.monotonic() - begun) * 1000)

    def _introduce(self, scope: Scope) -> str | None:
        """Note who is asking; gives a new session where the request has none."""
        session = self._sessions.session_of(Headers(scope=scope))
        fresh = None if session or is_for_programs(scope) else new_session()
        session = session or fresh
        scope.setdefault("state", {}).update(
            session=session,
            user=self._sessions.user_of(scope),
            form_token="" if session is None else self._sessions.form_token(session),
            signed_in=self._settings.token is not None and self._sessions.is_signed_in(scope, session),
        )
        return fresh

    async def _let_in(self, scope: Scope, receive: Receive, send: Send) -> None:
        refused = self._refusal(scope)
        if refused is None:
            await self._app(scope, receive, send)
        elif refused.status == 401 and scope["method"] in READING and not is_for_programs(scope):
            await RedirectResponse("/sign-in", 303)(scope, receive, send)
        else:
            await answer(scope, refused)(scope, receive, send)

    def _refusal(self, scope: Scope) -> Problem | None:
        """Why a request is not let through; None where it is."""
        headers, path = Headers(scope=scope), scope["path"]
        if path != "/healthz" and host_name(headers.get("host", "")) not in self._settings.hosts:
            return problem(421, "host")
        if len(scope.get("query_string", b"")) > LONGEST_QUERY:
            return problem(414, "long_search")
        if scope["method"] not in READING and not from_here(headers):
            return problem(403, "origin")
        if path.startswith(OPEN_TO_ALL) and not (path == "/sign-in" and self._settings.user_header):
            return None
        if self._sessions.is_signed_in(scope, scope["state"]["session"]):
            return None
        if self._settings.user_header is not None:
            return problem(403, "proxy_sign_in")
        return problem(401, "api_sign_in" if is_for_programs(scope) else "sign_in")

    def _add_headers(self, message: Message, scope: Scope, fresh: str | None) -> None:
        headers = MutableHeaders(scope=message)
        for name, value in HEADERS.items():
            headers.setdefault(name, value)
        headers.setdefault("Cache-Control", "no-store")
        if fresh is not None and not scope["path"].startswith("/static/"):
            headers.append("Set-Cookie", self._sessions.session_cookie(fresh, scope))


def host_name(host: str) -> str:
    """The name in a ``Host`` header, without its port, in lower case; empty where it makes no sense."""
    try:
        parts = urlsplit(f"//{host}")
        return "" if parts.username or parts.path or parts.query else (parts.hostname or "")
    except ValueError:
        return ""


def from_here(headers: Headers) -> bool:
    """Whether a request that changes something comes from one of our pages, or from a program that is no browser."""
    site = headers.get("sec-fetch-site")
    if site is not None and site not in ("same-origin", "none"):
        return False
    origin = headers.get("origin")
    if origin is None:
        return True  # no browser; a form of ours still has to carry its token
    try:
        return urlsplit(origin).netloc.casefold() == headers.get("host", "").casefold() != ""
    except ValueError:
        return False
