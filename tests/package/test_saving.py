import errno
import os
import stat
import sys
import threading
from pathlib import Path

import pytest

from regsheet.errors import OutputError
from regsheet.package import Package, open_package, write_whole
from regsheet.package.joined import Joined


def failing(error: BaseException):
    def fail(*_: object, **__: object) -> None:
        raise error

    return fail


def test_a_file_is_written_and_replaced(tmp_path: Path) -> None:
    target = tmp_path / "a.xlsx"
    for content in (b"first", b"second", b""):
        write_whole(target, content)
        assert target.read_bytes() == content
    assert list(tmp_path.iterdir()) == [target]


def test_what_is_in_pieces_is_written_whole(tmp_path: Path) -> None:
    write_whole(tmp_path / "a.xlsx", Joined([b"fi", memoryview(b"r"), b"", b"st"]))
    assert (tmp_path / "a.xlsx").read_bytes() == b"first"


@pytest.mark.parametrize(
    ("place", "error", "key"),
    [
        ("pathlib.Path.open", OSError(errno.ENOSPC, "No space left on device"), "output_disk_full"),
        ("os.fsync", OSError(errno.ENOSPC, "No space left on device"), "output_disk_full"),
        ("os.fsync", OSError(errno.EDQUOT, "Quota exceeded"), "output_disk_full"),
        ("os.fsync", OSError(errno.EIO, "Input/output error"), "output_failed"),
        ("pathlib.Path.open", PermissionError(errno.EACCES, "Permission denied"), "output_read_only"),
        ("pathlib.Path.open", OSError(errno.EROFS, "Read-only file system"), "output_read_only"),
        ("pathlib.Path.replace", PermissionError(errno.EACCES, "Access is denied"), "output_open"),
        ("pathlib.Path.replace", OSError(errno.ENAMETOOLONG, "File name too long"), "output_long_name"),
    ],
)
def test_a_failure_leaves_the_old_file_and_nothing_else(
    place: str, error: OSError, key: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, refused
) -> None:
    target = tmp_path / "a.xlsx"
    target.write_bytes(b"old")
    with monkeypatch.context() as patch:
        patch.setattr(place, failing(error))
        with refused(key):
            write_whole(target, b"new")
    assert list(tmp_path.iterdir()) == [target]
    assert target.read_bytes() == b"old"


@pytest.mark.parametrize("place", ["os.fsync", "pathlib.Path.replace"])
def test_an_interruption_leaves_nothing_behind(place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as patch:
        patch.setattr(place, failing(KeyboardInterrupt()))
        with pytest.raises(KeyboardInterrupt):
            write_whole(tmp_path / "a.xlsx", b"new")
    assert list(tmp_path.iterdir()) == []


def test_network_folders_that_cannot_settle_are_written_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "fsync", failing(OSError(errno.EINVAL, "Invalid argument")))
    write_whole(tmp_path / "a.xlsx", b"new")
    assert (tmp_path / "a.xlsx").read_bytes() == b"new"


def test_places_that_cannot_be_written_to(tmp_path: Path, refused) -> None:
    with refused("output_is_folder"):
        write_whole(tmp_path, b"")
    with refused("output_is_folder"):
        write_whole("", b"")
    with refused("output_no_folder"):
        write_whole(tmp_path / "none" / "a.xlsx", b"")
    (tmp_path / "file").write_bytes(b"")
    with refused("output_no_folder"):
        write_whole(tmp_path / "file" / "a.xlsx", b"")
    with refused("output_long_name"):
        write_whole(tmp_path / ("x" * 300), b"")
    with refused("output_failed"):
        write_whole(f"{tmp_path}/a\0b", b"")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write anywhere")
def test_a_read_only_folder(tmp_path: Path, refused) -> None:
    tmp_path.chmod(0o500)
    try:
        with refused("output_read_only"):
            write_whole(tmp_path / "a.xlsx", b"")
    finally:
        tmp_path.chmod(0o700)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows keeps permissions otherwise")
def test_permissions_are_those_of_any_new_file_or_of_the_one_replaced(tmp_path: Path) -> None:
    plain, target = tmp_path / "plain", tmp_path / "a.xlsx"
    plain.write_bytes(b"")
    write_whole(target, b"")
    assert stat.S_IMODE(target.stat().st_mode) == stat.S_IMODE(plain.stat().st_mode)
    target.chmod(0o640)
    write_whole(target, b"")
    assert stat.S_IMODE(target.stat().st_mode) == 0o640


def test_the_source_is_never_written_to(tmp_path: Path, make_parts, make_zip, refused) -> None:
    source = tmp_path / "a.xlsx"
    source.write_bytes(make_zip(make_parts()))
    other_name = tmp_path / "b.xlsx"
    other_name.hardlink_to(source)
    package = open_package(source)
    for target in (source, other_name, tmp_path / "." / "a.xlsx"):
        with refused("output_is_source"):
            package.save(target)


@pytest.mark.skipif(sys.platform == "win32", reason="needs symbolic links")
def test_a_link_to_the_source_is_not_written_through(tmp_path: Path, make_parts, make_zip) -> None:
    source, link = tmp_path / "a.xlsx", tmp_path / "b.xlsx"
    source.write_bytes(make_zip(make_parts()))
    link.symlink_to(source)
    before = source.read_bytes()
    with pytest.raises(OutputError):
        open_package(source).save(link)
    write_whole(link, b"new")
    assert source.read_bytes() == before


def test_two_runs_at_once_do_not_mix(tmp_path: Path) -> None:
    target = tmp_path / "a.xlsx"
    contents = [bytes([number]) * 200_000 for number in range(6)]
    threads = [threading.Thread(target=write_whole, args=(target, content)) for content in contents]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert target.read_bytes() in contents
    assert list(tmp_path.iterdir()) == [target]


def test_a_workbook_that_grew_too_large(monkeypatch: pytest.MonkeyPatch, make_parts, make_zip, refused) -> None:
    package = Package(make_zip(make_parts()))
    monkeypatch.setattr("regsheet.package.archive.FULL_32", 100)
    with refused("output_too_large"):
        package.to_bytes()
