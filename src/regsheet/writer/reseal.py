"""The mark brought up to date after parts of an annotated workbook were changed by us once more."""

from __future__ import annotations

from regsheet.package import Package
from regsheet.writer.delta import changed_part
from regsheet.writer.mark import fingerprint, read_mark, written


def reseal(package: Package, original: Package) -> None:
    """Have ``strip`` give ``original`` back exactly from an annotated workbook as it stands now.

    ``original`` is what ``strip`` gave back, exactly, before the workbook was changed. Without a mark nothing is done.
    """
    mark = read_mark(package)
    if mark is None:
        return
    changed, untouched = [], []
    for name in package.names:
        if name not in original:
            continue
        present, earlier = package.blob(name), original.blob(name)
        if present == earlier:
            untouched.append(name)
            continue
        changed.append(changed_part(name, present, earlier))
    mark.changed = changed
    mark.added = tuple(name for name in package.names if name not in original)
    mark.untouched = fingerprint(package, untouched)
    package.replace_packed(mark.part, written(mark))
