"""Which workbook of one folder is which of another: by name, the words for quarter and date aside, then by content."""

from __future__ import annotations

import os
import re
import tomllib
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path, PurePosixPath

from regsheet.model.book import Book
from regsheet.model.previous import reference_key
from regsheet.values.text import one_line
from regsheet.writer.sheets.workbook import OWN_REPORT

WORKBOOKS = (".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".xlsb", ".ods", ".csv")
"""The endings of files that may hold a register, the best to read first."""

SAME_CONTENT = 0.3
"""From this share of risks in common on, two workbooks are the same register in two quarters."""

_DIGITS_END = re.compile(r"(?<=[^\W\d_])(?=\d)|(?<=\d)(?=[^\W\d_])")
_TOKEN = re.compile(r"[^\W_]+")
_DATES = re.compile(
    r"(?<!\d)(?:(?:19|20)\d\d[-_. ]?(?:0[1-9]|1[0-2])[-_. ]?(?:0[1-9]|[12]\d|3[01])"  # 2024-12-31
    r"|(?:0?[1-9]|[12]\d|3[01])[-_. ](?:0?[1-9]|1[0-2])[-_. ](?:(?:19|20)?\d\d)"  # 31.12.24
    r"|(?:19|20)\d\d[-_./ ](?:(?:19|20)?\d\d)"  # 2024-25, 2024-12
    r"|\d\d[-_/]\d\d|(?:19|20)\d\d)(?!\d)"  # 24-25, 2024
    r"|(?<=jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[-_ ']?\d\d(?!\d)|(?<=sept)[-_ ']?\d\d(?!\d)"
)


@dataclass(frozen=True)
class Content:
    """What a workbook is recognised by: the titles of its risks and of the risks on its maps, and their references."""

    titles: frozenset[str]
    references: frozenset[str]


def workbooks_in(folder: Path) -> tuple[str, ...]:
    """The workbooks of a folder and the folders in it, as paths within it with ``/``, in the order of their names.

    Passed over are hidden files and folders, Excel's own ``~$`` files, our reports, and an annotated copy that stands
    beside what it is a copy of.
    """
    found = []
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        at = Path(place).relative_to(folder)
        found += [(at / name).as_posix() for name in names if _may_be_register(name)]
    there = {name.casefold() for name in found}
    kept = (name for name in found if not (is_copy_name(name) and _original_name(name).casefold() in there))
    return tuple(sorted((name for name in kept if not is_own_report(folder / name)), key=_reading_order))


def pair_by_name(new: Iterable[str], old: Iterable[str]) -> dict[str, str]:
    """Paths of the new folder to paths of the old one that bear the same name, words for quarter and date aside.

    The whole path counts first, then the file's name alone. A name that several files bear tells nothing and is left
    to the content. Give ``pair_by_content`` what is left.
    """
    rest_new, rest_old = sorted(set(new)), sorted(set(old))
    pairs: dict[str, str] = {}
    for key in (_same_path, name_key, _file_key):
        here, there = _unique(rest_new, key), _unique(rest_old, key)
        pairs |= {path: there[name] for name, path in here.items() if name and name in there}
        taken = set(pairs.values())
        rest_new = [path for path in rest_new if path not in pairs]
        rest_old = [path for path in rest_old if path not in taken]
    return pairs


def pair_by_content(new: Mapping[str, Content], old: Mapping[str, Content]) -> dict[str, str]:
    """Paths to paths whose workbooks have most risks in common, the likest first, each once."""
    candidates = sorted(
        (-alike, abs(here - there), here + there, path, other)
        for here, path in enumerate(sorted(new))
        for there, other in enumerate(sorted(old))
        if (alike := content_likeness(new[path], old[other])) >= SAME_CONTENT
    )
    pairs: dict[str, str] = {}
    taken: set[str] = set()
    for *_, path, other in candidates:
        if path not in pairs and other not in taken:
            pairs[path] = other
            taken.add(other)
    return pairs


def content_of(book: Book) -> Content:
    """What a workbook is recognised by."""
    titles: set[str] = set()
    references: set[str] = set()
    for register in book.registers:
        for index in range(register.count):
            titles.add(_title_key(register.text(index, "title") or register.text(index, "description")))
            references.add(reference_key(register.text(index, "ref")))
    for assurance_map in book.maps:
        titles.update(_title_key(title) for title in assurance_map.risks["risk_title"].dropna())
        references.update(reference_key(str(ref)) for ref in assurance_map.risks["risk_ref"].dropna())
    return Content(frozenset(titles - {""}), frozenset(references - {""}))


def content_likeness(one: Content, other: Content) -> float:
    """The share of risks that two workbooks have in common, 0 to 1: by title, else, where neither has any, by ref."""
    a, b = (one.titles, other.titles) if one.titles and other.titles else (one.references, other.references)
    return len(a & b) / min(len(a), len(b)) if a and b else 0.0


def name_key(path: str) -> str:
    """A path within a folder for comparing: words only, those for quarter, date, version and copy left out."""
    return "/".join(filter(None, map(_words_key, PurePosixPath(_original_name(path)).with_suffix("").parts)))


def is_copy_name(path: str) -> bool:
    """Whether a file is named as we name annotated copies: ``register.checked.xlsx``."""
    return PurePosixPath(path).stem.casefold().removesuffix("-again").endswith((".checked", ".stripped"))


def is_own_report(path: Path) -> bool:
    """Whether a workbook is a report of ours, told by its custom property without reading any sheet."""
    if path.suffix.lower() != ".xlsx":
        return False
    try:
        with zipfile.ZipFile(path) as archive:
            part = archive.getinfo("docProps/custom.xml")
            return part.file_size < 65_536 and f'name="{OWN_REPORT}"'.encode() in archive.read(part)
    except (OSError, KeyError, ValueError, RuntimeError, NotImplementedError, zipfile.BadZipFile):
        return False


def _may_be_register(name: str) -> bool:
    return name.lower().endswith(WORKBOOKS) and not name.startswith((".", "~$"))


def _original_name(path: str) -> str:
    """``a/register.xlsx`` of ``a/register.checked.xlsx``."""
    pure = PurePosixPath(path)
    return str(pure.with_name(re.sub(r"\.(?:checked|stripped)(?:-again)?$", "", pure.stem, flags=re.I) + pure.suffix))


def _reading_order(path: str) -> tuple[str, str]:
    return path.casefold(), path


def _same_path(path: str) -> str:
    return _original_name(path).casefold()


def _file_key(path: str) -> str:
    return name_key(PurePosixPath(path).name)


def _words_key(name: str) -> str:
    bare = _DATES.sub(" ", name.casefold())
    tokens = [token for word in _TOKEN.findall(bare) for token in _parts(word)]
    return " ".join(token for token in tokens if token)


def _parts(word: str) -> tuple[str, ...]:
    """A word, or nothing where it is one for a quarter, a date, a version: ``q4``, ``dec24``, ``v2``, ``final``."""
    if word in _passing() or re.fullmatch(
        r"(?:q|qtr|quarter|v|ver|version|rev|fy)\d{1,4}|[1-4](?:q|st|nd|rd|th)", word
    ):
        return ()
    split = _DIGITS_END.split(word)
    if len(split) > 1 and any(part in _passing() for part in split):  # dec24, q4fy25
        return tuple(part for part in split if not part.isdigit() and part not in _passing() and part not in "qv")
    return (word,)


def _title_key(title: object) -> str:
    return "".join(filter(str.isalnum, one_line(title))).casefold()


def _unique(paths: Iterable[str], key: Callable[[str], str]) -> dict[str, str]:
    """Names that one path only bears, to that path."""
    found: dict[str, list[str]] = {}
    for path in paths:
        found.setdefault(key(path), []).append(path)
    return {name: bearers[0] for name, bearers in found.items() if len(bearers) == 1}


@cache
def _passing() -> frozenset[str]:
    """Words of a file's name that change from quarter to quarter."""
    text = files(__package__).joinpath("file_names.toml").read_text(encoding="utf-8")
    return frozenset(word for listed in tomllib.loads(text).values() for word in listed)
