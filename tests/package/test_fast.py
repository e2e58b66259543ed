"""What ISA-L packs, zlib and zip programs can read; its checksums are those of every zip."""

import zlib

from hypothesis import given
from hypothesis import strategies as st

from regsheet.package.fast import Deflater, crc32, pack, unpack

PIECES = st.lists(st.binary(max_size=300) | st.integers(1, 9).map(lambda count: b"<row r=" * 50 * count), max_size=5)


@given(PIECES)
def test_pieces_are_packed_and_summed_as_the_whole(pieces: list[bytes]) -> None:
    whole, deflater, checksum = b"".join(pieces), Deflater(2), 0
    for piece in pieces:
        checksum = crc32(piece, checksum)
    assert checksum == crc32(whole) == zlib.crc32(whole)
    packed = b"".join([*map(deflater.compress, pieces), deflater.flush()])
    assert zlib.decompress(packed, -zlib.MAX_WBITS) == whole
    assert unpack(pack(whole)) == whole
