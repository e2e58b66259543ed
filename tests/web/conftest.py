"""A server to ask: in this process for most tests, as the real command for those with a browser."""

from __future__ import annotations

import datetime as dt
import os
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner
from fastapi import FastAPI

from regsheet.cli.main import main
from regsheet.web.app import create_app
from regsheet.web.server import Server
from regsheet.web.services import Services
from regsheet.web.settings import Settings

REPOSITORY = Path(__file__).resolve().parents[2]
SAMPLES = REPOSITORY / "samples"
AS_OF = dt.date(2024, 12, 31)
REGISTER, LAST_QUARTER, MAP = (
    "strategic-risk-register.xlsx", "strategic-risk-register-2024-q3.xlsx", "assurance-map.xlsx",
)  # fmt: skip
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@pytest.fixture(scope="session")
def app(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FastAPI]:
    """A running application with two workers; ``app.state.address`` says where."""
    with running(Settings(workers=2, folder=tmp_path_factory.mktemp("served"))) as app:
        yield app


@contextmanager
def running(settings: Settings) -> Iterator[FastAPI]:
    """An application that is served from a thread of this process."""
    app = create_app(settings)
    listening = socket.create_server(("127.0.0.1", 0))
    server = Server(app)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    while not server.started:
        assert thread.is_alive(), "the server did not start"
        time.sleep(0.02)
    app.state.address = f"http://127.0.0.1:{listening.getsockname()[1]}"
    try:
        yield app
    finally:
        server.should_exit = True
        thread.join(60)
        listening.close()


@pytest.fixture
def client(app: FastAPI) -> Iterator[httpx.Client]:
    """A browser or program that has not been here before."""
    with new_client(app) as client:
        yield client


def new_client(app: FastAPI) -> httpx.Client:
    """Another one."""
    return httpx.Client(base_url=app.state.address, timeout=60, trust_env=False)


@pytest.fixture
def services(app: FastAPI) -> Services:
    """What the application consists of."""
    services: Services = app.state.services
    return services


def sample(name: str, field: str = "file") -> tuple[str, tuple[str, bytes, str]]:
    """A file of the samples as a form's field."""
    return field, (name, (SAMPLES / name).read_bytes(), "application/octet-stream")


def sent(content: bytes, name: str = "register.xlsx", field: str = "file") -> tuple[str, tuple[str, bytes, str]]:
    """Any file as a form's field."""
    return field, (name, content, "application/octet-stream")


CommandLine = Callable[..., str]


@pytest.fixture
def command_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> CommandLine:
    """Runs the command line in a folder that holds the named samples and nothing else; gives what it prints."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str, samples: tuple[str, ...] = (REGISTER,)) -> str:
        for name in samples:
            shutil.copy(SAMPLES / name, tmp_path / name)
        result = CliRunner().invoke(main, arguments)
        assert result.exit_code in (0, 1, 2), result.output
        return result.stdout if result.exit_code < 2 else result.stderr

    return run


@pytest.fixture(scope="session")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Where ``regsheet serve`` serves, run as people run it."""
    environment = {**os.environ, "TMPDIR": str(tmp_path_factory.mktemp("serve")), "PYTHONUNBUFFERED": "1"}
    environment.pop("REGSHEET_TOKEN", None)
    arguments = [sys.executable, "-c", "from regsheet.cli.main import main; main()", "serve", "--port", "0"]
    process = subprocess.Popen(arguments, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
    try:
        assert process.stdout is not None
        found = re.search(r"http://\S+", process.stdout.readline())
        assert found, "the server did not start"
        yield found[0]
    finally:
        process.terminate()
        process.wait(60)
        if process.stdout is not None:
            process.stdout.close()


def form_token(page: str) -> str:
    """The token that a page's forms carry."""
    found = re.search(r'name="form_token" value="([0-9a-f]+)"', page)
    assert found, page
    return found[1]
