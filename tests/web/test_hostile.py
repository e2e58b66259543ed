"""What strangers send: refused in a sentence or read, and the server goes on as if nothing had been."""

from __future__ import annotations

from collections.abc import Callable

import httpx
import pytest
from tests.hostile.test_packages import ENTITIES, PARTS, deflated
from tests.hostile.workbooks import SHEET, insert, pack, register_bytes, register_parts, rows_with
from tests.web.conftest import MAP, form_token, sample, sent

from regsheet.package.archive import Archive, Member, write_archive
from regsheet.package.archive_reader import read_archive


def entities() -> bytes:
    content = PARTS["xl/workbook.xml"]
    at = content.find(b"?>") + 2
    return pack({**PARTS, "xl/workbook.xml": content[:at] + ENTITIES + content[at:]})


def bomb() -> bytes:
    packed = deflated(300 * 1024**2)
    strings = b"xl/sharedStrings.xml"
    archive = read_archive(pack(register_parts()), "the register")
    others = [other for other in archive.members if other.name != strings.decode()]
    return write_archive(Archive((*others, Member(strings, memoryview(packed)[:200_000], 8, 0, 300 * 1024**2))))


def outside() -> bytes:
    return pack({**register_parts(), "xxxxxxxxxxxxxx": b"evil"}).replace(b"x" * 14, b"../../evil.xml")


def nested() -> bytes:
    nest = b"<extLst>" + b"<ext>" * 100_000 + b"</ext>" * 100_000 + b"</extLst>"
    return pack(insert(register_parts(), SHEET, b"<pageMargins", nest))


REFUSED: list[tuple[Callable[[], bytes], str]] = [
    (entities, "document type or entities"),
    (bomb, "far more than its size"),
    (outside, "unsafe name"),
    (nested, "nests its part"),
    (lambda: register_bytes()[:3000], "damaged"),
    (lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "password"),
]


@pytest.mark.parametrize(("build", "words"), REFUSED)
def test_refused_in_a_sentence(build: Callable[[], bytes], words: str, client: httpx.Client) -> None:
    for path in ("/api/check", "/api/annotate", "/api/inspect"):
        answer = client.post(path, files=[sent(build())])
        assert answer.status_code == 422, answer.text
        assert words in answer.json()["detail"]
        assert "sent-" not in answer.json()["detail"], "our own name for the file is shown"


def test_refused_on_the_page_file_by_file(client: httpx.Client) -> None:
    files = [sent(build(), f"file {number}.xlsx") for number, (build, _) in enumerate(REFUSED)]
    token = form_token(client.get("/").text)
    address = client.post("/checks", files=[*files, sample(MAP)], data={"form_token": token}).headers["location"]
    page = client.get(address + "?wait=1").text
    assert page.count("Problem:") == len(REFUSED)
    for _, words in REFUSED:
        assert words in page


TEXTS = ["=cmd|'/c calc'!A1", "+1+1", "@SUM(1)", "<b>bold</b>", "{{ 7 * 7 }}", "\u202egnp.exe", "x" * 32_000]


@pytest.mark.parametrize("text", TEXTS)
def test_texts_that_are_more_than_text_elsewhere(text: str, client: httpx.Client) -> None:
    register = register_bytes(rows_with({"Cause": text, "Risk Owner": f"Head of {text}"}))
    answer = client.post("/api/annotate", files=[sent(register)])
    assert answer.status_code == 200, answer.text
    token = form_token(client.get("/").text)
    address = client.post("/checks", files=[sent(register)], data={"form_token": token}).headers["location"]
    client.get(address + "?wait=1")
    client.post(f"{address}/start", data={"form_token": token, "as_of": "2024-12-31"})
    client.get(address + "?wait=1")
    for path in ("", "/findings", "/heatmap", "/reading"):
        answer = client.get(address + path)
        assert answer.status_code == 200
        assert "<b>bold" not in answer.text
        assert "\u202e" not in answer.text


@pytest.mark.parametrize(
    "config",
    [
        b"\xff\xfe",
        b"a = " + b"[" * 5000,
        b"[[mappings]]\nheadings = 3",
        b"x = " + b"9" * 9000,
        b"\0",
        b"=" * 99_000,
    ],
)
def test_configurations_that_are_none(config: bytes, client: httpx.Client) -> None:
    answer = client.post("/api/check", files=[sent(register_bytes()), sent(config, "regsheet.toml", "config")])
    assert answer.status_code == 422
    assert "regsheet.toml" in answer.json()["detail"]


@pytest.mark.parametrize("owners", [b"", b"\0" * 1000, b"name\nAnn\n", b"role" * 100_000, b"PK\x03\x04" + bytes(100)])
def test_owners_lists_that_are_none(owners: bytes, client: httpx.Client) -> None:
    answer = client.post("/api/check", files=[sent(register_bytes()), sent(owners, "owners.csv", "owners")])
    assert answer.status_code == 422, answer.text
    assert "owners.csv" in answer.json()["detail"]
