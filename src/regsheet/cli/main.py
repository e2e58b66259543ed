"""The ``regsheet`` command. Each command imports what it needs when it runs, so that help is quick."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

import click

from regsheet.cli.options import check_options, config_option, format_option, workbook_argument, workbooks_argument
from regsheet.errors import TOO_MUCH, RegsheetError

FOUND, UNREADABLE = 1, 2
"""Exit statuses: findings at or above ``--fail-on``; something could not be read or written."""

LATER: dict[str, str] = {
    "batch": "regsheet.cli.batch",
    "compare": "regsheet.cli.compare",
    "history": "regsheet.cli.history",
    "mail": "regsheet.cli.mail",
    "merge": "regsheet.cli.merge",
    "serve": "regsheet.cli.serve",
    "watch": "regsheet.cli.watch",
}
"""Commands with a module of their own, imported when they are called: command to module, which names it ``command``."""


class PlainErrors(click.Group):
    """A group whose commands answer every ``RegsheetError`` with its sentence and exit status 2."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Every command, by name."""
        return sorted({*super().list_commands(ctx), *LATER})

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """A command; one with a module of its own is imported now."""
        if cmd_name not in LATER:
            return super().get_command(ctx, cmd_name)
        command: click.Command = import_module(LATER[cmd_name]).command
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except RegsheetError as error:
            from regsheet.reports.plain import say

            say(f"regsheet: {error}", err=True)
        except (MemoryError, RecursionError):
            click.echo(f"regsheet: {TOO_MUCH}", err=True)
        return ctx.exit(UNREADABLE)


def print_version(ctx: click.Context, _parameter: click.Parameter, value: bool) -> None:
    """Print the version and stop."""
    if value:
        from regsheet.version import VERSION

        click.echo(f"regsheet {VERSION}")
        ctx.exit()


@click.group(cls=PlainErrors, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=print_version,
              help="Show the version and stop.")  # fmt: skip
def main() -> None:
    """Check a risk register and assurance map kept in Excel, and give the same workbook back, annotated."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):  # a Windows console may not know an arrow: print "?" rather than fail
            keep = stream.isatty() or os.environ.get("PYTHONIOENCODING")
            stream.reconfigure(errors="replace", **({} if keep else {"encoding": "utf-8"}))


@main.command()
@workbooks_argument
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Where to write; for one workbook only.")
@click.option(
    "--report",
    type=click.Path(path_type=Path),
    metavar="OUT.xlsx",
    help="Write only the new sheets, as a workbook of their own: for .xls, .ods, .csv and other files too.",
)
@click.option("--no-corrections", is_flag=True, help="Annotate, but correct no cell.")
@click.option("--apply-suggestions", is_flag=True, help="Also make the corrections that are only suggested.")
@click.option("--force", is_flag=True, help="Replace an output file that somebody has changed.")
@format_option
@check_options
def annotate(
    workbooks: Sequence[Path],
    output: Path | None,
    report: Path | None,
    no_corrections: bool,
    apply_suggestions: bool,
    force: bool,
    output_format: str,
    **choices: Any,
) -> None:
    """Write WORKBOOK.checked.xlsx beside each workbook: corrected, coloured, annotated. The input is never changed."""
    from regsheet.cli.run import run_annotate, run_report

    choices |= {"correct": not no_corrections, "suggestions": apply_suggestions}
    if report is not None and output is not None:
        raise RegsheetError("Give -o for the annotated workbook or --report for the findings alone, not both.")
    if report is not None:
        _leave(run_report(workbooks, report, output_format, force, choices))
    else:
        _leave(run_annotate(workbooks, output, output_format, force, choices))


@main.command()
@workbooks_argument
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Write the report to this file.")
@format_option
@check_options
def check(workbooks: Sequence[Path], output: Path | None, output_format: str, **choices: Any) -> None:
    """Report what is inconsistent, and write nothing else."""
    from regsheet.cli.run import run_check

    _leave(run_check(workbooks, output, output_format, choices))


@main.command()
@workbooks_argument
@click.option("--format", "output_format", type=click.Choice(["text", "json"]), default="text", show_default=True)
@config_option
@click.option("--save-mapping", is_flag=True, help="Write what each column means into regsheet.toml, where it can be "
              "corrected and holds for later quarters.")  # fmt: skip
def inspect(workbooks: Sequence[Path], output_format: str, config_path: Path | None, save_mapping: bool) -> None:
    """Show how each workbook was understood: its tables, and what each column means."""
    from regsheet.cli.inspect import run_inspect

    _leave(run_inspect(workbooks, output_format, config_path, save_mapping))


@main.command()
@workbook_argument
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Where to write the original.")
@click.option("--force", is_flag=True, help="Replace an existing file.")
def strip(workbook: Path, output: Path | None, force: bool) -> None:
    """Take regsheet's sheets, notes, colours and corrections off again, and give the original back."""
    from regsheet.cli.run import run_strip

    run_strip(workbook, output, force)


@main.command()
@workbook_argument
@click.option(
    "--trial",
    type=click.Path(path_type=Path),
    metavar="OUT.xlsx",
    help="Write a copy with a value, a fill, a note and two sheets added, to see that nothing is lost.",
)
@click.option("--force", is_flag=True, help="Replace an existing file.")
@click.option("--format", "output_format", type=click.Choice(["text", "json"]), default="text", show_default=True)
def doctor(workbook: Path, trial: Path | None, force: bool, output_format: str) -> None:
    """Say what a workbook holds that other tools lose, and whether it is kept. Any workbook will do."""
    from regsheet.cli.doctor import run_doctor

    run_doctor(workbook, trial, output_format, force)


@main.command()
def rules() -> None:
    """List every rule."""
    from regsheet.cli.run import run_rules_list

    run_rules_list()


@main.command()
@click.argument("rule")
def explain(rule: str) -> None:
    """Print the page of a RULE, named by its code (SC001) or its name (wrong-overall-rating)."""
    from regsheet.cli.explain import run_explain

    run_explain(rule)


@main.command()
@click.argument("kind", type=click.Choice(["register", "assurance-map", "owners", "config"]))
@click.option("-o", "--output", type=click.Path(path_type=Path), help="Where to write it.")
def template(kind: str, output: Path | None) -> None:
    """Write a blank register, assurance map, owners list or configuration."""
    from regsheet.cli.templates import write_template

    click.echo(f"Wrote {write_template(kind, output)}.")


def _leave(status: int) -> None:
    if status:
        sys.exit(status)
