"""Names of files that every computer takes: letters a folder can hold, none reserved, none twice."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection

RESERVED = {"con", "prn", "aux", "nul", "clock$"} | {port + n for port in ("com", "lpt") for n in "0123456789¹²³"}
FORBIDDEN = set('<>:"/\\|?*')
LONGEST = 80


def safe_name(text: str, *, plain: bool = False) -> str:
    """A text as a file's name without ending. ``plain``: in ASCII, for mail programs that mistake other letters."""
    text = unicodedata.normalize("NFKD" if plain else "NFC", text)
    if plain:
        text = text.encode("ascii", "ignore").decode()
    kept = "".join(" " if _is_unfit(letter) else letter for letter in text)
    name = " ".join(kept.split())[:LONGEST].strip(" .")
    while len(name.encode()) > 2 * LONGEST:
        name = name[:-1].strip(" .")
    if name.partition(".")[0].strip().casefold() in RESERVED:
        name = f"_{name}"
    return name or "unnamed"


def _is_unfit(letter: str) -> bool:
    return letter in FORBIDDEN or unicodedata.category(letter) in {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}


def free_name(name: str, ending: str, taken: Collection[str]) -> str:
    """The name with its ending, and a number where another has it. ``taken`` is in lower case."""
    number, found = 1, f"{name}{ending}"
    while found.casefold() in taken:
        number += 1
        found = f"{name} ({number}){ending}"
    return found
