"""Ways to zip the parts of a workbook."""

import io
import struct
import zipfile
from collections.abc import Callable

from package_parts import Parts, zipped


def stored(parts: Parts) -> bytes:
    """Members not compressed."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_STORED) as archive:
        for name, blob in parts.items():
            archive.writestr(name, blob)
    return stream.getvalue()


class _Unseekable(io.RawIOBase):
    def __init__(self) -> None:
        self.chunks: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, chunk: object) -> int:
        self.chunks.append(bytes(chunk))  # type: ignore[call-overload]
        return len(self.chunks[-1])


def streamed(parts: Parts) -> bytes:
    """Sizes behind the data, as programs write that cannot go back."""
    stream = _Unseekable()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:  # type: ignore[arg-type]
        for name, blob in parts.items():
            archive.writestr(name, blob)
    return b"".join(stream.chunks)


def wide(parts: Parts) -> bytes:
    """The headers of zip64."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, blob in parts.items():
            with archive.open(zipfile.ZipInfo(name), "w", force_zip64=True) as member:
                member.write(blob)
    return stream.getvalue()


def with_folders(parts: Parts) -> bytes:
    """Entries for folders, and a comment on the whole."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for folder in sorted({name.rpartition("/")[0] + "/" for name in parts if "/" in name}):
            archive.writestr(zipfile.ZipInfo(folder), b"")
        for name, blob in parts.items():
            archive.writestr(name, blob)
        archive.comment = b"Made by nobody"
    return stream.getvalue()


def with_extra_fields(parts: Parts) -> bytes:
    """Members with times and owners in extra fields, in the reverse order."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, blob in reversed(parts.items()):
            member = zipfile.ZipInfo(name, (2020, 2, 2, 2, 2, 2))
            member.extra = struct.pack("<HHBL", 0x5455, 5, 1, 1_700_000_000)
            member.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(member, blob)
    return stream.getvalue()


def backslashed(parts: Parts) -> bytes:
    """Members named as paths of Windows."""
    return zipped({name.replace("/", "\\"): blob for name, blob in parts.items()})


PACKINGS: dict[str, Callable[[Parts], bytes]] = {
    function.__name__: function for function in (stored, streamed, wide, with_folders, with_extra_fields, backslashed)
}
