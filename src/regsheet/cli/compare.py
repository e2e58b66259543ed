"""``regsheet compare``: what changed from one workbook, or one folder of them, to another."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from regsheet.cli.options import config_option

UNREADABLE = 2


@click.command("compare")
@click.argument("old", type=click.Path(path_type=Path))
@click.argument("new", type=click.Path(path_type=Path))
@click.option("-o", "--output", "--xlsx", "output", type=click.Path(path_type=Path), metavar="OUT.xlsx",
              help="Write what changed as a workbook, with the words marked that went and came.")  # fmt: skip
@click.option("--force", is_flag=True, help="Replace an existing file.")
@click.option("--format", "output_format", type=click.Choice(["text", "json"]), default="text", show_default=True,
              help="What to print.")  # fmt: skip
@click.option("--exit-status", is_flag=True, help="Exit with status 1 where anything changed.")
@config_option
def command(
    old: Path,
    new: Path,
    output: Path | None,
    force: bool,
    output_format: str,
    exit_status: bool,
    config_path: Path | None,
) -> None:
    """Say what changed from the workbook or folder OLD to NEW: risks, scores, owners, dates, words, assurance.

    The workbooks of two folders are compared in pairs, by name with the words for quarter and date left out, else by
    content. Format is no change: case, spaces, line wraps, bullets, the order of columns.
    """
    from regsheet.changes.output import output_place, write_comparisons
    from regsheet.changes.run import compare_paths
    from regsheet.cli.output import working
    from regsheet.reports.plain import say
    from regsheet.reports.screen import Screen

    target = None if output is None else output_place(output, old, new, force=force)
    compared = compare_paths(old, new, config_path, working)
    if target is not None:
        write_comparisons(compared, target)
    if output_format == "json":
        from regsheet.changes.json_report import comparisons_text

        say(comparisons_text(compared))
    else:
        from regsheet.changes.terminal import print_comparisons

        print_comparisons(Screen(), compared)
    if target is not None:
        say(f"Wrote {target}.", err=output_format == "json")
    unreadable = any(item.unreadable for item in compared.failed)
    status = UNREADABLE if unreadable else int(exit_status and not compared.is_empty)
    if status:
        sys.exit(status)
