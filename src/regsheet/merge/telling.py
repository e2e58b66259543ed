"""A merge in words for the terminal, and as plain data."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from regsheet.merge.merging import Merged
from regsheet.reports.terminal import print_annotated
from regsheet.reports.wording import counted, counts_sentence, plain_value, shown
from regsheet.values.text import one_line
from regsheet.writer.merged import Conflict, MergedEdit, ReturnedCopy, Version
from regsheet.writer.sheets.conflicts import absent_words

LONGEST = 70


def print_merged(console: Console, done: Merged) -> None:
    """The copies, what is merged from each, what is left to decide; and where the result was written."""
    merge, new = done.merge, done.new
    for copy in new.copies:
        console.print(Text(copy.name, style="bold"), Text(_copy_words(copy)), soft_wrap=True)
        for edit in (each for each in new.edits if each.copies[0] == copy.name):
            console.print(Padding(Text(_edit_words(edit)), (0, 0, 0, 4)))
    if merge.conflicts:
        console.print()
        console.print(Text(f"Not merged: {counted(len(merge.conflicts), 'conflict')}", style="bold"))
        brought = set(new.conflicts)
        for number, conflict in enumerate(merge.conflicts, 1):
            before = "" if conflict in brought else " (undecided since an earlier merge)"
            console.print(Padding(Text(f"{number}. {_conflict_words(conflict)}{before}"), (0, 0, 0, 2)))
            for version in conflict.versions:
                console.print(Padding(Text(_version_words(conflict, version)), (0, 0, 0, 6)))
    for remark in merge.remarks:
        console.print(Padding(Text(remark, style="yellow"), (0, 0, 0, 2)))
    console.print()
    if done.annotated is not None:
        print_annotated(console, done.annotated)
        return
    console.print(Text("Nothing was written.", style="bold"))
    left = [finding for finding in done.report.settled.findings if finding.status not in {"correctable", "corrected"}]
    console.print(f"  Merged and annotated there would be {counts_sentence(left)} to look at.")


def _copy_words(copy: ReturnedCopy) -> str:
    who = f"returned by {copy.who} ({copy.known_by})" if copy.who else "returned by somebody not known"
    if copy.state == "not read":
        return "could not be read"
    if copy.state == "unchanged" and not copy.looks:
        return f"{who}: unchanged"
    parts = [counted(copy.edits, "edit") + " merged", f"{counted(copy.conflicts, 'thing')} not merged"]
    parts += [counted(copy.responses, "answer")] if copy.responses else []
    parts += [f"{counted(copy.looks, 'cell')} only looking otherwise"] if copy.looks else []
    return f"{who}: {', '.join(parts)}"


def _edit_words(edit: MergedEdit) -> str:
    also = f" (also in {', '.join(edit.copies[1:])})" if len(edit.copies) > 1 else ""
    place = " ".join(word for word in (edit.ref, f"{edit.sheet}!{edit.cell}", edit.field) if word)
    return f"{place}: {_short(edit.before)} → {_short(edit.after)}{also}"


def _conflict_words(conflict: Conflict) -> str:
    place = f"{conflict.sheet}!{conflict.cell}" if conflict.cell else conflict.sheet
    words = " ".join(word for word in (conflict.ref, place, conflict.field) if word)
    return f"{words}: {conflict.why}" if words else conflict.why


def _version_words(conflict: Conflict, version: Version) -> str:
    value = _short(version.value) if version.formula is None else f"={version.formula}"
    if version.formula is None and version.value is None:
        value = absent_words(conflict.kind, before=False)
    who = f" ({version.who})" if version.who else ""
    return f"{version.copy}{who}: {value}" if value else f"{version.copy}{who}"


def _short(value: Any) -> str:
    text = one_line(shown(value))
    return "(blank)" if not text else text if len(text) <= LONGEST else text[: LONGEST - 1].rstrip() + "…"


def merged_object(done: Merged) -> dict[str, Any]:
    """A merge as plain data: dates in ISO form, formulas with ``=``. ``earlier`` is what was merged before."""
    merge, new = done.merge, done.new
    copies, edits, conflicts = set(new.copies), set(new.edits), set(new.conflicts)
    return {
        "written": None if done.annotated is None else str(done.annotated.path),
        "copies": [
            {"copy": copy.name, "who": copy.who or None, "known_by": copy.known_by or None, "state": copy.state,
             "edits": copy.edits, "conflicts": copy.conflicts, "answers": copy.responses, "look_only": copy.looks,
             "earlier": copy not in copies}
            for copy in merge.copies
        ],
        "edits": [
            {**_place(edit), "before": plain_value(edit.before), "after": plain_value(edit.after),
             "copies": list(edit.copies), "who": list(edit.who), "earlier": edit not in edits}
            for edit in merge.edits
        ],
        "conflicts": [
            {"kind": conflict.kind, **_place(conflict), "before": plain_value(conflict.before), "why": conflict.why,
             "versions": [_version(version) for version in conflict.versions], "earlier": conflict not in conflicts}
            for conflict in merge.conflicts
        ],
        "remarks": list(merge.remarks),
    }  # fmt: skip


def _place(item: MergedEdit | Conflict) -> dict[str, Any]:
    return {name: getattr(item, name) or None for name in ("sheet", "cell", "ref", "title", "owner", "field")}


def _version(version: Version) -> dict[str, Any]:
    value = plain_value(version.value) if version.formula is None else f"={version.formula}"
    return {"copy": version.copy, "who": version.who or None, "value": value}
