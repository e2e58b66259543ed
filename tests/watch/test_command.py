"""The command itself, as a service and a scheduled task run it, and how the page looks."""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import sys
import time

import pytest
from click.testing import CliRunner

from regsheet.cli.main import main

COMMAND = [sys.executable, "-c", "from regsheet.cli.main import main; main()", "watch"]


@pytest.mark.skipif(sys.platform == "win32", reason="a service is stopped otherwise there")
def test_as_a_service_and_stopped_as_one(make_register, tmp_path):
    inbox, outbox = tmp_path / "inbox", tmp_path / "outbox"
    inbox.mkdir()
    shutil.copy(make_register({(2, "Risk Owner"): "Zebedee Nobody-Else"}), inbox)
    (inbox / "broken.xlsx").write_bytes(b"nothing")
    service = subprocess.Popen([*COMMAND, inbox, outbox, "--settle", "0.1"], stdout=subprocess.PIPE, text=True)
    end = time.monotonic() + 60
    while not ((outbox / "register.html").exists() and (outbox / "unread/broken.txt").exists()):
        assert service.poll() is None
        assert time.monotonic() < end
        time.sleep(0.05)
    service.send_signal(signal.SIGTERM)
    said, _ = service.communicate(timeout=30)
    assert service.returncode == 0
    lines = said.splitlines()
    assert all(re.match(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d ", line) for line in lines), said
    assert lines[-1].endswith("Stopped. What was written is whole.")
    assert "Zebedee" not in said
    assert "Loss of building" not in said
    assert not list(outbox.glob(".regsheet-*.tmp"))


def test_once_does_what_is_there_and_ends(make_register, tmp_path):
    inbox, outbox = tmp_path / "inbox", tmp_path / "outbox"
    inbox.mkdir()
    shutil.copy(make_register(), inbox)
    arguments = ["watch", str(inbox), str(outbox), "--once", "--settle", "0.1", "--as-of", "2024-12-31"]
    first = CliRunner().invoke(main, arguments)
    assert first.exit_code == 0, first.output
    assert (outbox / "register.checked.xlsx").exists()
    assert "31 December 2024" in (outbox / "register.html").read_text("utf-8")
    assert "Nothing to do" in CliRunner().invoke(main, arguments).output


def test_the_inbox_as_outbox_is_refused_in_a_sentence(tmp_path):
    done = CliRunner().invoke(main, ["watch", str(tmp_path), str(tmp_path)])
    assert done.exit_code == 2
    assert "same folder" in done.output


@pytest.mark.chromium
@pytest.mark.parametrize(("width", "scheme"), [(1100, "light"), (360, "dark")])
def test_the_page_can_be_read_by_everybody(browser, page_file, width, scheme):
    from tests.browser import axe_violations

    page = browser.new_page(viewport={"width": width, "height": 800}, color_scheme=scheme)
    try:
        page.goto(page_file.as_uri())
        assert axe_violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    finally:
        page.close()


@pytest.fixture(scope="module")
def page_file(tmp_path_factory):
    """The page about the sample register."""
    from tests.conftest import REPOSITORY

    from regsheet.pipeline import Options
    from regsheet.watch.job import Order, work

    folder = tmp_path_factory.mktemp("page")
    shutil.copy(REPOSITORY / "samples/strategic-risk-register.xlsx", folder)
    answer = work(Order("strategic-risk-register.xlsx", folder, folder / "out", Options()))
    assert answer.kind == "done", answer.why
    page = folder / "register.html"
    page.write_bytes(dict(answer.outputs)["strategic-risk-register.html"])
    return page
