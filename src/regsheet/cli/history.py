"""``regsheet history``: what the quarters in a ledger show together."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from pathlib import Path

import click

from regsheet.cli.options import Day


@click.command()
@click.argument("ledger", type=click.Path(path_type=Path))
@click.argument("folders", metavar="[FOLDER...]", nargs=-1, type=click.Path(path_type=Path))
@click.option("--as-of", type=Day(), metavar="DATE", help="Tell of the quarter of this day.  [default: the last one]")
@click.option("--service", "services", multiple=True, metavar="NAME", help="Only this service; may be repeated.")
@click.option("--rule", "rules", multiple=True, metavar="RULES", help="Only findings of these rules: SC001,DT.")
@click.option("--all", "everything", is_flag=True, help="Show every line of every list.")
@click.option("--format", "output_format", type=click.Choice(["text", "json", "csv"]), default="text",
              show_default=True, help="What to print.")  # fmt: skip
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write to this file.")
@click.option("--rebuild", is_flag=True, help="Make a lost LEDGER again from the annotated workbooks in each FOLDER.")
@click.option("--config", "config_path", type=click.Path(path_type=Path),
              help="With --rebuild: the configuration.  [default: regsheet.toml in each FOLDER or above]")  # fmt: skip
def command(
    ledger: Path,
    folders: Sequence[Path],
    as_of: dt.date | None,
    services: Sequence[str],
    rules: Sequence[str],
    everything: bool,
    output_format: str,
    output: Path | None,
    rebuild: bool,
    config_path: Path | None,
) -> None:
    """Show what changed over the quarters in a LEDGER: findings new, still there and settled; how long each risk has
    been in the top band; dates that slipped.
    """
    if rebuild != bool(folders):
        raise click.UsageError("--rebuild and the folders of annotated workbooks go together: give both or neither.")
    if rebuild:
        _rebuild(ledger, folders, config_path)
    else:
        _show(ledger, as_of, services, rules, everything, output_format, output)


def _show(
    path: Path,
    as_of: dt.date | None,
    services: Sequence[str],
    rules: Sequence[str],
    everything: bool,
    output_format: str,
    output: Path | None,
) -> None:
    from regsheet.cli.output import refuse_report
    from regsheet.ledger import Ledger
    from regsheet.ledger.printing import findings_csv, trends_json
    from regsheet.ledger.selecting import of_services, on_rules, recorded
    from regsheet.package import write_whole
    from regsheet.reports.screen import Screen, say

    refuse_report(output, (path,))
    with Ledger(path, make=False) as ledger:
        day = recorded(ledger.quarters(), as_of, path)
        trends = on_rules(
            of_services(ledger.trends(day), services), [code for rule in rules for code in rule.split(",")]
        )
    if output_format == "text":
        from regsheet.ledger.terminal import print_trends

        console = Screen() if output is None else Screen(record=True, file=io.StringIO())
        print_trends(console, trends, everything=everything)
        text = console.export_text() if output is not None else ""
    else:
        text = trends_json(trends) if output_format == "json" else findings_csv(trends)
    if output is not None:
        write_whole(output, text.encode("utf-8-sig" if output_format == "csv" else "utf-8", "replace"))
        say(f"Wrote {output}.")
    elif text:
        say(text, nl=False)


def _rebuild(path: Path, folders: Sequence[Path], config_path: Path | None) -> None:
    from regsheet.batch.rebuild import rebuild
    from regsheet.cli.progress import watcher
    from regsheet.reports.screen import say

    for remark in rebuild(path, folders, config_path, watcher=watcher()):
        say(remark)
    say(f"Wrote {path}.")
