"""Annotated copies that lie in a run's folder beside what they are copies of."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import PurePosixPath

from regsheet.batch.gather import original_name
from regsheet.batch.survey import Seen
from regsheet.changes.files import is_copy_name


def copies(seen: Sequence[Seen]) -> dict[int, str]:
    """The places of annotated copies whose originals are there too, each with a sentence why it is passed over.

    A copy is told by its name (``register.checked.xlsx`` beside ``register.xlsx``) or by the workbook that its mark
    says it is of. The original is what the team keeps and corrects, so it counts. A copy that came back without its
    original is a register like any other: what people changed and answered in it counts.
    """
    by_name = {one.file.casefold(): one for one in seen}
    by_content = {one.sha256: one for one in seen if not one.is_copy}
    found: dict[int, str] = {}
    for place, one in enumerate(seen):
        original = by_content.get(one.source_sha256) if one.is_copy else None
        if is_copy_name(one.file):
            original = original or by_name.get(original_name(one.file).casefold())
        if original is not None and original is not one:
            found[place] = _why(one, original)
    return found


def _why(one: Seen, original: Seen) -> str:
    why = f"It is an annotated copy of “{PurePosixPath(original.file).name}”, which is there too."
    if one.answered:
        why += " What people answered in it is not counted; move the original away to check the copy instead."
    return why
