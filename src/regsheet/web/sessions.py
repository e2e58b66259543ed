"""Who is asking: a random cookie, a form token that only our own pages know, and the sign-in of a guarded server."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from http.cookies import CookieError, SimpleCookie

from starlette.datastructures import Headers
from starlette.types import Scope

from regsheet.web.settings import Settings

COOKIE, PASS_COOKIE = "regsheet", "regsheet-pass"
LASTS = 12 * 60 * 60
_SESSION = re.compile(r"[A-Za-z0-9_-]{32}")


class Sessions:
    """Sessions need no memory: what belongs to one is signed with a secret that ends with the server."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._secret = secrets.token_bytes(32)

    def session_of(self, headers: Headers) -> str | None:
        """The session of a request, if it has one."""
        session = _cookie(headers, COOKIE)
        return session if session and _SESSION.fullmatch(session) else None

    def form_token(self, session: str) -> str:
        """What a form of ours carries for this session."""
        return self._sign("form", session)

    def is_form_token(self, session: str | None, token: str) -> bool:
        """Whether a form came from one of our pages, in this session."""
        return session is not None and hmac.compare_digest(self.form_token(session).encode(), token.encode())

    def user_of(self, scope: Scope) -> str | None:
        """Who the proxy says is signed in; None where there is no proxy, or it does not say."""
        name, client = self._settings.user_header, scope.get("client")
        if name is None or client is None or client[0] not in self._settings.proxies:
            return None
        values = Headers(scope=scope).getlist(name)
        return values[0] if len(values) == 1 and values[0].strip() else None

    def is_signed_in(self, scope: Scope, session: str | None) -> bool:
        """Whether somebody may come in: by the proxy's word, the token in a header, or having signed in."""
        if self._settings.user_header is not None:
            return self.user_of(scope) is not None
        if self._settings.token is None:
            return True
        headers = Headers(scope=scope)
        scheme, _, given = headers.get("authorization", "").partition(" ")
        if scheme.casefold() == "bearer" and self.is_token(given.strip()):
            return True
        presented = _cookie(headers, PASS_COOKIE)
        return session is not None and hmac.compare_digest(self._sign("pass", session).encode(), presented.encode())

    def is_token(self, given: str) -> bool:
        """Whether this is the server's token."""
        return self._settings.token is not None and hmac.compare_digest(self._settings.token.encode(), given.encode())

    def is_encrypted(self, scope: Scope) -> bool:
        """Whether the proxy in front says that the browser's side of the connection is encrypted."""
        client = scope.get("client")
        said = Headers(scope=scope).get("x-forwarded-proto", "")
        return client is not None and client[0] in self._settings.proxies and said.strip().casefold() == "https"

    def session_cookie(self, session: str, scope: Scope) -> str:
        """The cookie that carries a session."""
        return _set_cookie(COOKIE, session, encrypted=self.is_encrypted(scope))

    def pass_cookie(self, session: str, scope: Scope) -> str:
        """The cookie of somebody who gave the token."""
        return _set_cookie(PASS_COOKIE, self._sign("pass", session), encrypted=self.is_encrypted(scope))

    def _sign(self, what: str, session: str) -> str:
        return hmac.new(self._secret, f"{what}:{session}".encode(), hashlib.sha256).hexdigest()


def new_session() -> str:
    """A session that nobody can guess."""
    return secrets.token_urlsafe(24)


def _set_cookie(name: str, value: str, *, encrypted: bool) -> str:
    """A ``Set-Cookie`` value: not for scripts, not sent along when another site posts, kept to TLS if there is any."""
    secure = "; Secure" if encrypted else ""
    return f"{name}={value}; Path=/; Max-Age={LASTS}; HttpOnly; SameSite=Lax{secure}"


def _cookie(headers: Headers, name: str) -> str:
    try:
        found = SimpleCookie(headers.get("cookie", "")).get(name)
    except CookieError:
        return ""
    return "" if found is None else found.value
