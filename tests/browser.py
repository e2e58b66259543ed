"""Chromium for tests: pages opened from files, and what axe finds wrong with them."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ("--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage")


def absent(reason: str) -> None:
    """Skip for this reason; in CI fail, since there nothing may be left out."""
    if os.environ.get("CI", "").lower() == "true":
        pytest.fail(reason)
    pytest.skip(reason)


@contextmanager
def started() -> Iterator[Browser]:
    """Chromium, started and ended."""
    program = CHROMIUM if os.access(CHROMIUM, os.X_OK) else shutil.which("chromium")
    if program is None:
        absent("Chromium is absent (Debian package chromium)")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        absent("playwright is not installed")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=list(ARGUMENTS))
        try:
            yield browser
        finally:
            browser.close()


def axe_violations(page: Page, only: tuple[str, ...] = ()) -> list[str]:
    """What axe-core finds wrong with a page as it is shown now: one line a rule, with the elements.

    ``only``: the rules to try, all of them where none is named.
    """
    page.evaluate(files("axe_playwright_python").joinpath("axe.min.js").read_text("utf-8"))
    options = {"runOnly": {"type": "rule", "values": list(only)}} if only else {}
    found = page.evaluate("options => axe.run(document, options)", options)
    return [
        f"{violation['id']}: {violation['help']}: {[node['target'] for node in violation['nodes'][:3]]}"
        for violation in found["violations"]
    ]
