"""``regsheet watch``: a shared folder in which registers are put, and another from which they are fetched."""

from __future__ import annotations

import datetime as dt
import json
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from regsheet.cli.options import Day, config_option

if TYPE_CHECKING:
    from regsheet.pipeline import Options
    from regsheet.watch.events import Alarm


@click.command("watch")
@click.argument("inbox", type=click.Path(path_type=Path))
@click.argument("outbox", type=click.Path(path_type=Path))
@click.option("--poll", is_flag=True, help="Look every few seconds rather than wait to be told of changes: "
              "for network shares.")  # fmt: skip
@click.option("--settle", type=click.FloatRange(0, 3600), default=5.0, show_default=True, metavar="SECONDS",
              help="How long a file must be left alone before it is done.")  # fmt: skip
@click.option("--once", is_flag=True, help="Do what is there and end, as a scheduled task does.")
@click.option("--as-of", type=Day(), metavar="DATE", help="The day that counts as today.  [default: today]")
@config_option
@click.option("--previous", type=click.Path(path_type=Path, exists=True), metavar="FOLDER",
              help="Last quarter's workbooks.")  # fmt: skip
@click.option("--owners", type=click.Path(path_type=Path), metavar="FILE",
              help="The owners list, .csv or .xlsx.  [default: the one named in regsheet.toml]")  # fmt: skip
@click.option("--select", multiple=True, metavar="RULES", help="Run only these rules: codes or families, SC001,DT.")
@click.option("--ignore", multiple=True, metavar="RULES", help="Leave these rules out.")
@click.option("--no-corrections", is_flag=True, help="Annotate, but correct no cell.")
@click.option("--apply-suggestions", is_flag=True, help="Also make the corrections that are only suggested.")
@click.option("--afresh", is_flag=True, help="Do everything again, also what was done before.")
def command(inbox: Path, outbox: Path, poll: bool, settle: float, once: bool, afresh: bool, **choices: Any) -> None:
    """Annotate every workbook that is put into INBOX, and write the copy to OUTBOX with a page that sums it up.

    A file in the inbox is never changed. One that cannot be read is moved to the folder unread in OUTBOX, with the
    reason in a text beside it. Nothing that somebody changed is ever replaced.
    """
    from regsheet.watch.events import Alarm
    from regsheet.watch.places import alone, prepared
    from regsheet.watch.settings import Settings
    from regsheet.watch.watch import Watch

    inside, outside = prepared(inbox, outbox)
    settings = Settings(inside, outside, lambda workbook: _options(workbook, choices), _asked(choices),
                        choices["previous"] and choices["previous"].resolve(), settle, poll, afresh)  # fmt: skip
    alarm = Alarm()
    _stop_with_signals(alarm)
    with alone(outside):
        watch = Watch(settings, _log, alarm)
        status = watch.once() if once else watch.run()
    if status:
        sys.exit(status)


def _options(workbook: Path, choices: dict[str, Any]) -> Options:
    """The options for a file; last quarter's workbook is found for each file by itself."""
    from regsheet.cli.run import options_for

    owners = choices["owners"] and choices["owners"].resolve()
    return options_for(workbook, {
        **choices, "previous": None, "owners": owners, "correct": not choices["no_corrections"],
        "suggestions": choices["apply_suggestions"],
    })  # fmt: skip


def _asked(choices: dict[str, Any]) -> str:
    """What was asked for, as a text that is the same whenever the same is asked for."""
    return json.dumps({name: choices[name] for name in sorted(choices)}, default=str)


def _stop_with_signals(alarm: Alarm) -> None:
    """End cleanly after the file at hand on Ctrl-C or when a service is stopped; at once where it is said again."""

    def stop(_number: int, _frame: object) -> None:
        alarm.stop()

    for name in ("SIGINT", "SIGTERM", "SIGBREAK"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), stop)


def _log(line: str) -> None:
    """A line with the time; a file's name cannot make it two."""
    from regsheet.reports.plain import say

    say(f"{dt.datetime.now():%Y-%m-%d %H:%M:%S} {' '.join(line.split())}")
