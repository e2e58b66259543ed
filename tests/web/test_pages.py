"""The whole path without scripts: forms sent and pages read as a plain browser does."""

from __future__ import annotations

import html
import io
import re
import shutil
import zipfile
from pathlib import Path

import httpx
import pytest
from tests.web.conftest import LAST_QUARTER, MAP, REGISTER, SAMPLES, CommandLine, form_token, sample, sent

from regsheet.rules.registry import RULES

ALL = (REGISTER, LAST_QUARTER, MAP, "owners.csv", "regsheet.toml")


def send(client: httpx.Client, *files: object) -> str:
    """Send files from the first page; gives the address of the check."""
    token = form_token(client.get("/").text)
    answer = client.post("/checks", files=list(files), data={"form_token": token})
    assert answer.status_code == 303, answer.text
    return answer.headers["location"]


def page(client: httpx.Client, address: str) -> str:
    """A check's page as soon as it is ready, its text without tags."""
    answer = client.get(address + "?wait=1")
    assert answer.status_code == 200, answer.text
    return answer.text


def text_of(markup: str) -> str:
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", markup)).split())


def start(client: httpx.Client, address: str, **choices: str) -> httpx.Response:
    token = form_token(page(client, address))
    data = {"form_token": token, "as_of": "2024-12-31", "correct": "yes", **choices}
    return client.post(f"{address}/start", data=data)


def downloads(markup: str) -> dict[str, str]:
    """The addresses of what can be fetched, by the name it is saved under."""
    found = re.findall(r'<a href="(/checks/[^"]+/files/\d+)" download>[^<]*: ([^<]+)</a>', markup)
    return {html.unescape(name): address for address, name in found}


def test_each_file_is_recognised_by_what_it_holds(client: httpx.Client) -> None:
    address = send(client, *[sample(name) for name in ALL])
    chosen = re.findall(r'<option value="(\w+)" selected>', page(client, address))
    assert chosen == ["register", "previous", "map", "owners", "config"]


def test_names_say_nothing(client: httpx.Client) -> None:
    files = [sent((SAMPLES / name).read_bytes(), f"{number}.bin") for number, name in enumerate(reversed(ALL))]
    chosen = re.findall(r'<option value="(\w+)" selected>', page(client, send(client, *files)))
    assert chosen == ["config", "ignore", "map", "previous", "register"]  # a CSV file is told by its ending


def test_the_downloads_are_the_command_lines_files(
    client: httpx.Client, command_line: CommandLine, tmp_path: Path
) -> None:
    address = send(client, *[sample(name) for name in ALL])
    assert start(client, address).status_code == 303
    found = downloads(page(client, address))
    options = ("--previous", LAST_QUARTER, "--owners", "owners.csv", "--as-of", "2024-12-31")
    command_line("annotate", REGISTER, MAP, *options, "--fail-on", "never", samples=ALL)
    for name in ("strategic-risk-register.checked.xlsx", "assurance-map.checked.xlsx"):
        assert client.get(found[name]).content == (tmp_path / name).read_bytes()
    command_line("check", REGISTER, MAP, *options, "--format", "csv", "-o", "findings.csv", samples=ALL)
    assert client.get(found["findings.csv"]).content == (tmp_path / "findings.csv").read_bytes()
    printed = command_line("check", REGISTER, MAP, *options, "--format", "json", samples=ALL)
    assert client.get(found["findings.json"]).text == printed.rstrip("\n")


def test_the_findings_workbook_is_the_command_lines(
    client: httpx.Client, command_line: CommandLine, tmp_path: Path
) -> None:
    address = send(client, sample(REGISTER))
    start(client, address)
    name = "strategic-risk-register.findings.xlsx"
    found = client.get(downloads(page(client, address))[name])
    command_line("annotate", REGISTER, "--report", name, "--as-of", "2024-12-31", "--fail-on", "never")
    assert found.content == (tmp_path / name).read_bytes()
    assert name in found.headers["content-disposition"]


def test_what_was_chosen_counts(client: httpx.Client) -> None:
    address = send(client, sample(REGISTER), sample(LAST_QUARTER))
    swapped = {"role-0": "previous", "role-1": "register"}
    start(client, address, **swapped)
    assert "strategic-risk-register-2024-q3.xlsx · as of 31 December 2024" in text_of(page(client, address))
    again = client.get(f"{address}/choose").text
    assert re.findall(r'<option value="(\w+)" selected>', again) == ["previous", "register"]


