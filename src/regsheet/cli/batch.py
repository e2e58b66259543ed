"""``regsheet batch``: a whole folder of registers in one command."""

from __future__ import annotations

import datetime as dt
import gc
import os
import sys
from contextlib import AbstractContextManager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from regsheet.cli.options import Day, config_option

if TYPE_CHECKING:
    from regsheet.batch.cluster import Cluster
    from regsheet.batch.crew import Pool
    from regsheet.batch.request import Request
    from regsheet.outcome.records import Run

FOUND, UNREADABLE, INTERRUPTED = 1, 2, 130


@click.command("batch")
@click.argument("folders", metavar="FOLDER...", nargs=-1, required=True)
@click.option("-o", "--output", type=click.Path(path_type=Path), required=True, metavar="FOLDER",
              help="Where everything is written.")  # fmt: skip
@click.option("--previous", type=click.Path(path_type=Path), metavar="FOLDER", help="Last quarter's workbooks.")
@click.option("--owners", type=click.Path(path_type=Path), metavar="FILE",
              help="The owners list, .csv or .xlsx.  [default: the one named in regsheet.toml]")  # fmt: skip
@click.option("--as-of", type=Day(), metavar="DATE", help="The day that counts as today.  [default: today]")
@config_option
@click.option("--ledger", type=click.Path(path_type=Path), metavar="FILE",
              help="What remembers the quarters.  [default: ledger.db beside the output folder]")  # fmt: skip
@click.option("--jobs", type=click.IntRange(1, 256), metavar="N",
              help="How many workbooks at a time.  [default: as many as there are processors]")  # fmt: skip
@click.option("--scheduler", metavar="tcp://…", help="Let a Dask cluster do the work.")
@click.option("--select", multiple=True, metavar="RULES", help="Run only these rules: codes or families, SC001,DT.")
@click.option("--ignore", multiple=True, metavar="RULES", help="Leave these rules out.")
@click.option("--no-corrections", is_flag=True, help="Annotate, but correct no cell.")
@click.option("--apply-suggestions", is_flag=True, help="Also make the corrections that are only suggested.")
@click.option("--force", is_flag=True, help="Replace annotated workbooks that somebody has changed.")
@click.option("--afresh", is_flag=True, help="Do everything again, also what an earlier run has finished.")
@click.option("--fail-on", type=click.Choice(["error", "warning", "note", "never"]), default="error",
              show_default=True, help="Exit with status 1 from this severity on.")  # fmt: skip
def command(folders: tuple[str, ...], output: Path, jobs: int | None, scheduler: str | None, fail_on: str,
            **choices: Any) -> None:  # fmt: skip
    """Check and annotate every workbook in FOLDER and the folders in it, and put the quarter together.

    FOLDER may also be a workbook or a pattern. Registers are joined to the assurance maps and to last quarter's
    registers that they belong to. A run that is stopped goes on where it was when it is started again.
    """
    from regsheet.cli.progress import watcher
    from regsheet.reports.screen import Screen, say

    jobs = jobs or _processors()
    watching = watcher()
    try:
        with _crew(jobs, scheduler) as crew:  # first of all: it imports what this process imports meanwhile
            from regsheet.batch.run import run_batch

            gc.freeze()  # what is imported is no rubbish, and need not be looked through for any
            result = run_batch(_request(folders, output, choices), crew, watching)
        from regsheet.batch.results import write_results
        from regsheet.cli.run_table import print_result

        say("Putting the quarter together …", err=True)
        written = write_results(result, output, side_by_side=jobs > 1 and scheduler is None)
    except KeyboardInterrupt:
        say("\nStopped. What is finished is whole; run the same command again to go on with the rest.", err=True)
        sys.exit(INTERRUPTED)
    finally:
        watching.end()
    print_result(Screen(), result, written)
    status = _status(result.run, fail_on)
    if status:
        sys.exit(status)


def _request(folders: tuple[str, ...], output: Path, choices: dict[str, Any]) -> Request:
    from regsheet.batch.request import Request
    from regsheet.cli.run import codes
    from regsheet.config import find_config, load_config
    from regsheet.pipeline import Options

    first = Path(folders[0])
    path = choices["config_path"] or find_config(first / "workbook" if first.is_dir() else first)
    options = Options(
        as_of=choices["as_of"] or dt.date.today(),
        configuration=load_config(path),
        owners=choices["owners"],
        select=codes(choices["select"]),
        ignore=codes(choices["ignore"]),
        correct=not choices["no_corrections"],
        suggestions=choices["apply_suggestions"],
    )
    ledger = choices["ledger"] or output.absolute().parent / "ledger.db"
    return Request(folders, output, ledger, options, choices["previous"], choices["force"], choices["afresh"])


def _crew(jobs: int, scheduler: str | None) -> AbstractContextManager[Pool] | AbstractContextManager[Cluster]:
    if scheduler is not None:
        from regsheet.batch.cluster import Cluster

        return Cluster(scheduler)
    from regsheet.batch.crew import Pool

    return Pool(jobs)


def _processors() -> int:
    """How many processors this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _status(run: Run, fail_on: str) -> int:
    """2 where a workbook could not be done, 1 where a finding is as bad as ``--fail-on`` or worse."""
    from regsheet.cli.run_table import severities
    from regsheet.rules.findings import Severity

    if any(outcome.stage == "failed" for outcome in run.outcomes):
        return UNREADABLE
    if fail_on == "never":
        return 0
    limit = Severity(fail_on).rank
    return FOUND if any(severity.rank <= limit for one in run.outcomes for severity in severities(one)) else 0
