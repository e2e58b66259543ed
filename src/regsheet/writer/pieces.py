"""Long text in pieces: large enough to be packed fast, small enough that the whole is never held."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

LEAST = 1 << 16
"""So many characters, or a little more, are put together."""


def pieces(texts: Iterable[str]) -> Iterator[bytes]:
    """Texts one behind the other as UTF-8, many short ones at a time."""
    gathered: list[str] = []
    size = 0
    for text in texts:
        gathered.append(text)
        size += len(text)
        if size >= LEAST:
            yield "".join(gathered).encode()
            gathered.clear()
            size = 0
    if gathered:
        yield "".join(gathered).encode()


def compressed(content: Iterable[bytes]) -> bytes:
    """What is in the pieces, compressed by zlib as it would be whole."""
    packer = zlib.compressobj()
    return b"".join([*map(packer.compress, content), packer.flush()])
