"""Who is let in, what browsers are told, what is kept and what is logged."""

from __future__ import annotations

import logging
import socket
import stat
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest
from click.testing import CliRunner
from fastapi import FastAPI
from tests.web.conftest import MAP, REGISTER, form_token, new_client, running, sample

from regsheet.cli.main import main
from regsheet.web import checks as checks_module
from regsheet.web import folders as folders_module
from regsheet.web.folders import PrivateFolders
from regsheet.web.services import Services
from regsheet.web.settings import ServeError, Settings

TOKEN = "a-long-secret-for-tests"  # noqa: S105 - not one that opens anything


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:8000", "127.0.0.1.evil.example", "a@127.0.0.1", "", "["]
)
def test_other_names_are_not_answered_to(host: str, client: httpx.Client) -> None:
    for path in ("/", "/api/openapi.json", "/static/x/style.css"):
        answer = client.get(path, headers={"host": host})
        assert answer.status_code in (400, 421)


@pytest.mark.parametrize("host", ["localhost", "localhost:8000", "127.0.0.1:1", "[::1]:8000"])
def test_this_computers_own_names_are(host: str, client: httpx.Client) -> None:
    assert client.get("/", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:1"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_other_sites_cannot_post(headers: dict[str, str], client: httpx.Client) -> None:
    token = form_token(client.get("/").text)
    answer = client.post("/checks", files=[sample(MAP)], data={"form_token": token}, headers=headers)
    assert answer.status_code == 403
    assert "another site" in answer.text
    answer = client.post("/api/inspect", files=[sample(MAP)], headers=headers)
    assert answer.status_code == 403
    assert answer.headers["content-type"] == "application/problem+json"


def test_a_form_needs_its_token_and_the_session_it_was_made_for(app: FastAPI, client: httpx.Client) -> None:
    token = form_token(client.get("/").text)
    for data in ({}, {"form_token": "0" * 64}, {"form_token": "é"}):
        assert client.post("/checks", files=[sample(MAP)], data=data).status_code == 403
    with new_client(app) as other:
        other.get("/")
        assert other.post("/checks", files=[sample(MAP)], data={"form_token": token}).status_code == 403
    with new_client(app) as without_cookies:
        answer = without_cookies.post("/checks", files=[sample(MAP)], data={"form_token": token})
        assert answer.status_code == 403
        assert "cookies" in answer.text


def begun(client: httpx.Client, name: str = MAP) -> str:
    """A check that has been begun: its address."""
    answer = client.post("/checks", files=[sample(name)], data={"form_token": form_token(client.get("/").text)})
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def test_nobody_sees_anothers_check(app: FastAPI, client: httpx.Client) -> None:
    address = begun(client)
    assert client.get(address).status_code == 200
    with new_client(app) as other:
        token = form_token(other.get("/").text)
        for path in ("", "/choose", "/findings", "/heatmap", "/reading", "/files/1", "/bands.css", "/events"):
            assert other.get(address + path).status_code == 404
        for path in ("/forget", "/start", "/mend"):
            assert other.post(address + path, data={"form_token": token}).status_code == 404
    assert client.get(address).status_code == 200


def test_headers(client: httpx.Client) -> None:
    for path in ("/", "/rules", "/rules/SC001", "/api", "/nothing", "/api/openapi.json", "/healthz", "/forgotten"):
        headers = client.get(path).headers
        policy = headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert headers["x-content-type-options"] == "nosniff"
        assert headers["cache-control"] == "no-store"
        assert "server" not in headers
    cookie = client.get("/").headers.get("set-cookie") or new_cookie(client)
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie


def new_cookie(client: httpx.Client, headers: dict[str, str] | None = None) -> str:
    client.cookies.clear()
    return client.get("/", headers=headers).headers["set-cookie"]


def test_the_cookie_is_kept_to_tls_where_the_proxy_in_front_says_that_there_is_tls(
    client: httpx.Client, tmp_path: Path
) -> None:
    said = {"X-Forwarded-Proto": "https"}
    assert "; Secure" in new_cookie(client, said)
    assert "Secure" not in new_cookie(client, {"X-Forwarded-Proto": "http"})
    assert "Secure" not in new_cookie(client)
    elsewhere = Settings(workers=1, folder=tmp_path, proxies=("10.0.0.1",))
    with running(elsewhere) as app, new_client(app) as stranger:
        assert "Secure" not in new_cookie(stranger, said)


def test_pages_load_nothing_from_outside_and_carry_no_script(client: httpx.Client) -> None:
    for path in ("/", "/rules", "/rules/SC001", "/api"):
        text = client.get(path).text
        assert "https://" not in text
        assert "<script>" not in text
        assert " style=" not in text
        assert " onclick" not in text


@pytest.mark.parametrize(
    "path", ["/static/x/../page.js", "/static/x/..%2f..%2fsettings.py", "/static/x/app.py", "/static/x/style.css"]
)
def test_only_our_own_files_are_served(path: str, client: httpx.Client) -> None:
    assert client.get(path).status_code == 404


def test_other_addresses_than_this_computers_need_a_guard() -> None:
    with pytest.raises(ServeError, match="let everybody on the network in"):
        Settings(host="0.0.0.0")  # noqa: S104 - refused
    with pytest.raises(ServeError, match="too short"):
        Settings(token="short")  # noqa: S106
    assert Settings(host="0.0.0.0", token=TOKEN).guarded  # noqa: S104
    assert Settings(host="10.0.0.1", user_header="X-User").hosts == {"10.0.0.1"}


def test_a_token_is_asked_of_everybody(tmp_path: Path) -> None:
    with running(Settings(workers=1, folder=tmp_path, token=TOKEN)) as app, new_client(app) as client:
        answer = client.get("/")
        assert (answer.status_code, answer.headers["location"]) == (303, "/sign-in")
        assert client.post("/api/inspect", files=[sample(MAP)]).status_code == 401
        wrong = client.post("/api/inspect", files=[sample(MAP)], headers={"authorization": "Bearer wrong"})
        assert wrong.status_code == 401
        assert wrong.headers["www-authenticate"] == "Bearer"
        right = client.post("/api/inspect", files=[sample(MAP)], headers={"authorization": f"Bearer {TOKEN}"})
        assert right.status_code == 200
        page = client.get("/sign-in").text
        assert client.post("/sign-in", data={"form_token": form_token(page), "token": "wrong"}).status_code == 403
        session = client.cookies["regsheet"]
        answer = client.post("/sign-in", data={"form_token": form_token(page), "token": TOKEN})
        assert answer.status_code == 303
        assert client.cookies["regsheet"] != session, "a session that was known before signing in goes on"
        assert client.get("/").status_code == 200
        assert client.get("/healthz").status_code == 200


def test_a_proxy_says_who_signed_in(tmp_path: Path) -> None:
    settings = Settings(workers=1, folder=tmp_path, user_header="X-User")
    with running(settings) as app, new_client(app) as client:
        ann, bob = {"x-user": "ann"}, {"x-user": "bob"}
        assert client.get("/").status_code == 403
        token = form_token(client.get("/", headers=ann).text)
        assert client.get("/", headers=[("x-user", "ann"), ("x-user", "bob")]).status_code == 403
        answer = client.post("/checks", files=[sample(MAP)], headers=ann, data={"form_token": token})
        assert client.get(answer.headers["location"], headers=ann).status_code == 200
        assert client.get(answer.headers["location"], headers=bob).status_code == 404
    elsewhere = Settings(workers=1, folder=tmp_path, user_header="X-User", proxies=("10.0.0.1",))
    with running(elsewhere) as app, new_client(app) as client:
        assert client.get("/", headers={"x-user": "ann"}).status_code == 403


def test_files_are_private_and_gone_when_forgotten(client: httpx.Client, services: Services) -> None:
    held = services.budget.held
    address = begun(client, REGISTER)
    page = client.get(address).text
    folder = services.checks.get(address.rsplit("/", 1)[1], client.cookies["regsheet"], None).folder
    if sys.platform != "win32":
        assert stat.S_IMODE(services.folders.root.stat().st_mode) == 0o700
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert all("risk" not in path.name for path in folder.iterdir())
    answer = client.post(f"{address}/forget", data={"form_token": form_token(page)})
    assert answer.headers["location"] == "/forgotten"
    assert not folder.exists()
    assert client.get(address).status_code == 404
    assert services.budget.held == held


def test_an_hour_later_everything_is_gone(
    client: httpx.Client, services: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = begun(client)
    client.get(address)
    stray = services.folders.new()
    monkeypatch.setattr(checks_module, "KEPT_SECONDS", -1)
    monkeypatch.setattr(folders_module, "KEPT_SECONDS", -1)
    services.checks.forget_old()
    assert client.get(address).status_code == 404
    assert not stray.exists()


def test_what_a_crash_left_is_swept_at_the_next_start(tmp_path: Path) -> None:
    script = (
        "import os, sys; from pathlib import Path; from regsheet.web.folders import PrivateFolders;"
        "folders = PrivateFolders(Path(sys.argv[1])); (folders.new() / 'sent').write_text('secret'); os._exit(9)"
    )
    subprocess.run([sys.executable, "-c", script, str(tmp_path)], check=False)
    (left,) = tmp_path.iterdir()
    running_now = PrivateFolders(tmp_path)
    assert not left.exists()
    other = PrivateFolders(tmp_path)
    assert running_now.root.exists(), "the folder of a server that runs was taken away"
    running_now.close()
    other.close()
    assert list(tmp_path.iterdir()) == []


def test_logs_hold_nothing_of_a_workbook(client: httpx.Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, logger="regsheet.web"):
        address = begun(client, REGISTER)
        page = client.get(address).text
        client.post(f"{address}/start", data={"form_token": form_token(page), "as_of": "2024-12-31"})
        client.get(f"{address}?wait=1")
        client.get(f"{address}/findings?owner=Head+of+Housing")
        client.post("/api/check", files=[("file", ("Secret name.xlsx", b"no workbook", "text/plain"))])
        time.sleep(0.1)
    logged = caplog.text
    assert "GET /checks/{key}/findings 200" in logged
    for word in ("Housing", "strategic", "Secret", address.rsplit("/", 1)[1]):
        assert word not in logged


def test_an_error_of_ours_says_where_and_not_what(
    client: httpx.Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object, **__: object) -> str:
        raise ValueError("what a cell holds")

    monkeypatch.setattr("regsheet.web.pages.render", fail)
    with caplog.at_level(logging.DEBUG):
        answer = client.get("/")
    assert answer.status_code == 500
    assert "ValueError in web/test_safety.py" in answer.text or "ValueError in web/pages.py" in answer.text
    assert "what a cell holds" not in answer.text + caplog.text


def test_the_command_refuses_what_would_be_unsafe(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("REGSHEET_TOKEN", raising=False)
    result = CliRunner().invoke(main, ["serve", "--host", "0.0.0.0"])  # noqa: S104 - refused
    assert result.exit_code == 2
    assert "Serving on 0.0.0.0 would let everybody on the network in; set REGSHEET_TOKEN" in result.stderr


def test_a_port_that_is_taken() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        result = CliRunner().invoke(main, ["serve", "--port", str(taken.getsockname()[1])])
    assert result.exit_code == 2
    assert "Nothing can be served on 127.0.0.1 port" in result.stderr
