"""``regsheet merge``: the copies that heads of service sent back, merged into the workbook that they were sent."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from regsheet.cli.options import Day, config_option
from regsheet.errors import RegsheetError

CONFLICTS, UNREADABLE = 1, 2


@click.command(name="merge")
@click.argument("sent", type=click.Path(path_type=Path))
@click.argument("returned", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("-o", "--output", type=click.Path(path_type=Path),
              help="Where to write.  [default: NAME.merged.xlsx beside SENT]")  # fmt: skip
@click.option("--dry-run", is_flag=True, help="Show what would be merged and what not, and write nothing.")
@click.option("--from", "told", multiple=True, metavar="FILE=NAME",
              help="Who returned a copy, by role, name or alias; may be given for each copy.")  # fmt: skip
@click.option("--owners", type=click.Path(path_type=Path), metavar="FILE",
              help="The owners list, .csv or .xlsx.  [default: the one named in regsheet.toml]")  # fmt: skip
@click.option("--previous", type=click.Path(path_type=Path), metavar="WORKBOOK",
              help="Last quarter's workbook, for checking the result.")  # fmt: skip
@click.option("--as-of", type=Day(), metavar="DATE", help="The day that counts as today.  [default: today]")
@config_option
@click.option("--force", is_flag=True, help="Replace an output file that somebody has changed.")
@click.option("--format", "output_format", type=click.Choice(["text", "json"]), default="text", show_default=True)
def command(
    sent: Path, returned: Sequence[Path], output: Path | None, dry_run: bool, told: Sequence[str],
    owners: Path | None, previous: Path | None, as_of: dt.date | None, config_path: Path | None, force: bool,
    output_format: str,
) -> None:  # fmt: skip
    """Merge RETURNED copies of SENT, the annotated workbook that was sent out, risk by risk and cell by cell.

    Edits that do not collide go into the original workbook, which is checked and annotated afresh. Whatever else was
    typed, and why it was not merged, is on the sheet Conflicts. Exit status: 0 all merged, 1 conflicts are left, 2 a
    copy could not be read.
    """
    from regsheet.cli.output import working
    from regsheet.config import find_config, load_config
    from regsheet.merge import merge_copies
    from regsheet.merge.telling import merged_object, print_merged
    from regsheet.pipeline import Options
    from regsheet.reports.json_report import as_text
    from regsheet.reports.screen import Screen, say

    options = Options(
        as_of=as_of or dt.date.today(), configuration=load_config(config_path or find_config(sent)), owners=owners,
        previous=previous,
    )  # fmt: skip
    with working(sent.name):
        done = merge_copies(sent, returned, output, options, told=_told(told, returned), dry_run=dry_run, force=force)
    if output_format == "json":
        say(as_text([merged_object(done)]))
    else:
        print_merged(Screen(), done)
    if any(copy.state == "not read" for copy in done.new.copies):
        sys.exit(UNREADABLE)
    if done.merge.conflicts:
        sys.exit(CONFLICTS)


def _told(pairs: Sequence[str], returned: Sequence[Path]) -> dict[str, str]:
    """``FILE=NAME`` by file. Raises ``RegsheetError`` where a pair is none, or names no copy that was given."""
    names = {name for path in returned for name in (path.name, str(path), f"{path.parent.name}/{path.name}")}
    found: dict[str, str] = {}
    for pair in pairs:
        file, equals, name = pair.rpartition("=")
        if not equals or not file or not name.strip():
            raise RegsheetError(
                f'--from {pair} is not of the form FILE=NAME, such as --from copy.xlsx="Head of Housing".'
            )
        if file not in names:
            raise RegsheetError(f"--from {pair} names no copy that was given; write the file as it stands on the line.")
        found[file] = name.strip()
    return found
