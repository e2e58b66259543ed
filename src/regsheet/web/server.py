"""uvicorn with what this server needs: no log of addresses, an end that lets jobs finish, a line that says where."""

from __future__ import annotations

import logging
import socket
import sys
from types import FrameType

import uvicorn
from fastapi import FastAPI

from regsheet.reports.screen import say
from regsheet.web.app import PATIENCE_AT_STOP, create_app
from regsheet.web.settings import ServeError, Settings, is_loopback

MOST_CONNECTIONS = 1_000


class Server(uvicorn.Server):
    """Stops the queue as soon as it is told to stop, so that pages that wait for a job are answered."""

    def __init__(self, app: FastAPI, greeting: tuple[str, ...] = ()) -> None:
        super().__init__(
            uvicorn.Config(
                app, log_config=None, access_log=False, server_header=False, date_header=True, proxy_headers=False,
                timeout_keep_alive=15, timeout_graceful_shutdown=int(PATIENCE_AT_STOP) + 5, ws="none", lifespan="on",
                limit_concurrency=MOST_CONNECTIONS, h11_max_incomplete_event_size=32 * 1024,
            )
        )  # fmt: skip
        self._served, self._greeting = app, greeting

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Say where the page is once it is there."""
        await super().startup(sockets)
        if self.started:
            for line in self._greeting:
                say(line)

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """Take no more jobs; uvicorn then waits for the requests that are under way."""
        services = getattr(self._served.state, "services", None)
        if services is not None:
            services.queue.close()
        super().handle_exit(sig, frame)


def run(settings: Settings) -> None:
    """Serve until told to stop. Raises ``ServeError`` where the address cannot be listened on."""
    configure_log()
    listening = _listen(settings)
    port = listening.getsockname()[1]
    app = create_app(settings)
    server = Server(app, _greeting(settings, port))
    try:
        server.run(sockets=[listening])
    finally:
        listening.close()


def _greeting(settings: Settings, port: int) -> tuple[str, ...]:
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    ready = f"regsheet is ready at http://{host}:{port}  (stop it with Ctrl+C)"
    if is_loopback(settings.host):
        return (ready,)
    return ready, "Connections are not encrypted by regsheet itself: put it behind a proxy that does TLS."


def _listen(settings: Settings) -> socket.socket:
    listening: socket.socket | None = None
    try:
        found = socket.getaddrinfo(settings.host, settings.port, type=socket.SOCK_STREAM)[0]
        listening = socket.socket(found[0], found[1])
        if sys.platform != "win32":
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(found[4])
        listening.listen(512)
    except (OSError, UnicodeError) as error:
        if listening is not None:
            listening.close()
        reason = (getattr(error, "strerror", None) or "the address cannot be used").lower()
        raise ServeError(
            f"Nothing can be served on {settings.host} port {settings.port} ({reason}); "
            "stop what uses it, or give another --port."
        ) from None
    return listening


def configure_log() -> None:
    """Log to the error stream, with no address, no name of a file and nothing of a workbook in it."""
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
    log = logging.getLogger("regsheet.web")
    log.handlers[:] = [handler]
    log.setLevel(logging.INFO)
    log.propagate = False
    own = logging.getLogger("uvicorn")
    own.handlers[:] = [handler]
    own.setLevel(logging.WARNING)
    own.propagate = False
