import io
import random
import string
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from regsheet import limits
from regsheet.errors import PackageError
from regsheet.package.archive import Archive, Member, new_member, write_archive
from regsheet.package.archive_reader import read_archive
from regsheet.package.joined import Joined

NAME = st.text(string.ascii_letters + string.digits + "_-.[]% é\\/", min_size=1, max_size=20).filter(
    lambda name: ".." not in name and not name.startswith(("/", "\\"))
)
CONTENT = st.binary(max_size=400) | st.integers(0, 5000).map(lambda size: b"a" * size)


@st.composite
def zips(draw: st.DrawFn) -> bytes:
    """A zip as some program might write it: methods, dates, attributes, extra fields, descriptors, wide sizes."""
    stream = _Unseekable() if draw(st.booleans()) else io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        archive.comment = draw(st.binary(max_size=20).filter(lambda comment: b"PK" not in comment))
        for name in draw(st.lists(NAME, max_size=6, unique_by=str.lower)):
            member = zipfile.ZipInfo(name, draw(st.sampled_from([(1980, 1, 1, 0, 0, 0), (2024, 5, 6, 7, 8, 10)])))
            member.compress_type = draw(st.sampled_from([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED]))
            member.external_attr = draw(st.integers(0, 2**32 - 1))
            member.extra = draw(st.sampled_from([b"", b"\x20\xa2\x04\x00\x00\x00\x00\x00"]))
            member.comment = draw(st.binary(max_size=5))
            with archive.open(member, "w", force_zip64=draw(st.booleans())) as part:
                part.write(draw(CONTENT))
    return stream.getvalue()


class _Unseekable(io.BytesIO):
    """A stream into which zipfile writes data descriptors."""

    def seekable(self) -> bool:
        return False

    def seek(self, *arguments: int) -> int:
        raise io.UnsupportedOperation

    def tell(self) -> int:
        raise io.UnsupportedOperation


