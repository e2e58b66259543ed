"""Long text in pieces: large enough to be packed fast, small enough that the whole is never held."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator

from regsheet.package.fast import pack, unpack

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


class Kept:
    """Pieces that are wanted later, as often as one likes: held compressed until then."""

    def __init__(self, content: Iterable[bytes]) -> None:
        self._packed = list(map(pack, content))

    def __iter__(self) -> Iterator[bytes]:
        return map(unpack, self._packed)


def compressed(content: Iterable[bytes]) -> bytes:
    """What is in the pieces, compressed by zlib as it would be whole."""
    packer = zlib.compressobj()
    return b"".join([*map(packer.compress, content), packer.flush()])
