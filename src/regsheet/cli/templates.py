"""Blank workbooks and files to start from."""

from __future__ import annotations

from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from regsheet.errors import OutputError
from regsheet.package import is_folder, write_whole

FILES = {
    "register": "register.xlsx",
    "assurance-map": "assurance-map.xlsx",
    "owners": "owners.csv",
    "config": "regsheet.toml",
}


def template_folder() -> Traversable:
    """The folder of templates: inside the installed package, or in a checkout beside ``src``."""
    installed = files("regsheet").joinpath("workbook_templates")
    return installed if installed.is_dir() else Path(__file__).resolve().parents[3] / "workbook_templates"


def write_template(kind: str, output: Path | None) -> Path:
    """Write a template, by default under its own name in this folder. Raises ``OutputError`` if a file is there."""
    target = output or Path(FILES[kind])
    if is_folder(target):
        target = target / FILES[kind]
    if target.exists():
        raise OutputError(f"{target} exists already and was left as it is; give another name with -o.")
    write_whole(target, template_folder().joinpath(FILES[kind]).read_bytes())
    return target
