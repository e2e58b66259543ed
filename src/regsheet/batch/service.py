"""Of which service a workbook is: by the configuration, its folder, its name, or what stands at its top."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from fnmatch import fnmatchcase
from functools import cache
from importlib.resources import files
from pathlib import PurePosixPath

from regsheet.changes.files import name_key

LONGEST = 60
"""A longer name is no service's."""

BREAK = re.compile(r"\s*[:|–—]\s*|\s+-\s+")
"""Where the first part of a title ends."""

WORD = re.compile(r"[^\W_]+(?:['’&][^\W_]+)*|&")


def service_of(file: str, title: str, services: Mapping[str, str]) -> str:
    """The name of the service that a workbook is of: by configuration, folder or name, else by its title.

    ``title`` is what stands above its table. Where that says nothing either, it is the file's name.
    """
    start = BREAK.split(title, maxsplit=1)[0]
    return service_by_name(file, services) or _telling(start) or _telling(title) or PurePosixPath(file).stem


def service_by_name(file: str, services: Mapping[str, str]) -> str | None:
    """The service that a workbook's path tells; None where it tells none.

    ``file`` is its path within the run's folder, ``services`` what the configuration says of patterns. Without a
    pattern that fits it is the first folder whose name says more than quarter and kind of document, else what the
    file's name says beside these.
    """
    for pattern, service in services.items():
        if _fits(file, pattern):
            return service
    path = PurePosixPath(file)
    return next(filter(None, map(_telling, (*path.parts[:-1], path.stem))), None)


def _fits(file: str, pattern: str) -> bool:
    wanted = pattern.replace("\\", "/").casefold()
    return fnmatchcase(file.casefold(), wanted) or fnmatchcase(PurePosixPath(file).name.casefold(), wanted)


def subject_key(path: str) -> str:
    """A path for comparing: words only, without those for quarter, date, version and kind of document."""
    parts = (" ".join(word for word in part.split() if word not in _words("document"))
             for part in name_key(path).split("/"))  # fmt: skip
    return "/".join(filter(None, parts))


def _telling(name: str) -> str:
    """The words of a name that say whose it is, as they are written."""
    kept = set(subject_key(f"{name}.xlsx".replace("/", " ")).split())
    words = WORD.findall(name.replace("_", " "))
    found = [word for word in words if word.casefold() in kept or word == "&"]
    while found and found[0].casefold() in _words("joining"):
        found.pop(0)
    while found and found[-1].casefold() in _words("joining"):
        found.pop()
    text = " ".join(found)
    if len(text) > LONGEST:
        return ""
    return text[:1].upper() + text[1:] if text.islower() else text


@cache
def _words(kind: str) -> frozenset[str]:
    text = files(__package__).joinpath("words.toml").read_text(encoding="utf-8")
    return frozenset(tomllib.loads(text)[kind])
