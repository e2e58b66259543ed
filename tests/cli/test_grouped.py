"""What many risks share is one sentence in the terminal; the other formats list every finding."""

from __future__ import annotations

import datetime as dt
import io
import json
from collections.abc import Callable
from pathlib import Path

from rich.console import Console

from regsheet.pipeline import Options, examine
from regsheet.reports.json_report import report_object
from regsheet.reports.terminal import print_report

MakeRegister = Callable[..., Path]

AS_OF = dt.date(2024, 12, 31)


def shown(console_width: int, path: Path) -> str:
    out = io.StringIO()
    report = examine(str(path), Options(as_of=AS_OF))
    print_report(Console(file=out, width=console_width), report)
    return out.getvalue()


def test_forty_blank_owners_are_one_sentence(make_register: MakeRegister) -> None:
    path = make_register({(number, "Risk Owner"): None for number in range(1, 41)}, rows=41)
    text = " ".join(shown(120, path).split())
    assert "Found on many risks" in text
    assert text.count("No owner is named.") == 1
    assert "40 risks: No owner is named. Name the post that answers for it. R1 N2, R2 N3," in text
    assert "R40 N41" in text and "40 errors" in text


def test_five_blank_owners_stay_with_their_risks(make_register: MakeRegister) -> None:
    path = make_register({(number, "Risk Owner"): None for number in range(1, 6)}, rows=6)
    text = shown(120, path)
    assert "Found on many risks" not in text
    assert text.count("no owner is named.") == 5


def test_json_lists_every_finding(make_register: MakeRegister) -> None:
    path = make_register({(number, "Risk Owner"): None for number in range(1, 41)}, rows=41)
    found = json.loads(json.dumps(report_object("register.xlsx", examine(path, Options(as_of=AS_OF)))))["findings"]
    assert len([finding for finding in found if finding["code"] == "OW001"]) == 40
