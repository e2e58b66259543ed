"""What ISA-L does several times as fast as zlib, with the processor left as it was found.

ISA-L works in wide registers and leaves their upper halves in use. Until something clears these, processors run all
other code more slowly, regular expressions at a fifth of their speed. SHA-512 as OpenSSL has it clears them when it is
done, which with nothing to hash is after half a microsecond.
"""

from __future__ import annotations

from hashlib import sha512

from isal import isal_zlib


def crc32(content: bytes, before: int = 0) -> int:
    """The checksum of some bytes, and of those ``before`` them whose checksum that is."""
    checksum = isal_zlib.crc32(content, before)
    _clear_registers()
    return checksum


def pack(content: bytes) -> bytes:
    """Bytes compressed in haste, for ``unpack``: to hold small what will be wanted again."""
    packed = isal_zlib.compress(content, 1)
    _clear_registers()
    return packed


def unpack(packed: bytes) -> bytes:
    """The bytes that were packed."""
    content = isal_zlib.decompress(packed)
    _clear_registers()
    return content


class Deflater:
    """Compression for a zip, a piece at a time: without header."""

    def __init__(self, level: int) -> None:
        """``level``: from 0 to 3."""
        self._packer = isal_zlib.compressobj(level, isal_zlib.DEFLATED, -isal_zlib.MAX_WBITS)

    def compress(self, content: bytes) -> bytes:
        """What there is of the compressed bytes with this piece."""
        packed: bytes = self._packer.compress(content)
        _clear_registers()
        return packed

    def flush(self) -> bytes:
        """The rest of them."""
        packed: bytes = self._packer.flush()
        _clear_registers()
        return packed


def _clear_registers() -> None:
    sha512().digest()
