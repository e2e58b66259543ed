"""What a file is called. A name is only ever shown; it never says where a file lies."""

from __future__ import annotations

import secrets
from pathlib import PurePosixPath

LONGEST = 150
ENDINGS = frozenset({
    ".xlsx", ".xlsm", ".xltx", ".xltm", ".xls", ".xlt", ".xlsb", ".ods", ".csv", ".tsv", ".txt", ".toml",
})  # fmt: skip
"""What is read by its ending. A file with another one is looked at as well: it may be a workbook all the same."""


def shown_name(sent: str | None) -> str:
    """The last part of a name as a browser sends it, fit to be shown, and to be saved under."""
    last = (sent or "").replace("\\", "/").rsplit("/", 1)[-1]
    plain = "".join(character for character in last if character.isprintable() and character not in '<>:"|?*')
    plain = " ".join(plain.split()).strip(". ") if plain.strip(". ") else ""
    if not plain:
        return "workbook.xlsx"
    if len(plain) > LONGEST:
        ending = PurePosixPath(plain).suffix[:10]
        plain = plain[: LONGEST - len(ending)] + ending
    return plain


def stored_name(name: str) -> str:
    """A name of our own to keep a file under: random, with an ending that is known."""
    ending = PurePosixPath(name.lower()).suffix
    # Excel leaves a file ~$NAME beside a workbook that is open, which is told by its name.
    lock = "~$" if name.startswith("~$") else ""
    return f"{lock}sent-{secrets.token_hex(8)}{ending if ending in ENDINGS else '.file'}"
