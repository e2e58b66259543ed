"""The colours of bands as a stylesheet: the content security policy lets no page carry styles of its own."""

from __future__ import annotations

import re
from collections.abc import Iterable

from regsheet.writer.sheets.look import readable_on

_COLOUR = re.compile(r"[0-9A-Fa-f]{6}")


def stylesheet(colours: Iterable[str]) -> str:
    """A class for each colour, with letters in black or white, whichever is easier to read."""
    found = sorted({colour.upper() for colour in colours if _COLOUR.fullmatch(colour)})
    return "".join(f".band-{one} {{ background-color: #{one}; color: {readable_on(one)}; }}\n" for one in found)
