"""A lost ledger is made again from the annotated workbooks of its quarters."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner
from made_outcomes import Q3, Q4
from tests.conftest import MakeRegister

from regsheet.batch.crew import Pool
from regsheet.batch.rebuild import rebuild
from regsheet.batch.request import Request
from regsheet.batch.run import run_batch
from regsheet.cli.main import main
from regsheet.config import load_config
from regsheet.errors import BatchError
from regsheet.ledger import Ledger
from regsheet.outcome.trends import Trends
from regsheet.pipeline import Options, annotate

COUNCIL = Path(__file__).resolve().parents[2] / "samples" / "council"
QUARTERS = {"2024-Q3": Q3, "2024-Q4": Q4}


def trends_of(path: Path) -> Trends:
    with Ledger(path, make=False) as ledger:
        return ledger.trends(Q4)


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The output folder of both quarters of the sample council, without what leaves no copy; the ledger beside it."""
    place = tmp_path_factory.mktemp("council")
    with Pool(1) as crew:
        previous = None
        for name, day in QUARTERS.items():
            registers = place / "registers" / name
            for folder in ("Corporate", "Communities"):
                shutil.copytree(COUNCIL / name / folder, registers / folder)
            options = Options(as_of=day, configuration=load_config(COUNCIL / "regsheet.toml"))
            run_batch(Request((str(registers),), place / name, place / "ledger.db", options, previous), crew)
            previous = registers
    return place


def test_it_tells_what_the_lost_one_told(recorded: Path, tmp_path: Path) -> None:
    path = tmp_path / "again.db"
    folders = [recorded / name for name in reversed(QUARTERS)]
    said = rebuild(path, folders, COUNCIL / "regsheet.toml")
    assert trends_of(path) == trends_of(recorded / "ledger.db")
    assert said[0].endswith("3 workbooks as of 30 September 2024.")
    assert not any("another configuration" in sentence for sentence in said)


def test_another_configuration_is_told_of(recorded: Path, tmp_path: Path) -> None:
    said = rebuild(tmp_path / "again.db", [recorded / "2024-Q3"])
    assert any("checked with another configuration" in sentence for sentence in said)


def test_a_ledger_that_is_there_is_never_replaced(tmp_path: Path) -> None:
    path = tmp_path / "ledger.db"
    path.write_bytes(b"mine")
    with pytest.raises(BatchError, match="is there already; move it away"):
        rebuild(path, [tmp_path])
    assert path.read_bytes() == b"mine"


def test_folders_that_hold_no_quarter_are_refused(tmp_path: Path, make_register: MakeRegister) -> None:
    register = make_register()
    for folder, says in ((tmp_path, "holds no annotated workbook"), (tmp_path / "none", "is no folder")):
        with pytest.raises(BatchError, match=says):
            rebuild(tmp_path / "ledger.db", [folder])
    for day in (Q3, Q4):
        (tmp_path / "both" / str(day)).mkdir(parents=True)
        annotate(register, tmp_path / "both" / str(day) / "register.checked.xlsx", Options(as_of=day))
    with pytest.raises(BatchError, match="of several quarters"):
        rebuild(tmp_path / "ledger.db", [tmp_path / "both"])
    same = [tmp_path / "both" / str(Q4), tmp_path / "both" / str(dt.date(2024, 12, 31))]
    with pytest.raises(BatchError, match="are of the same quarter"):
        rebuild(tmp_path / "ledger.db", same)
    assert not (tmp_path / "ledger.db").exists()


def test_the_command(recorded: Path, tmp_path: Path) -> None:
    path = tmp_path / "again.db"
    arguments = [
        "history",
        str(path),
        "--rebuild",
        str(recorded / "2024-Q4"),
        "--config",
        str(COUNCIL / "regsheet.toml"),
    ]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 0 and f"Wrote {path}." in result.output.replace("\n", "")
    with Ledger(path, make=False) as ledger:
        assert ledger.quarters() == (Q4,)