@pytest.mark.parametrize(
    ("choices", "words"),
    [
        ({"role-0": "ignore"}, "None of the files is to be checked"),
        ({"role-0": "owners"}, "None of the files is to be checked"),
        ({"as_of": "31.13.2024"}, "is not a date"),
        ({"role-1": "previous", "role-2": "previous"}, "only one file that it is last quarter"),
    ],
)
def test_what_cannot_be_chosen(choices: dict[str, str], words: str, client: httpx.Client) -> None:
    address = send(client, sample(REGISTER), *[sample("owners.csv")] * 2)
    answer = start(client, address, **({"role-1": "ignore", "role-2": "ignore"} | choices))
    assert answer.status_code == 422
    assert words in text_of(answer.text)
    assert "There is a problem" in answer.text


def test_a_file_that_cannot_be_read_is_said_beside_it(client: httpx.Client) -> None:
    address = send(client, sample(REGISTER), sent(b"%PDF-1.7", "minutes.pdf"), sent(b"x = [", "regsheet.toml"))
    text = text_of(page(client, address))
    assert "“minutes.pdf” is a PDF" in text or "minutes.pdf is a PDF" in text
    assert "regsheet.toml is not valid TOML" in text
    start(client, address, **{"role-1": "register", "role-2": "ignore"})
    failed = text_of(page(client, address))
    assert "The check could not be done" in failed
    assert "minutes.pdf" in failed
    token = form_token(client.get(f"{address}/choose").text)
    data = {"form_token": token, "as_of": "2024-12-31", "role-1": "ignore", "role-2": "ignore"}
    client.post(f"{address}/start", data=data)
    assert "findings" in text_of(page(client, address))


def test_further_files(client: httpx.Client) -> None:
    address = send(client, sample(REGISTER))
    token = form_token(page(client, address))
    client.post(f"{address}/files", files=[sample(LAST_QUARTER)], data={"form_token": token})
    assert re.findall(r'<option value="(\w+)" selected>', page(client, address)) == ["register", "previous"]


def test_findings_are_filtered_by_the_address(client: httpx.Client) -> None:
    address = send(client, sample(REGISTER), sample("regsheet.toml"), sample("owners.csv"))
    start(client, address)
    page(client, address)
    everything = client.get(f"{address}/findings").text
    total = int(re.search(r"(\d+) findings", text_of(everything))[1])  # type: ignore[index]
    assert everything.count('data-label="Severity"') == total
    errors = client.get(f"{address}/findings?severity=error").text
    assert f"of {total} findings" in text_of(errors)
    assert errors.count('class="tag error"') == errors.count('data-label="Severity"') > 10
    assert "warning" not in re.findall(r'class="tag (\w+)"', errors)
    one = client.get(f"{address}/findings?rule=SC001&owner=Chief+Finance+Officer&risk=SR1").text
    assert one.count('data-label="Severity"') == 1
    assert "5 × 5 = 25" in one
    assert '<a href="/rules/SC001">' in one
    none = client.get(f"{address}/findings?owner=Nobody").text
    assert "No finding fits these filters" in none
    assert client.get(f"{address}/findings?page=999999&severity=odd&unknown=1").status_code == 200


def test_heatmap_and_assurance(client: httpx.Client) -> None:
    address = send(client, *[sample(name) for name in ALL])
    start(client, address)
    assert '<link rel="stylesheet" href="' + address + '/bands.css">' in page(client, address)
    assert ".band-FF0000 { background-color: #FF0000; color: #000000; }" in client.get(f"{address}/bands.css").text
    heatmap = client.get(f"{address}/heatmap").text
    assert heatmap.count('<table class="matrix">') == 3
    text = text_of(heatmap)
    assert "25 Red SR1, SR2" in text
    assert "↑ up" in text
    assert "In last quarter’s register and not in this one: SR9, SR14" in text
    assurance = text_of(client.get(f"{address}/assurance").text)
    assert "No second line" in assurance
    assert "Risks in the register that are on no map" in assurance


def column_of(form: str, field: str) -> str:
    """The name of the control in which a field is chosen; empty where it is chosen in none."""
    found = re.search(rf'name="(column-\d+)">(?:(?!</select>).)*?value="{field}" selected', form)
    return found[1] if found else ""


