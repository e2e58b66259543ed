"""Make the sample workbooks, lists and README of Fernleigh Borough Council, a council that does not exist.

    python samples/make_samples.py [FOLDER]

Everything comes from the TOML files in ``source/``: what the council says about its risks, and which faults are
planted. The same sources give the same bytes. Needs XlsxWriter. FOLDER defaults to the one this script is in.
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from source import content, map_workbook, readme, register_workbook, service_workbooks

HERE = Path(__file__).resolve().parent


def make(folder: Path) -> None:
    """Write every sample into ``folder``."""
    (folder / "correct").mkdir(parents=True, exist_ok=True)
    council = content.council()
    register_workbook.write(folder / "strategic-risk-register.xlsx", council, content.this_quarter())
    register_workbook.write(folder / "strategic-risk-register-2024-q3.xlsx", council, content.last_quarter())
    register_workbook.write(folder / "correct" / "strategic-risk-register.xlsx", council, content.correct())
    map_workbook.write(folder / "assurance-map.xlsx", council, content.assurance(spoilt=True))
    map_workbook.write(folder / "correct" / "assurance-map.xlsx", council, content.assurance(spoilt=False))
    service_workbooks.write_all(folder / "council", council)
    (folder / "README.md").write_text(readme.text(), encoding="utf-8", newline="\n")
    for name in ("owners.csv", "regsheet.toml", "council/owners.csv", "council/regsheet.toml"):
        if folder != HERE:
            shutil.copyfile(HERE / name, folder / name)


if __name__ == "__main__":
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
