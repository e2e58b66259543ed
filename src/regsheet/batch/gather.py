"""Which files of a folder are part of a run, and which are passed over and why."""

from __future__ import annotations

import glob
import os
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from regsheet.changes.files import WORKBOOKS
from regsheet.errors import BatchError
from regsheet.limits import MAX_BATCH_FILES

GLOB = "*?["
"""What makes a name that does not exist a pattern."""


@dataclass(frozen=True, slots=True)
class Input:
    """A workbook of a run: its path within the run's folder, with ``/``, and where it lies."""

    file: str
    path: Path


@dataclass(slots=True)
class Gathered:
    """The workbooks of a run in the order of their names, and the files that look like some and are passed over."""

    root: Path
    inputs: list[Input] = field(default_factory=list)
    passed_over: list[tuple[str, str]] = field(default_factory=list)


def gather(places: Sequence[str], leave_out: Collection[Path] = ()) -> Gathered:
    """Every workbook of the folders, files and patterns that were named, folders with all that is in them.

    ``leave_out`` are files and folders that belong to the run and are no registers: its output, the owners list, last
    quarter's folder. Passed over without a word are hidden files and folders and the lock files of office programs;
    links to folders are not followed, and of several links to one file the first counts. Raises ``BatchError`` for a
    place that is not there and where there is no workbook at all.
    """
    resolved = {path.resolve() for path in leave_out}
    anchors: list[Path] = []
    paths: list[Path] = []
    for place in places:
        for anchor, path in _matching(place):
            if path.is_dir() and path.resolve() in resolved:
                raise BatchError(f"{path} is where the run writes, or last quarter's folder, and so nothing in it is "
                                 "checked; name another folder for that, or another one to check.")  # fmt: skip
            anchors.append(anchor)
            paths += _workbooks_under(path, resolved)
    root = _common(anchors)
    found = Gathered(root)
    seen: set[Path] = set()
    for path in sorted(dict.fromkeys(paths), key=lambda path: _reading_order(path, root)):
        real = path.resolve()
        if real not in seen and real not in resolved:
            seen.add(real)
            found.inputs.append(Input(path.relative_to(root).as_posix(), path))
    if len(found.inputs) > MAX_BATCH_FILES:
        raise BatchError(f"There are {len(found.inputs):,} workbooks, and at most {MAX_BATCH_FILES:,} are done in one "
                         "run; name fewer folders.")  # fmt: skip
    _pass_over_unwritable(found)
    if not (found.inputs or found.passed_over):
        raise BatchError(f"There is no workbook in {', '.join(places)}; workbooks end in {', '.join(WORKBOOKS)}.")
    return found


def _matching(place: str) -> Iterator[tuple[Path, Path]]:
    """The files and folders that a place names, each with the folder that its path counts from."""
    path = Path(os.path.abspath(place))  # noqa: PTH100 - links in the path stay as they were typed
    if path.is_dir():
        yield path, path
    elif path.exists():
        yield path.parent, path
    elif any(letter in place for letter in GLOB):
        matched = sorted(glob.glob(str(path), recursive=True))  # noqa: PTH207 - Path.glob takes no absolute pattern
        if not matched:
            raise BatchError(f"Nothing matches {place}; check the name.")
        anchor = _fixed_part(path)
        yield from ((anchor, Path(match)) for match in matched)
    else:
        raise BatchError(f"{place} is not there; check the name.")


def _fixed_part(pattern: Path) -> Path:
    """The folder before the first part of a pattern that stands for several names."""
    return next(folder for folder in pattern.parents if not any(letter in str(folder) for letter in GLOB))


def _workbooks_under(path: Path, leave_out: Collection[Path]) -> Iterator[Path]:
    if not path.is_dir():
        if _may_be_register(path.name):
            yield path
        return
    if path.resolve() in leave_out:
        return
    for place, folders, names in os.walk(path):
        at = Path(place)
        folders[:] = sorted(name for name in folders if not name.startswith(".")
                            and (at / name).resolve() not in leave_out)  # fmt: skip
        yield from (at / name for name in sorted(names) if _may_be_register(name))


def _may_be_register(name: str) -> bool:
    return name.lower().endswith(WORKBOOKS) and not name.startswith((".", "~$"))


def _common(anchors: Iterable[Path]) -> Path:
    """The folder that all files of the run are in."""
    try:
        return Path(os.path.commonpath(list(dict.fromkeys(anchors))))
    except ValueError:
        raise BatchError("The folders lie on different drives; run each by itself.") from None


def _reading_order(path: Path, root: Path) -> tuple[str, str]:
    name = path.relative_to(root).as_posix()
    return name.casefold(), name


def original_name(file: str) -> str:
    """``Housing/register.xlsx`` of ``Housing/register.checked.xlsx``."""
    path = Path(file)
    stem = path.stem.removesuffix("-again").removesuffix(".checked").removesuffix(".stripped")
    return path.with_name(stem + path.suffix).as_posix()


def _pass_over_unwritable(found: Gathered) -> None:
    """Pass over files whose names no list can show: they are bytes that stand for no letters."""
    for one in list(found.inputs):
        try:
            one.file.encode()
        except UnicodeEncodeError:
            found.inputs.remove(one)
            shown = one.file.encode(errors="replace").decode()
            found.passed_over.append((shown, "Its name holds bytes that are no letters; rename it and run again."))
