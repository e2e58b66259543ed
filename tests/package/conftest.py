"""Workbooks to test the package with, built part by part."""

import io
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager

import pytest

from regsheet.errors import RegsheetError
from regsheet.package.namespaces import STRICT, TRANSITIONAL, Namespaces
from regsheet.package.refusals import sentences

DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
MAIN_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"


def workbook_parts(dialect: Namespaces = TRANSITIONAL, folder: str = "xl", prefix: str = "") -> dict[str, bytes]:
    """The parts of a workbook with one empty sheet; ``prefix`` is put before every element."""
    p, declared = (f"{prefix}:", f":{prefix}") if prefix else ("", "")
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    office = dialect.relationship_type("officeDocument")
    sheet = dialect.relationship_type("worksheet")
    texts = {
        "[Content_Types].xml": f'<{p}Types xmlns{declared}="{types}">'
        f'<{p}Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<{p}Default Extension="xml" ContentType="application/xml"/>'
        f'<{p}Override PartName="/{folder}/workbook.xml" ContentType="{MAIN_TYPE}"/>'
        f'<{p}Override PartName="/{folder}/worksheets/sheet1.xml" ContentType="{SHEET_TYPE}"/></{p}Types>',
        "_rels/.rels": f'<{p}Relationships xmlns{declared}="{relations}">'
        f'<{p}Relationship Id="rId1" Type="{office}" Target="{folder}/workbook.xml"/></{p}Relationships>',
        f"{folder}/workbook.xml": f'<{p}workbook xmlns{declared}="{dialect.spreadsheet}" '
        f'xmlns:r="{dialect.document_relationships}"><{p}sheets><{p}sheet name="A" sheetId="1" r:id="rId1"/>'
        f"</{p}sheets></{p}workbook>",
        f"{folder}/_rels/workbook.xml.rels": f'<{p}Relationships xmlns{declared}="{relations}">'
        f'<{p}Relationship Id="rId1" Type="{sheet}" Target="worksheets/sheet1.xml"/></{p}Relationships>',
        f"{folder}/worksheets/sheet1.xml": f'<{p}worksheet xmlns{declared}="{dialect.spreadsheet}">'
        f"<{p}sheetData/></{p}worksheet>",
    }
    return {name: (DECLARATION + text).encode() for name, text in texts.items()}


def zip_of(parts: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """The parts as a zip, in order."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", method) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return stream.getvalue()


def contents_of(data: bytes) -> dict[str, bytes]:
    """Every member of a zip, read by Python's own zipfile."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="session")
def make_parts() -> Callable[..., dict[str, bytes]]:
    return workbook_parts


@pytest.fixture(scope="session")
def make_zip() -> Callable[..., bytes]:
    return zip_of


@pytest.fixture(scope="session")
def contents() -> Callable[[bytes], dict[str, bytes]]:
    return contents_of


@pytest.fixture(params=[TRANSITIONAL, STRICT], ids=["transitional", "strict"])
def dialect(request: pytest.FixtureRequest) -> Namespaces:
    return request.param


@contextmanager
def _refused(key: str) -> Iterator[None]:
    with pytest.raises(RegsheetError) as caught:
        yield
    expected = re.sub(r"\\\{\w+\\\}", ".*", re.escape(sentences()[key]))
    assert re.fullmatch(expected, str(caught.value), re.DOTALL), f"{key} expected, but: {caught.value}"
    assert "\n" not in str(caught.value)


@pytest.fixture(scope="session")
def refused() -> Callable[[str], AbstractContextManager[None]]:
    """``with refused("html"): ...`` - the sentence of that key, and no other, is raised."""
    sentences()  # read before a test lets no file be opened
    return _refused
