"""Make the blank workbooks that a council can start from.

    python workbook_templates/make_templates.py [FOLDER]

The wording is in ``parts/wording.toml``; the same wording gives the same bytes. Needs XlsxWriter. FOLDER defaults to
the one this script is in. ``owners.csv`` and ``regsheet.toml`` are kept by hand.
"""

from __future__ import annotations

import sys
from pathlib import Path

from parts import map_template, register_template

HERE = Path(__file__).resolve().parent


def make(folder: Path) -> None:
    """Write the templates into ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    register_template.write(folder / "register.xlsx")
    map_template.write(folder / "assurance-map.xlsx")


if __name__ == "__main__":
    make(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
