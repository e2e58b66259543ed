"""Workbooks that strangers may send, made here and now, and the whole line over them."""

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.hostile.bounds import bounded

from regsheet.pipeline import Annotated, Options, annotate

AS_OF = dt.date(2024, 12, 31)
OPTIONS = Options(as_of=AS_OF)

Run = Callable[[bytes], str]


@pytest.fixture
def run_whole(tmp_path: Path) -> Run:
    """Annotates a file within bounds: ``annotated``, or the sentence of refusal. The input never changes."""
    source, target = tmp_path / "register.xlsx", tmp_path / "register.checked.xlsx"

    def run(data: bytes) -> str:
        source.write_bytes(data)
        target.unlink(missing_ok=True)
        said = bounded(lambda: annotate(source, options=OPTIONS) and "annotated")
        assert source.read_bytes() == data
        assert target.exists() == (said == "annotated")
        assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []
        return said

    return run


@pytest.fixture
def annotated(tmp_path: Path) -> Callable[[bytes], Annotated]:
    """Annotates a file here."""

    def run(data: bytes, name: str = "register.xlsx") -> Annotated:
        path = tmp_path / name
        path.write_bytes(data)
        return annotate(path, options=OPTIONS)

    return run
