"""What the doctor says: in plain words for the terminal, and as plain data."""

from __future__ import annotations

import json
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.table import Table as Grid
from rich.text import Text

from regsheet.doctor.diagnosis import Diagnosis, Holding
from regsheet.doctor.trial import Trial
from regsheet.doctor.wording import wording

MOST_SHEETS = 4
STYLES = {"kept": "green", "limited": "yellow", "broken": "bold red", "rebuilt": "dim"}


def print_diagnosis(console: Console, diagnosis: Diagnosis) -> None:
    """Each thing that the workbook holds, what becomes of it, and a sentence on it."""
    words = wording("features")
    said = words["said"]
    if not diagnosis.holdings:
        console.print(Text(said["nothing"].format(file=diagnosis.file)))
        return
    console.print(Text(said["holds"].format(file=diagnosis.file), style="bold"))
    grid = Grid(box=None, padding=(0, 1), show_header=False)
    grid.add_column(min_width=6, max_width=12)
    grid.add_column(max_width=34)
    grid.add_column(ratio=1)
    for holding in diagnosis.holdings:
        outcome = Text(words["outcomes"][holding.outcome], style=STYLES[holding.outcome])
        grid.add_row(outcome, Text(_what(holding)), Text(holding.sentence, style="dim"))
    console.print(grid)
    console.print(Text(said["attention" if diagnosis.announced else "all_kept"], style="bold"))


def print_broken(console: Console, diagnosis: Diagnosis) -> None:
    """A line for each thing that no longer holds."""
    for holding in diagnosis.holdings:
        if holding.outcome == "broken":
            console.print(Padding(Text(f"{holding.name}: {holding.sentence}"), (0, 0, 0, 2)))


def print_trial(console: Console, trial: Trial) -> None:
    """What a trial wrote."""
    console.print(Text(f"Wrote {trial.path}.", style="bold"))
    for sentence in trial.sentences:
        console.print(Text(sentence))


def doctor_text(diagnosis: Diagnosis, trial: Trial | None) -> str:
    """The same as JSON."""
    return json.dumps(doctor_object(diagnosis, trial), ensure_ascii=False, indent=2)


def doctor_object(diagnosis: Diagnosis, trial: Trial | None) -> dict[str, Any]:
    """The same as plain data; ``trial`` is null where none was made."""
    found: dict[str, Any] = {
        "file": diagnosis.file,
        "holds": [
            {
                "key": holding.key, "name": holding.name, "count": holding.count, "sheets": list(holding.sheets),
                "outcome": holding.outcome, "sentence": holding.sentence,
            }
            for holding in diagnosis.holdings
        ],
        "trial": None,
    }  # fmt: skip
    if trial is not None:
        found["trial"] = {
            "path": str(trial.path), "sheet": trial.sheet, "value": trial.value, "look": trial.look,
            "noted": trial.noted, "sheets": list(trial.sheets), "sentences": list(trial.sentences),
        }  # fmt: skip
    return found


def _what(holding: Holding) -> str:
    """``Charts: 3, on Summary and Data``."""
    sheets = ", ".join(holding.sheets[:MOST_SHEETS])
    if len(holding.sheets) > MOST_SHEETS:
        sheets += f" and {len(holding.sheets) - MOST_SHEETS} more"
    return f"{holding.name}: {holding.count}" + (f", on {sheets}" if sheets else "")
