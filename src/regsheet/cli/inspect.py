"""What ``regsheet inspect`` does: show how workbooks are understood, and save it for later quarters when asked to."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from regsheet.cli.output import each
from regsheet.config import FILE_NAME, find_config, load_config
from regsheet.errors import LayoutError
from regsheet.layout import Layout, mappings_of
from regsheet.pipeline import inspect
from regsheet.reports.screen import Screen, say


def run_inspect(workbooks: Sequence[Path], output_format: str, config: Path | None, save: bool) -> int:
    """Show how workbooks were understood; with ``save``, also settle it in the configuration."""
    from regsheet.reports.json_report import as_text, layout_object
    from regsheet.reports.terminal import print_layout

    layouts: list[dict[str, Any]] = []

    def work(workbook: Path) -> None:
        layout = _inspect(workbook, config, save)
        if output_format == "json":
            layouts.append(layout_object(str(workbook), layout))
        else:
            print_layout(Screen(), str(workbook), layout)
        if save:
            say(_save(workbook, layout, config), err=output_format == "json")

    status = each(workbooks, work)
    if layouts:
        say(as_text(layouts))
    return status


def _inspect(workbook: Path, config: Path | None, save: bool) -> Layout:
    """How a workbook is understood. A configuration that is named to save into need not be there yet."""
    named = None if save and config is not None and not config.exists() else config or find_config(workbook)
    return inspect(workbook, load_config(named).config)


def _save(workbook: Path, layout: Layout, config: Path | None) -> str:
    """Save how the columns were understood; gives what was done, in a sentence or two."""
    from regsheet.config_file import save_mappings

    mappings = mappings_of(layout)
    if not mappings:
        raise LayoutError(f"No table whose columns could be saved was found in “{workbook.name}”.")
    path = config or find_config(workbook) or workbook.parent / FILE_NAME
    saved = save_mappings(path, mappings)
    columns = sum(len(mapping.headings) for mapping in mappings)
    return (
        f"Saved to {saved.path}: what {columns} columns mean. Correct a field there where it is wrong, or write "
        '"none" to leave a column alone; it holds for every workbook with these headings.'
    )
