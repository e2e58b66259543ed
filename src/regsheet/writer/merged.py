"""What a merge of returned copies hands to the new sheets: what was merged in, what was not, and from whom."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from regsheet.grid.cells import Value

CopyState = Literal["merged", "unchanged", "not read"]
Kind = Literal[
    "collision", "other owner", "formula", "row deleted", "row added", "column added", "column removed", "heading",
    "sheet added", "sheet removed", "sheet renamed", "outside", "check sheet", "covered", "refused", "note added",
    "note changed", "note removed", "text box", "response", "response removed", "not read",
]  # fmt: skip
"""Why something that a copy brings was not merged in; ``merge/wording.toml`` says each in a sentence."""


Beside = tuple[tuple[str, Value], ...]
"""Headings and values of the columns that people added to one of the two sheets, as one row has them."""


@dataclass(frozen=True, slots=True)
class Version:
    """What one copy says. ``who`` returned it, empty where that is not known; ``formula`` is without ``=``.

    ``beside`` is what somebody wrote beside it on the Conflicts sheet, by heading.
    """

    copy: str
    who: str
    value: Value
    formula: str | None = None
    beside: Beside = ()


@dataclass(frozen=True, slots=True)
class MergedEdit:
    """One cell that was changed in the original workbook: what it held as sent, what it holds now, from which copies.

    ``cell`` is its address in the sent workbook, which the merged one shares; ``field`` is what the column means, as on
    the Findings sheet, else its heading. ``beside`` is what somebody wrote beside it on the sheet of merged edits.
    """

    sheet: str
    cell: str
    ref: str
    title: str
    owner: str
    field: str
    before: Value
    after: Value
    copies: tuple[str, ...]
    who: tuple[str, ...]
    beside: Beside = ()


@dataclass(frozen=True, slots=True)
class Conflict:
    """Something that copies bring and that was not merged in, with every version of it.

    ``cell`` is in the sent workbook, None where the thing has no place there. ``why`` is a sentence. ``what`` is what
    somebody called it on the Conflicts sheet in place of our own word for its kind; mostly empty.
    """

    kind: Kind
    sheet: str
    cell: str | None
    before: Value
    versions: tuple[Version, ...]
    why: str
    ref: str = ""
    title: str = ""
    owner: str = ""
    field: str = ""
    what: str = ""


@dataclass(frozen=True, slots=True)
class ReturnedCopy:
    """One copy that came back. ``known_by`` says how it is known who returned it; both empty where it is not known.

    ``edits``, ``conflicts`` and ``responses`` count what of it was merged in, what was not, and the answers on its
    Findings sheet; ``looks`` counts cells that only look otherwise, which is passed over.
    """

    name: str
    who: str
    known_by: str
    state: CopyState
    edits: int = 0
    conflicts: int = 0
    responses: int = 0
    looks: int = 0


@dataclass(frozen=True, slots=True)
class Merge:
    """Finished merges. ``remarks`` are sentences on them as a whole.

    ``read_back``: read from the sheets of a merged workbook, so that its conflicts are those not decided since.
    """

    copies: tuple[ReturnedCopy, ...]
    edits: tuple[MergedEdit, ...]
    conflicts: tuple[Conflict, ...]
    remarks: tuple[str, ...] = ()
    read_back: bool = False
