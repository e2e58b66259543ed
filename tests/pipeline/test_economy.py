"""What annotating does no more often than it must: counted, not timed, so that no busy computer makes it fail."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

import regsheet
from regsheet.grid import reader
from regsheet.package import archive, package
from regsheet.pipeline import Options, examine
from regsheet.rules import runner
from regsheet.writer import sheet_text

REGISTER = Path(__file__).resolve().parents[2] / "samples" / "strategic-risk-register.xlsx"
NOT_NEEDED = ("pandas", "numpy", "pyarrow", "openpyxl", "python_calamine", "jinja2")


def test_the_rows_of_no_sheet_are_parsed_and_nothing_is_packed_twice(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parsed: list[bytes] = []
    packed: Counter[bytes] = Counter()
    parse, deflate = package.parse, archive.deflate

    def counted_parse(content, file, part):
        if b"<sheetData" in content:
            parsed.append(content)
        return parse(content, file, part)

    def counted_deflate(pieces):
        content = b"".join(pieces)
        packed[content] += 1
        return deflate([content])

    for module in (package, reader, sheet_text):
        monkeypatch.setattr(module, "parse", counted_parse)
    monkeypatch.setattr(archive, "deflate", counted_deflate)
    regsheet.annotate(REGISTER, tmp_path / "out.xlsx")
    assert parsed
    assert not [content for content in parsed if b"<row" in content]
    assert sum(b"<sheetData" in content for content in packed) >= 5
    assert max(packed.values()) == 1


def test_each_rule_runs_once_where_nothing_is_corrected(monkeypatch: pytest.MonkeyPatch) -> None:
    ran: Counter[str] = Counter()
    run_rule = runner.run_rule

    def counted_rule(rule, *others):
        ran[rule.code] += 1
        return run_rule(rule, *others)

    monkeypatch.setattr(runner, "run_rule", counted_rule)
    examine(REGISTER, Options(correct=False))
    assert len(ran) > 50
    assert max(ran.values()) == 1


@pytest.mark.parametrize(
    "code",
    [
        f"import regsheet; regsheet.annotate({str(REGISTER)!r}, 'out.xlsx')",
        "from regsheet.cli.main import main; main(['explain', 'SC001'], standalone_mode=False)",
        "from regsheet.cli.main import main; main(['--help'], standalone_mode=False)",
    ],
    ids=["annotate", "explain", "help"],
)
def test_what_dataframes_and_other_formats_need_is_not_loaded(code: str, tmp_path: Path) -> None:
    asked = f"{code}\nimport sys\nprint('loaded', [name for name in {NOT_NEEDED!r} if name in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", asked], cwd=tmp_path, check=True, capture_output=True, text=True, timeout=120
    )
    assert done.stdout.rstrip().endswith("loaded []")
