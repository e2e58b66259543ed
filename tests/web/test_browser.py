"""The page in Chromium: the whole path with scripts and without, and what axe finds on each page, light and dark."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.browser import axe_violations
from tests.conftest import MakeRegister
from tests.web.conftest import LAST_QUARTER, MAP, REGISTER, SAMPLES, CommandLine

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.chromium

FILES = (REGISTER, LAST_QUARTER, MAP, "owners.csv", "regsheet.toml")
REFUSED = "status of 422"
"""What the console says of a form that is to be corrected; it is no error of a script."""

DROP = """async ([names, contents]) => {
  const transfer = new DataTransfer();
  names.forEach((name, at) => transfer.items.add(
    new File([Uint8Array.from(atob(contents[at]), (letter) => letter.charCodeAt(0))], name)));
  for (const kind of ["dragenter", "dragover", "drop"])
    document.body.dispatchEvent(new DragEvent(kind, {dataTransfer: transfer, bubbles: true, cancelable: true}));
}"""


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Any]:
    """Opens the first page in a browser of its own; any error of a script, or refusal of a policy, fails the test."""
    contexts, errors = [], []

    def open_page(**options: Any) -> Page:
        context = browser.new_context(locale="en-GB", **options)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(30_000)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on(
            "console",
            lambda said: errors.append(said.text) if said.type == "error" and REFUSED not in said.text else None,
        )
        page.goto(address)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert [error for error in errors if REFUSED not in error] == []


def drop(page: Page, *names: str) -> None:
    """Drop samples onto the page."""
    import base64

    contents = [base64.b64encode((SAMPLES / name).read_bytes()).decode() for name in names]
    page.evaluate(DROP, [list(names), contents])


def check(page: Page, *, scripts: bool = True) -> None:
    """From the files to the result."""
    page.get_by_role("button", name="Continue").click()
    arrive(page, "What the files are", scripts=scripts)
    page.get_by_label("As of").fill("2024-12-31")
    page.get_by_role("button", name="Check", exact=True).click()
    arrive(page, "Downloads", scripts=scripts)


def arrive(page: Page, heading: str, *, scripts: bool = True) -> None:
    """Wait until a job is done; without scripts, by asking for its result."""
    there, link = page.get_by_role("heading", name=heading), page.get_by_role("link", name="Show the result")
    while not scripts:
        there.or_(link).first.wait_for()
        if not link.count():
            break
        link.click()
    there.wait_for()


def go(page: Page, name: str, path: str) -> None:
    """Follow a tab, and wait until its page is there whole: counting does not wait."""
    page.get_by_role("link", name=name, exact=True).click()
    page.wait_for_url(f"**/{path}")


def fetched(page: Page, name: str, folder: Path) -> bytes:
    """What a link to a file gives."""
    with page.expect_download() as waiting:
        page.get_by_role("link", name=name).click()
    target = folder / "fetched"
    waiting.value.save_as(target)
    assert waiting.value.suggested_filename in name
    return target.read_bytes()


def mend(page: Page, *, scripts: bool = True) -> None:
    """Say that the controls are commentary, and the commentary nothing."""
    go(page, "How it was read", "reading")
    taken = page.locator("select", has=page.locator("option[value=commentary][selected]")).first
    controls = page.locator("select", has=page.locator("option[value=controls][selected]")).first
    if taken.count():
        taken.select_option("none")
    controls.select_option("commentary")
    page.get_by_role("button", name="Check again with these columns").first.click()
    arrive(page, "Downloads", scripts=scripts)


def test_the_whole_path(visit: Any, command_line: CommandLine, tmp_path: Path) -> None:
    page = visit()
    drop(page, REGISTER)
    drop(page, LAST_QUARTER, "owners.csv")
    page.get_by_role("button", name="Remove owners.csv").click()
    assert page.get_by_role("list", name="Files to send").get_by_role("listitem").count() == 2
    check(page)
    assert LAST_QUARTER not in page.locator(".about").inner_text()
    name = "strategic-risk-register.checked.xlsx"
    command_line("annotate", REGISTER, "--previous", LAST_QUARTER, "--as-of", "2024-12-31", "--fail-on", "never",
                 samples=(REGISTER, LAST_QUARTER))  # fmt: skip
    assert fetched(page, f"Annotated workbook: {name}", tmp_path) == (tmp_path / name).read_bytes()

    go(page, "Findings", "findings")
    total = page.locator("tbody tr").count()
    page.get_by_label("Severity").select_option("error")
    page.wait_for_url("**?severity=error")
    page.get_by_text(f"of {total} findings").wait_for()
    assert 0 < page.locator("tbody tr").count() < total
    page.get_by_label("Rule").select_option("SC001")
    page.get_by_text(f"2 of {total} findings").wait_for()
    page.get_by_role("link", name="SC001 wrong-overall-rating").first.click()
    page.get_by_role("heading", name="Why it matters").wait_for()
    page.go_back()

    go(page, "Heatmap", "heatmap")
    assert page.locator("table.matrix").count() == 3
    mend(page)
    mapping = fetched(page, "Configuration with the columns as read: regsheet.toml", tmp_path)
    (tmp_path / "regsheet.toml").write_bytes(mapping)
    command_line("annotate", REGISTER, "--previous", LAST_QUARTER, "--as-of", "2024-12-31", "--fail-on", "never",
                 samples=())  # fmt: skip
    assert fetched(page, f"Annotated workbook: {name}", tmp_path) == (tmp_path / name).read_bytes()

    address = page.url
    page.get_by_role("button", name="Forget this check").click()
    page.get_by_role("heading", name="Forgotten").wait_for()
    assert page.request.get(address).status == 404


def test_the_whole_path_without_scripts(visit: Any, command_line: CommandLine, tmp_path: Path) -> None:
    page = visit(java_script_enabled=False)
    page.get_by_label("Choose your files").set_input_files([SAMPLES / name for name in FILES])
    check(page, scripts=False)
    name = "strategic-risk-register.checked.xlsx"
    command_line("annotate", REGISTER, MAP, "--previous", LAST_QUARTER, "--as-of", "2024-12-31", "--fail-on", "never",
                 samples=FILES)  # fmt: skip
    assert fetched(page, f"Annotated workbook: {name}", tmp_path) == (tmp_path / name).read_bytes()
    go(page, "Findings", "findings")
    page.get_by_label("Severity").select_option("error")
    page.get_by_role("button", name="Filter").click()
    page.wait_for_url("**severity=error**")
    assert " of " in page.locator(".found").inner_text()
    mend(page, scripts=False)
    assert page.get_by_role("link", name="Configuration with the columns as read").count() == 1
    page.get_by_role("button", name="Forget this check").click()
    page.get_by_role("heading", name="Forgotten").wait_for()


def test_by_keyboard_alone(visit: Any) -> None:
    page = visit()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the content"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "main"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "file"
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineWidth")
    assert outline == "3px"


@pytest.mark.parametrize("look", ["light", "dark"])
def test_axe_finds_nothing(look: str, visit: Any, make_register: MakeRegister) -> None:
    register = make_register({(2, "Residual Rating"): 5, (3, "Risk Owner"): None, (4, "Inherent Likelihood"): 9})
    width = 1280 if look == "light" else 390
    page = visit(color_scheme=look, bypass_csp=True, viewport={"width": width, "height": 800})
    found: dict[str, list[str]] = {"first": axe_violations(page)}
    page.get_by_label("Choose your files").set_input_files([register, SAMPLES / MAP])
    found["files chosen"] = axe_violations(page)
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("As of").fill("2024-12-31")
    found["choose"] = axe_violations(page)
    page.get_by_role("button", name="Check", exact=True).click()
    page.get_by_role("heading", name="Downloads").wait_for()
    address = page.url
    host = address.split("/checks/")[0]
    tabs = [f"{address}/{name}" for name in ("findings", "heatmap", "assurance", "reading")]
    for path in (*tabs, *(f"{host}/{name}" for name in ("rules/CL001", "api", "forgotten", "sign-in"))):
        page.goto(path)
        found[path] = axe_violations(page)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), f"{path} is wider than the window"
    page.goto(address)
    found["summary"] = axe_violations(page)
    if look == "light":
        page.goto(f"{host}/rules")
        found["rules"] = axe_violations(page)
    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def test_refusals_and_waiting_are_accessible_too(visit: Any, tmp_path: Path) -> None:
    page = visit(bypass_csp=True)
    (tmp_path / "minutes.pdf").write_bytes(b"%PDF-1.7\n")
    kept = "Alarms and sprinklers are tested every week and the result for building {0} is kept in book {0}. " * 3
    rows = [f"R{number},Loss of building {number},{kept.format(number)},4,4,16,Ann" for number in range(24_000)]
    head = "Ref,Risk Title,Existing Controls,Likelihood,Impact,Rating,Risk Owner"  # so much takes seconds to check
    (tmp_path / "large.csv").write_text("\n".join([head, *rows]), encoding="utf-8")
    page.get_by_label("Choose your files").set_input_files([tmp_path / "minutes.pdf", tmp_path / "large.csv"])
    page.get_by_role("button", name="Continue").click()
    page.get_by_text("minutes.pdf” is a PDF").wait_for()
    assert axe_violations(page) == []
    large = page.get_by_label("What it is: large.csv")
    large.select_option("ignore")
    page.get_by_role("button", name="Check", exact=True).click()
    page.get_by_role("heading", name="There is a problem").wait_for()
    assert axe_violations(page) == []
    assert page.evaluate("document.activeElement.getAttribute('role')") == "alert"
    told = json.dumps({"over": False, "stage": 2, "words": "Checking every risk", "place": 0})
    stay = f"event: progress\ndata: {told}\n\n"  # so that the page does not go on to the result
    page.route("**/events", lambda route: route.fulfill(content_type="text/event-stream", body=stay))
    page.get_by_label("What it is: large.csv").select_option("register")
    page.get_by_role("button", name="Check", exact=True).click()
    page.get_by_role("heading", name="Checking").wait_for()
    assert axe_violations(page) == []
    page.get_by_role("button", name="Forget this check").click()
    page.get_by_role("heading", name="Forgotten").wait_for()
    shutil.rmtree(tmp_path, ignore_errors=True)
