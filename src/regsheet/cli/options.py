"""Options that several commands share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

Decorator = Callable[[Callable[..., Any]], Callable[..., Any]]


class Day(click.ParamType[dt.date]):
    """A date as 2024-12-31 or 31/12/2024."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:
        """Parse, or say which forms are understood."""
        if isinstance(value, dt.date):
            return value
        for form in ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y"):
            try:
                return dt.datetime.strptime(value, form).date()
            except ValueError:
                continue
        return self.fail(f"{value!r} is not a date; write it as 2024-12-31 or 31/12/2024", param, ctx)


workbook_argument: Decorator = click.argument("workbook", type=click.Path(path_type=Path))
workbooks_argument: Decorator = click.argument(
    "workbooks", metavar="WORKBOOK...", nargs=-1, required=True, type=click.Path(path_type=Path)
)
format_option: Decorator = click.option(
    "--format", "output_format", type=click.Choice(["text", "json", "csv", "html"]), default="text", show_default=True,
    help="What to print.",
)  # fmt: skip
config_option: Decorator = click.option(
    "--config", "config_path", type=click.Path(path_type=Path), help="The configuration to use.  "
    "[default: regsheet.toml beside the workbook or above it]",
)  # fmt: skip

_CHECK_OPTIONS = (
    click.option("--as-of", type=Day(), metavar="DATE", help="The day that counts as today.  [default: today]"),
    config_option,
    click.option("--previous", type=click.Path(path_type=Path), metavar="WORKBOOK",
                 help="Last quarter's workbook, for direction of travel and what else needs it."),
    click.option("--owners", type=click.Path(path_type=Path), metavar="FILE",
                 help="The owners list, .csv or .xlsx.  [default: the one named in regsheet.toml]"),
    click.option("--select", multiple=True, metavar="RULES", help="Run only these rules: codes or families, SC001,DT."),
    click.option("--ignore", multiple=True, metavar="RULES", help="Leave these rules out."),
    click.option("--fail-on", type=click.Choice(["error", "warning", "note", "never"]), default="error",
                 show_default=True, help="Exit with status 1 from this severity on."),
)  # fmt: skip


def check_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of every command that runs the rules."""
    for option in reversed(_CHECK_OPTIONS):
        command = option(command)
    return command
