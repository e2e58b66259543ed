"""Writes into ``regsheet.toml`` what a user settles by a command, leaving everything else in the file as it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import tomlkit
from msgspec.structs import replace
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import AoT, Table

from regsheet.config import load_config, parse_config
from regsheet.errors import ConfigurationError
from regsheet.layout.settled import ColumnMapping, heading_name_key
from regsheet.package import write_whole

MAPPINGS = "mappings"


@dataclass(frozen=True, slots=True)
class Saved:
    """What saving mappings did: how many are new, how many took the place of one for the same headings."""

    path: Path
    added: int
    replaced: int


def save_mappings(path: Path, mappings: Sequence[ColumnMapping]) -> Saved:
    """Write mappings into a configuration file, which need not exist; one for the same headings is replaced.

    Raises ``ConfigurationError`` where the file has a fault already, ``OutputError`` where it cannot be written.
    """
    text, mark = _read(path)
    text += "" if text.endswith("\n") or not text else "\n"
    ends = "\r\n" if "\r\n" in text else "\n"
    try:
        document = tomlkit.parse(text.replace("\r\n", "\n"))
    except TOMLKitError as error:
        raise ConfigurationError(f"The configuration {path} is not valid TOML: {error}.") from error
    tables = document.get(MAPPINGS)
    if tables is not None and not isinstance(tables, AoT):
        raise ConfigurationError(
            f"The configuration {path} has its mappings on one line; write each as a table [[mappings]] and run again."
        )
    replaced = 0
    for mapping in mappings:
        known = _table_of(tables, mapping)
        if known is not None:
            _update(known, mapping)
            replaced += 1
            continue
        if tables is None:
            tables = tomlkit.aot()
            document.append(MAPPINGS, tables)
        tables.append(_table(mapping))
    result = tomlkit.dumps(document).lstrip("\n") if not text else tomlkit.dumps(document)
    _prove(path, text, result, mappings)
    write_whole(path, (mark + result.replace("\n", ends)).encode())
    return Saved(path, len(mappings) - replaced, replaced)


def _read(path: Path) -> tuple[str, str]:
    """The text of a sound configuration file and the mark before it; both empty where there is no file."""
    if not path.exists():
        return "", ""
    load_config(path)
    text = path.read_bytes().decode("utf-8")
    return text.removeprefix("\ufeff"), "\ufeff" * text.startswith("\ufeff")


def _table_of(tables: AoT | None, mapping: ColumnMapping) -> Table | None:
    """The table that settles the same headings."""
    found = (table for table in tables or () if ColumnMapping(table["headings"]).keys.keys() == mapping.keys.keys())
    return next(found, None)


def _update(table: Table, mapping: ColumnMapping) -> None:
    """Set the fields where they stand, so that spelling, order and remarks stay."""
    for name, field in ColumnMapping(table["headings"]).headings.items():
        wanted = mapping.keys[heading_name_key(name)]
        if field != wanted:
            table["headings"][name] = wanted


def _table(mapping: ColumnMapping) -> Table:
    """One heading a line, which is easier to correct than a long line."""
    table, headings = tomlkit.table(), tomlkit.table()
    for name, field in mapping.headings.items():
        headings[name] = field
    table["headings"] = headings
    table.trivia.indent = "\n"
    return table


def _prove(path: Path, before: str, after: str, mappings: Sequence[ColumnMapping]) -> None:
    """See that the new text holds what it should and that nothing else changed."""
    old, new = parse_config(before, path), parse_config(after, path)
    ours = [mapping.keys for mapping in mappings]
    kept, others = (
        tuple(one for one in config.mappings if one.columns.keys.keys() not in [keys.keys() for keys in ours])
        for config in (old, new)
    )
    there = all(any(one.columns.keys == keys for one in new.mappings) for keys in ours)
    if kept != others or replace(old, mappings=()) != replace(new, mappings=()) or not there:
        raise ConfigurationError(f"The configuration {path} could not be added to safely, and was left as it is.")