def described(data: bytes) -> Iterator[tuple[object, ...]]:
    """What matters of every member, as Python's own zipfile reads it."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        yield (archive.comment,)
        for member in archive.infolist():
            attributes = (member.date_time, member.external_attr, member.internal_attr, member.create_system)
            packed = (member.compress_type, member.compress_size, member.comment)
            yield member.orig_filename, *attributes, *packed, archive.read(member)


@given(data=zips())
@settings(max_examples=200)
def test_a_zip_written_again_holds_the_same_packed_the_same(data: bytes) -> None:
    archive = read_archive(data, "f")
    written = write_archive(archive)
    assert list(described(written)) == list(described(data))
    again = read_archive(written, "f")
    assert [bytes(member.data) for member in again.members] == [bytes(member.data) for member in archive.members]
    assert write_archive(again) == written


@given(data=zips())
def test_members_inflate_to_what_zipfile_reads(data: bytes) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as expected:
        for member, info in zip(read_archive(data, "f").members, expected.infolist(), strict=True):
            assert member.inflate("f") == expected.read(info)


@given(data=zips(), content=CONTENT)
def test_new_content_leaves_all_else(data: bytes, content: bytes) -> None:
    archive = read_archive(data, "f")
    changed = Archive(tuple(member.with_content(content) for member in archive.members), archive.comment)
    with zipfile.ZipFile(io.BytesIO(data)) as a, zipfile.ZipFile(io.BytesIO(write_archive(changed))) as b:
        for was, now in zip(a.infolist(), b.infolist(), strict=True):
            assert (was.orig_filename, was.date_time) == (now.orig_filename, now.date_time)
            assert b.read(now) == content


@given(name=NAME, content=CONTENT)
def test_new_members_depend_on_nothing_else(name: str, content: bytes) -> None:
    data = write_archive(Archive((new_member(name, content),)))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        (info,) = archive.infolist()
        assert (info.orig_filename, info.date_time, archive.read(info)) == (name, (1980, 1, 1, 0, 0, 0), content)


@given(prefix=st.binary(max_size=50).filter(lambda prefix: b"PK" not in prefix), data=zips())
def test_what_a_mail_gateway_put_in_front_is_passed_over(prefix: bytes, data: bytes) -> None:
    assert list(described(write_archive(read_archive(prefix + data, "f")))) == list(described(data))


@given(data=zips(), junk=st.integers(1, 40))
def test_white_space_after_the_end_is_passed_over(data: bytes, junk: int) -> None:
    assert len(read_archive(data + b"\n" * junk, "f").members) == len(read_archive(data, "f").members)


@given(data=st.data())
def test_a_zip_that_is_cut_short_is_refused(data: st.DataObject) -> None:
    whole = write_archive(Archive((new_member("a", bytes(range(256))), new_member("b", b"b" * 99))))
    short = whole[: data.draw(st.integers(0, len(whole) - 1))]
    with pytest.raises(PackageError):
        read_archive(short, "f")


@given(data=zips(), seed=st.integers(0, 2**32), changes=st.integers(1, 12))
@settings(max_examples=400)
def test_damage_is_refused_or_harmless(data: bytes, seed: int, changes: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - not for secrets
    damaged = bytearray(data)
    for _ in range(changes):
        damaged[chance.randrange(len(damaged))] = chance.choice([0, 1, 0x50, 0xFF, chance.randrange(256)])
    try:
        archive = read_archive(bytes(damaged), "f")
        for member in archive.members:
            member.inflate("f")
    except PackageError:
        return
    write_archive(archive)


@given(data=zips(), cuts=st.lists(st.integers(0, 3000)), seed=st.integers(0, 2**32), changes=st.integers(0, 2))
def test_a_zip_in_pieces_is_read_as_if_it_were_joined(data: bytes, cuts: list[int], seed: int, changes: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - not for secrets
    damaged = bytearray(data)
    for _ in range(changes):
        damaged[chance.randrange(len(damaged))] = chance.choice([0, 0x50, 0xFF])
    outcomes: list[object] = []
    for spelling in (bytes(damaged), in_pieces(bytes(damaged), cuts)):
        try:
            archive = read_archive(spelling, "f")
        except PackageError as error:
            outcomes.append(str(error))
        else:
            members = [replace(member, data=memoryview(bytes(member.data))) for member in archive.members]
            outcomes.append((members, archive.comment))
    assert outcomes[0] == outcomes[1]


@given(st.binary(max_size=40), st.lists(st.integers(0, 40)), st.integers(-5, 50), st.integers(-5, 50))
def test_pieces_are_sliced_as_if_they_were_joined(content: bytes, cuts: list[int], start: int, stop: int) -> None:
    pieces = in_pieces(content, cuts)
    assert (len(pieces), b"".join(pieces)) == (len(content), content)
    assert pieces[start:stop] == content[start:stop]
    assert pieces[start:] == content[start:]


def in_pieces(content: bytes, cuts: list[int]) -> Joined:
    ends = sorted({min(cut, len(content)) for cut in cuts} | {0, len(content)})
    return Joined([content[start:end] for start, end in pairwise(ends)])


def test_a_zip_inside_a_zip_that_lost_its_end_is_not_taken_for_it(refused) -> None:
    inner = write_archive(Archive((new_member("xl/workbook.xml", b"inner"),)))
    embedded = Member(b"embedded.xlsx", memoryview(inner), 0, zlib.crc32(inner), len(inner))
    outer = write_archive(Archive((new_member("a", b"a"), embedded)))
    end_of_inner = outer.index(inner) + len(inner)
    with refused("truncated"):
        read_archive(outer[:end_of_inner], "f")


def test_a_member_of_wrong_checksum_is_damaged(refused) -> None:
    whole = write_archive(Archive((Member(b"a", memoryview(b"content"), 0, 12345, 7),)))
    (member,) = read_archive(whole, "f").members
    with refused("part_damaged"):
        member.inflate("f")


@pytest.mark.parametrize("declared", [0, 1, 999, 1001, 50_000])
def test_a_member_that_holds_other_than_it_says_is_damaged(declared: int, refused) -> None:
    honest = new_member("a", b"x" * 1000)
    liar = Member(b"a", honest.data, honest.method, honest.crc, declared)
    (member,) = read_archive(write_archive(Archive((liar,))), "f").members
    with refused("part_damaged"):
        member.inflate("f")


def test_inflating_stops_at_the_declared_size() -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    chunk, packed = b"\0" * 1_000_000, b""
    for _ in range(200):
        packed += packer.compress(chunk)
    packed += packer.flush()
    liar = Member(b"a", memoryview(packed), 8, 0, 10)
    assert sum(map(len, liar._inflated("f"))) <= 11


@pytest.mark.parametrize("method", [0, 8])
@pytest.mark.parametrize(
    "content", [b"", b"a", b"\0" * 3_000_001, bytes(range(256)) * 5_000, b"ab" * 700_000 + b"\0" * 400_000]
)
def test_a_member_in_stretches_is_the_same_as_whole(method: int, content: bytes, refused) -> None:
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    data = content if method == 0 else packer.compress(content) + packer.flush()
    member = Member(b"a", memoryview(data), method, zlib.crc32(content), len(content))
    stretches = list(member.stretches("f"))
    assert b"".join(stretches) == member.inflate("f") == content
    assert max(map(len, stretches), default=0) <= 1 << 20
    for liar in (replace(member, crc=member.crc ^ 1), replace(member, size=len(content) + 1)):
        with refused("part_damaged"):
            list(liar.stretches("f"))


def test_a_bomb_by_ratio_is_refused(refused) -> None:
    size = limits.RATIO_FREE_BYTES + 1
    bomb = Member(b"a", memoryview(b"x" * (size // limits.MAX_COMPRESSION_RATIO - 1)), 8, 0, size)
    with refused("bomb"):
        read_archive(write_archive(Archive((bomb,))), "f")


def test_a_well_packed_small_part_is_no_bomb() -> None:
    zeros = new_member("a", b"\0" * (limits.RATIO_FREE_BYTES // 4))
    assert len(read_archive(write_archive(Archive((zeros,))), "f").members) == 1


def test_bombs_by_size_are_refused(monkeypatch: pytest.MonkeyPatch, refused) -> None:
    data = write_archive(Archive((new_member("a", b"a" * 600), new_member("b", b"b" * 600))))
    monkeypatch.setattr(limits, "MAX_PACKAGE_BYTES", 1000)
    with refused("unpacked_too_large"):
        read_archive(data, "f")
    monkeypatch.setattr(limits, "MAX_PART_BYTES", 500)
    with refused("unpacked_too_large"):
        read_archive(data, "f")


def test_too_many_parts_are_refused(monkeypatch: pytest.MonkeyPatch, refused) -> None:
    monkeypatch.setattr(limits, "MAX_PARTS", 3)
    members = [new_member(f"p{number}", b"") for number in range(4)]
    assert len(read_archive(write_archive(Archive(tuple(members[:3]))), "f").members) == 3
    with refused("too_many_parts"):
        read_archive(write_archive(Archive(tuple(members))), "f")


def test_parts_that_lie_over_one_another_are_refused(refused) -> None:
    data = write_archive(Archive((new_member("a", b"a" * 50), new_member("b", b"b" * 50))))
    second = data.index(b"PK\x01\x02", data.index(b"PK\x01\x02") + 1)
    with refused("overlapping"):  # the second entry made to point at the first member
        read_archive(data[: second + 42] + bytes(4) + data[second + 46 :], "f")


@pytest.mark.parametrize("name", ["../a", "a/../../b", "/a", "C:/a", "..\\a", "a\0b"])
def test_unsafe_names_are_refused(name: str, refused) -> None:
    with refused("unsafe_name"):
        read_archive(write_archive(Archive((new_member(name, b""),))), "f")


def test_a_zip_password_is_refused(refused) -> None:
    with refused("zip_password"):
        read_archive(write_archive(Archive((Member(b"a", memoryview(b"x" * 12), 0, 0, 0, flags=1),))), "f")


def test_a_method_that_excel_does_not_use_is_refused_only_when_its_part_is_read(refused) -> None:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_BZIP2) as archive:
        archive.writestr("a", b"a" * 100)
    (member,) = read_archive(stream.getvalue(), "f").members
    with refused("part_method"):
        member.inflate("f")


def test_names_in_the_code_page_of_the_first_zips() -> None:
    old = Member("\u00e9.xml".encode("cp437"), memoryview(b""), 0, 0, 0)
    data = write_archive(Archive((old,)))
    (member,) = read_archive(data, "f").members
    assert member.name == "\u00e9.xml"
    assert member.raw_name == old.raw_name
