"""The API gives what the command line gives, and refuses in the command line's sentences."""

from __future__ import annotations

import json
from pathlib import Path

import httpx
import pytest
from tests.web.conftest import LAST_QUARTER, MAP, REGISTER, XLSX, CommandLine, sample, sent

from regsheet.web import uploads
from regsheet.web.services import Services

DAY = {"as_of": "2024-12-31"}
CUT_SHORT = b'--y\r\nContent-Disposition: form-data; name="file"; filename="a.xlsx"\r\n\r\nPK'


def test_check_is_the_command_lines_json(client: httpx.Client, command_line: CommandLine) -> None:
    answer = client.post("/api/check", files=[sample(REGISTER)], data=DAY)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/json"
    assert answer.text == command_line("check", REGISTER, "--as-of", "2024-12-31", "--format", "json")
    assert len(answer.json()["findings"]) > 30


def test_check_with_all_that_can_be_beside_it(client: httpx.Client, command_line: CommandLine) -> None:
    files = [sample(REGISTER), sample(MAP, "other"), sample(LAST_QUARTER, "previous"), sample("owners.csv", "owners"),
             sample("regsheet.toml", "config")]  # fmt: skip
    answer = client.post("/api/check", files=files, data={**DAY, "ignore": "HY,TX"})
    printed = command_line(
        "check", REGISTER, MAP, "--previous", LAST_QUARTER, "--owners", "owners.csv", "--as-of", "31/12/2024",
        "--ignore", "HY,TX", "--format", "json", samples=(REGISTER, MAP, LAST_QUARTER, "owners.csv", "regsheet.toml"),
    )  # fmt: skip
    assert answer.json() == json.loads(printed.splitlines()[0])
    assert {"RF005", "OW003"} <= {finding["code"] for finding in answer.json()["findings"]}


def test_annotate_is_byte_for_byte_the_command_lines(
    client: httpx.Client, command_line: CommandLine, tmp_path: Path
) -> None:
    answer = client.post("/api/annotate", files=[sample(REGISTER), sample(LAST_QUARTER, "previous")], data=DAY)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == XLSX
    assert 'filename="strategic-risk-register.checked.xlsx"' in answer.headers["content-disposition"]
    command_line("annotate", REGISTER, "--previous", LAST_QUARTER, "--as-of", "2024-12-31", "--fail-on", "never",
                 samples=(REGISTER, LAST_QUARTER))  # fmt: skip
    assert answer.content == (tmp_path / "strategic-risk-register.checked.xlsx").read_bytes()


def test_annotate_without_corrections(client: httpx.Client, command_line: CommandLine, tmp_path: Path) -> None:
    answer = client.post("/api/annotate", files=[sample(REGISTER)], data={**DAY, "no_corrections": "true"})
    command_line("annotate", REGISTER, "--as-of", "2024-12-31", "--no-corrections", "--fail-on", "never")
    assert answer.content == (tmp_path / "strategic-risk-register.checked.xlsx").read_bytes()


def test_inspect_is_the_command_lines_json(client: httpx.Client, command_line: CommandLine) -> None:
    answer = client.post("/api/inspect", files=[sample(MAP)])
    assert answer.text == command_line("inspect", MAP, "--format", "json", samples=(MAP,))


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("register.xlsx", b""),
        ("register.xlsx", b"%PDF-1.7\n"),
        ("owners.csv", b"role,name\nHead of Property,Ann\n"),
        ("register.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
        ("picture.png", b"\x89PNG\r\n\x1a\n" + bytes(50)),
        ("letter.docx", b"PK\x03\x04" + bytes(60)),
        ("~$register.xlsx", b"\x05user" + bytes(160)),
    ],
)
def test_refusals_are_the_command_lines_sentences(
    name: str, content: bytes, client: httpx.Client, command_line: CommandLine, tmp_path: Path
) -> None:
    (tmp_path / name).write_bytes(content)
    printed = command_line("check", name, samples=())
    answer = client.post("/api/check", files=[sent(content, name)])
    assert answer.status_code == 422
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert f"regsheet: {problem['detail']}" == printed.strip()
    assert (problem["type"], problem["title"], problem["status"]) == ("about:blank", "Unprocessable Content", 422) or (
        problem["title"] == "Unprocessable Entity"
    )
    assert problem["error"].endswith("Error")


def test_a_configuration_with_a_fault(client: httpx.Client) -> None:
    config = sent(b"day_furst = true\n", "regsheet.toml", "config")
    answer = client.post("/api/check", files=[sample(REGISTER), config])
    assert answer.status_code == 422
    detail = answer.json()["detail"]
    assert "The configuration regsheet.toml has a fault" in detail
    assert "day_furst" in detail
    assert "/" not in detail


def test_a_rule_that_there_is_not(client: httpx.Client) -> None:
    answer = client.post("/api/check", files=[sample(REGISTER)], data={"select": "XX999"})
    assert answer.status_code == 422
    assert "XX999" in answer.json()["detail"]


def test_another_format_is_checked_and_not_annotated(client: httpx.Client) -> None:
    rows = "".join(f"R{number},Loss of building {number},4,4,{16 - number // 5},Ann\n" for number in range(1, 7))
    register = sent(f"Ref,Risk Title,Likelihood,Impact,Rating,Risk Owner\n{rows}".encode(), "register.csv")
    assert client.post("/api/check", files=[register], data=DAY).json()["findings"]
    answer = client.post("/api/annotate", files=[register], data=DAY)
    assert answer.status_code == 422
    assert "cannot be annotated" in answer.json()["detail"]


