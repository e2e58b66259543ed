"""Where the annotated copies of a run go: into the output folder, under the folders they came from."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import chain, count
from pathlib import Path, PurePosixPath

from regsheet.batch.gather import original_name
from regsheet.errors import OutputError


def output_names(files: Iterable[str]) -> dict[str, str]:
    """Paths of workbooks within the run's folder to those of their annotated copies within the output folder.

    ``Housing/register.xlsx`` becomes ``Housing/register.checked.xlsx``; no two become one, also where case is aside.
    """
    taken: set[str] = set()
    names: dict[str, str] = {}
    for file in files:
        given, base = PurePosixPath(file), PurePosixPath(original_name(file))
        stems = chain((base.stem, given.stem), (f"{given.stem}-{number}" for number in count(2)))
        paths = (given.with_name(f"{stem}.checked{given.suffix}").as_posix() for stem in stems)
        name = next(path for path in paths if path.casefold() not in taken)
        taken.add(name.casefold())
        names[file] = name
    return names


def make_folder(folder: Path) -> None:
    """Make a folder for output. Raises ``OutputError`` with a sentence where that cannot be."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise OutputError(f"The folder {folder} cannot be made ({reason}); name another with -o.") from None


def target_in(folder: Path, name: str) -> Path:
    """Where a copy goes, with its folder made. Raises ``OutputError`` where a link would lead it out of the folder."""
    target = folder / name
    make_folder(target.parent)
    if not target.parent.resolve().is_relative_to(folder.resolve()):
        raise OutputError(f"{target.parent} leads out of {folder} by a link; remove the link and run again.")
    return target