def test_a_misread_column_is_mended(client: httpx.Client, command_line: CommandLine, tmp_path: Path) -> None:
    address = send(client, sample(REGISTER))
    start(client, address)
    page(client, address)
    reading = client.get(f"{address}/reading").text
    form = next(part for part in reading.split("<form") if "/mend" in part)
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', form))
    column, field = column_of(form, "controls"), "commentary"
    taken = column_of(form, field)
    changes = {column: field} | ({taken: "none"} if taken else {})
    twice = client.post(f"{address}/mend", data={**hidden, column: "actions"})
    assert twice.status_code == 422
    assert "Two columns cannot both be actions" in text_of(twice.text)
    assert client.post(f"{address}/mend", data=hidden).status_code == 422
    assert client.post(f"{address}/mend", data={**hidden, column: "nonsense"}).status_code == 422
    answer = client.post(f"{address}/mend", data={**hidden, **changes})
    assert answer.headers["location"] == address
    found = downloads(page(client, address))
    assert "settled in regsheet.toml" in client.get(f"{address}/reading").text
    mapping = client.get(found["regsheet.toml"])
    assert '= "commentary"' in mapping.text
    shutil.copy(SAMPLES / REGISTER, tmp_path)
    (tmp_path / "regsheet.toml").write_bytes(mapping.content)
    command_line("annotate", REGISTER, "--as-of", "2024-12-31", "--fail-on", "never", samples=())
    name = "strategic-risk-register.checked.xlsx"
    assert client.get(found[name]).content == (tmp_path / name).read_bytes()


def test_another_format_gets_a_findings_workbook(client: httpx.Client) -> None:
    rows = "".join(f"R{number},Loss of building {number},4,4,{16 - number // 5},Ann\n" for number in range(1, 7))
    address = send(client, sent(f"Ref,Risk Title,Likelihood,Impact,Rating,Risk Owner\n{rows}".encode(), "q4.csv"))
    start(client, address)
    result = page(client, address)
    assert "there is no annotated copy of it" in text_of(result)
    assert set(downloads(result)) >= {"q4.findings.xlsx", "findings.csv"}


def test_text_of_a_workbook_is_only_text(client: httpx.Client) -> None:
    evil = "<script>alert(1)</script>"
    rows = "".join(f"R{number},{evil},4,4,{16 - number // 5},{evil}\n" for number in range(1, 7))
    content = f"Ref,Risk Title,Likelihood,Impact,Rating,Risk Owner\n{rows}".encode()
    address = send(client, sent(content, "<img src=x onerror=alert(1)>.csv"))
    start(client, address)
    for path in ("?wait=1", "/findings", "/heatmap", "/reading", "/choose", "/findings?owner=%3Cscript%3Ealert(1)"):
        assert "<script>" not in client.get(address + path).text
        assert "<img" not in client.get(address + path).text


def test_every_rule_has_its_page(client: httpx.Client) -> None:
    listed = client.get("/rules").text
    assert all(f'<a href="/rules/{rule.code}">' in listed for rule in RULES)
    for code in ("SC001", "AM001", "WV001"):
        text = client.get(f"/rules/{code}").text
        assert "<h2>Why it matters</h2>" in text
        assert "<table>" in text
    assert client.get("/rules/XX999").status_code == 404


def test_progress_is_told_as_events(client: httpx.Client) -> None:
    address = send(client, sample(REGISTER))
    start(client, address)
    with client.stream("GET", f"{address}/events") as answer:
        assert answer.headers["content-type"].startswith("text/event-stream")
        told = "".join(answer.iter_text())
    assert told.endswith('data: {"over": true}\n\n')


def test_mail_drafts_are_the_command_lines(client: httpx.Client, command_line: CommandLine, tmp_path: Path) -> None:
    address = send(client, *[sample(name) for name in ALL])
    start(client, address)
    result = page(client, address)
    assert "Write mail drafts to the owners" in result
    assert client.post(f"{address}/mail", data={"form_token": form_token(result)}).status_code == 303
    result = page(client, address)
    assert "Write mail drafts" not in result
    packed = zipfile.ZipFile(io.BytesIO(client.get(downloads(result)["mail-drafts.zip"]).content))
    command_line("annotate", REGISTER, MAP, "--previous", LAST_QUARTER, "--owners", "owners.csv", "--as-of",
                 "2024-12-31", "--fail-on", "never", samples=ALL)  # fmt: skip
    command_line("mail", "strategic-risk-register.checked.xlsx", samples=())
    folder = tmp_path / "strategic-risk-register.mail"
    written = {f"{folder.name}/{path.name}": path.read_bytes() for path in folder.iterdir()}
    assert len(written) > 5
    assert written.items() <= {name: packed.read(name) for name in packed.namelist()}.items()


def test_mail_needs_an_owners_list(client: httpx.Client) -> None:
    address = send(client, sample(REGISTER))
    start(client, address)
    result = page(client, address)
    assert "Write mail drafts" not in result
    client.post(f"{address}/mail", data={"form_token": form_token(result)})
    assert "There is no owners list among the files" in text_of(page(client, address))