def test_no_file_of_this_computer_is_read_for_a_configuration(client: httpx.Client, tmp_path: Path) -> None:
    secret = tmp_path / "owners.csv"
    secret.write_text("role,name\nThe only role,Nobody\n", encoding="utf-8")
    config = sent(f'owners = "{secret}"\n'.encode(), "regsheet.toml", "config")
    answer = client.post("/api/check", files=[sample(REGISTER), config], data=DAY)
    assert answer.status_code == 200
    assert "OW002" in {item["code"] for item in answer.json()["not_run"]}


@pytest.mark.parametrize(
    ("files", "data", "words"),
    [
        ([], {}, "Send the workbook as a form"),
        ([], {"as_of": "2024-12-31"}, "No file was sent"),
        ([sample("owners.csv", "owners")], {}, "No file was sent"),
        ([sample(REGISTER), sample(MAP)], {}, "more than once"),
        ([sample(REGISTER)], {"as_of": "yesterday"}, "“yesterday” is not a date"),
        ([sample(REGISTER)], {"as-of": "2024-12-31"}, "There is no field “as-of”"),
        ([sample(REGISTER)], {"owners": "owners.csv"}, "owners is to be a file"),
        ([sample(REGISTER), sample("owners.csv", "as_of")], {}, "as_of is to be a text"),
    ],
)
def test_fields_that_are_wrong(files: list[object], data: dict[str, str], words: str, client: httpx.Client) -> None:
    answer = client.post("/api/check", files=files, data=data)
    assert answer.status_code in (415, 422)
    assert words in answer.json()["detail"]


def test_options_that_are_wrong(client: httpx.Client) -> None:
    answer = client.post("/api/annotate", files=[sample(REGISTER)], data={"no_corrections": "perhaps"})
    assert "no_corrections cannot be “perhaps”" in answer.json()["detail"]


def test_more_than_may_be_sent(client: httpx.Client, monkeypatch: pytest.MonkeyPatch, services: Services) -> None:
    held = services.budget.held
    monkeypatch.setattr(uploads, "MAX_UPLOAD_BYTES", 2 * 1024**2)
    large = [sent(bytes(3 * 1024**2))]
    answer = client.post("/api/check", files=large)
    assert answer.status_code == 413
    assert "larger than 2 MB" in answer.json()["detail"]
    request = client.build_request("POST", "/api/check", files=large)
    body = request.read()
    headers = {"content-type": request.headers["content-type"]}

    def chunks():  # without a length that could be looked at first
        yield from (body[at : at + 100_000] for at in range(0, len(body), 100_000))

    answer = client.post("/api/check", content=chunks(), headers=headers)
    assert answer.status_code == 413
    monkeypatch.setattr(uploads, "MAX_UPLOAD_FILES", 2)
    answer = client.post("/api/check", files=[sample(REGISTER), *[sample(MAP, "other")] * 2])
    assert answer.status_code == 413
    assert "More than 2 files" in answer.json()["detail"]
    assert services.budget.held == held


def test_no_room_for_more(client: httpx.Client, monkeypatch: pytest.MonkeyPatch, services: Services) -> None:
    monkeypatch.setattr(services.budget, "_most", services.budget.held + 1000)
    answer = client.post("/api/check", files=[sample(REGISTER)])
    assert answer.status_code == 503
    assert "as many files as it may" in answer.json()["detail"]
    assert answer.headers["retry-after"]


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"x", "multipart/form-data"),
        (b"x", "multipart/form-data; boundary=y"),
        (b"--y\r\n\r\n\r\n--y--", "multipart/form-data; boundary=y"),
        (CUT_SHORT, "multipart/form-data; boundary=y"),
        (b"{}", "application/json"),
        (b"", ""),
    ],
)  # fmt: skip
def test_what_is_no_form(content: bytes, kind: str, client: httpx.Client) -> None:
    answer = client.post("/api/check", content=content, headers={"content-type": kind})
    assert answer.status_code in (400, 415, 422), answer.text
    assert answer.json()["detail"].endswith(".")


def test_names_are_only_shown(client: httpx.Client) -> None:
    for name, shown in (("../../etc/register.xlsx", "register.xlsx"), ("C:\\temp\\Q3.xlsx", "Q3.xlsx"),
                        ("\u202exslx.exe", "xslx.exe"), ("  .. ", "workbook.xlsx")):  # fmt: skip
        answer = client.post("/api/inspect", files=[sent(sample(MAP)[1][1], name)])
        assert answer.json()["file"] == shown


def test_nothing_is_left_of_a_job(client: httpx.Client, services: Services) -> None:
    before = {path.name for path in services.folders.root.iterdir()}
    for content in (sample(REGISTER)[1][1], b"nothing"):
        client.post("/api/annotate", files=[sent(content)])
    assert {path.name for path in services.folders.root.iterdir()} == before


def test_health(client: httpx.Client) -> None:
    found = client.get("/healthz").json()
    assert found["status"] == "ok"
    assert found["waiting"] == 0


def test_the_description_names_every_field(client: httpx.Client) -> None:
    schema = client.get("/api/openapi.json").json()
    assert set(schema["paths"]) == {"/api/inspect", "/api/check", "/api/annotate", "/healthz"}
    page = client.get("/api").text
    form = schema["paths"]["/api/annotate"]["post"]["requestBody"]["content"]["multipart/form-data"]["schema"]
    assert form["required"] == ["file"]
    assert all(f"<code>{name}</code>" in page for name in form["properties"])
