"""How the page is served: where, for whom, with how many workers. What would be unsafe is refused here."""

from __future__ import annotations

import ipaddress
import os
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from regsheet.errors import RegsheetError
from regsheet.limits import MAX_WEB_WORKERS

TOKEN = "REGSHEET_TOKEN"  # noqa: S105 - the name of the environment variable, not a token
SHORTEST_TOKEN = 16
PROXIES = ("127.0.0.1", "::1")
"""Where a proxy calls from unless settled: this computer."""


class ServeError(RegsheetError):
    """The page cannot be served as asked; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Settings:
    """``names`` are the host names by which people may call the server, besides this computer's own loopback.

    ``token`` is asked of everybody where it is set. ``user_header`` is the header in which a proxy says who signed in;
    it counts only from ``proxies``, addresses of proxies, and nobody else is let in then.
    ``folder`` is where private folders are made.
    """

    host: str = "127.0.0.1"
    port: int = 8000
    names: tuple[str, ...] = ()
    token: str | None = None
    user_header: str | None = None
    proxies: tuple[str, ...] = PROXIES
    workers: int = 0
    folder: Path = field(default_factory=lambda: Path(tempfile.gettempdir()))

    def __post_init__(self) -> None:
        if self.token is not None and len(self.token) < SHORTEST_TOKEN:
            raise ServeError(
                f"{TOKEN} is too short to keep anybody out; set it to {SHORTEST_TOKEN} characters or more."
            )
        if not is_loopback(self.host) and self.token is None and self.user_header is None:
            raise ServeError(
                f"Serving on {self.host} would let everybody on the network in; set {TOKEN} to a long secret that "
                "people must give, or name with --user-header the header in which your proxy says who signed in."
            )

    @property
    def worker_count(self) -> int:
        """How many jobs run at a time: one a processor, unless settled."""
        return min(self.workers or os.cpu_count() or 1, MAX_WEB_WORKERS)

    @property
    def hosts(self) -> frozenset[str]:
        """Every name by which the server may be called, without ports, in lower case."""
        own = {"127.0.0.1", "localhost", "::1"} if is_loopback(self.host) else {self.host.casefold()}
        return frozenset(own | {name.casefold() for name in self.names})

    @property
    def guarded(self) -> bool:
        """Whether people must say who they are."""
        return self.token is not None or self.user_header is not None


def is_loopback(host: str) -> bool:
    """Whether an address can be reached from this computer only."""
    if host.casefold() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def token_from(environment: Mapping[str, str]) -> str | None:
    """The token that the environment sets, if any."""
    return environment.get(TOKEN) or None
