"""A watch that goes on: files at rest and in the making, restarts, interruptions."""

from __future__ import annotations

import os
import shutil
import sys
import time

import pytest
from quick_work import quickly

from regsheet.errors import WatchError
from regsheet.watch.events import Alarm, Listener
from regsheet.watch.inbox import look
from regsheet.watch.places import STATE, alone, prepared
from regsheet.watch.process import Worker
from regsheet.watch.settling import Settling, doubt_of


@pytest.fixture
def register(make_register, tmp_path):
    return make_register({(2, "Inherent Rating"): 12}, rows=2).rename(tmp_path / "given.xlsx")


@pytest.fixture
def quick(folders):
    """The folders with a worker whose work takes no time."""
    folders.worker = Worker(seconds=20, memory=1024**3, work=quickly)
    return folders


@pytest.mark.parametrize("poll", [False, True])
def test_a_file_that_is_put_in_comes_out(folders, register, poll):
    with folders.watching(poll=poll):
        shutil.copy(register, folders.inbox / "register.xlsx")
        folders.until(lambda: folders.said("wrote"))
        assert folders.results() == ["register.checked.xlsx", "register.html"]


def test_a_file_that_is_written_slowly_is_done_once_and_whole(quick, register):
    content = register.read_bytes()
    quarter = len(content) // 4 + 1
    with quick.watching(settle=0.4):
        with (quick.inbox / "register.xlsx").open("wb") as stream:
            for start in range(0, len(content), quarter):
                stream.write(content[start : start + quarter])
                stream.flush()
                time.sleep(0.15)
        quick.until(lambda: quick.said("wrote"))
    assert len(quick.said("wrote")) == 1
    assert (quick.outbox / "register.xlsx.html").read_bytes() == content


def test_half_a_copy_waits_until_it_is_whole(quick, register):
    content = register.read_bytes()
    path = quick.inbox / "register.xlsx"
    with quick.watching():
        path.write_bytes(content[:2000])
        quick.until(lambda: quick.said("half copied"))
        assert quick.results() == []
        path.write_bytes(content)
        quick.until(lambda: quick.said("wrote"))


@pytest.mark.parametrize("lock", ["~$register.xlsx", ".~lock.register.xlsx#"])
def test_a_file_that_is_open_waits_until_it_is_closed(quick, register, lock):
    (quick.inbox / lock).write_bytes(b"somebody")
    shutil.copy(register, quick.inbox / "register.xlsx")
    assert quick.once() == 0
    assert quick.results() == []
    with quick.watching():
        quick.until(lambda: len(quick.said("has it open")) == 2)
        (quick.inbox / lock).unlink()
        quick.until(lambda: quick.said("wrote"))


def test_a_lock_that_a_crash_left_behind_does_not_count(quick, register):
    lock = quick.inbox / "~$register.xlsx"
    lock.write_bytes(b"somebody")
    os.utime(lock, (1_600_000_000, 1_600_000_000))
    shutil.copy(register, quick.inbox / "register.xlsx")
    quick.once()
    assert quick.said("wrote")


def test_a_restart_does_nothing_twice_but_what_changed(quick):
    for name in ("a.csv", "b.csv"):
        (quick.inbox / name).write_text(name)
    quick.once()
    os.utime(quick.inbox / "a.csv")
    quick.once()
    assert len(quick.said("wrote")) == 2
    (quick.inbox / "a.csv").write_text("changed")
    quick.once()
    assert len(quick.said("wrote")) == 3
    quick.once(afresh=True)
    assert len(quick.said("wrote")) == 5


def test_other_options_and_another_configuration_do_it_again(quick):
    (quick.inbox / "a.csv").write_text("a")
    quick.once()
    quick.asked = "--select DT"
    quick.once()
    assert len(quick.said("wrote")) == 2
    with quick.watching():
        quick.until(lambda: len(quick.said("Watching")) == 1)
        time.sleep(0.4)
        (quick.inbox / "regsheet.toml").write_text('organisation = "Newmarsh"\n')
        quick.until(lambda: len(quick.said("wrote")) == 3)


def test_a_faulty_configuration_holds_files_and_moves_none(quick):
    (quick.inbox / "regsheet.toml").write_text("nonsense = ")
    (quick.inbox / "a.csv").write_text("a")
    assert quick.once() == 2
    assert (quick.inbox / "a.csv").exists()
    assert quick.results() == []
    with quick.watching():
        quick.until(lambda: len(quick.said("is left for now")) == 2)
        (quick.inbox / "regsheet.toml").write_text("")
        quick.until(lambda: quick.said("wrote"))


def test_the_same_file_again_is_said_to_be_done_and_anew_when_its_result_is_gone(quick):
    path = quick.inbox / "a.csv"
    with quick.watching():
        path.write_text("a")
        quick.until(lambda: quick.said("wrote"))
        path.unlink()
        time.sleep(0.4)
        path.write_text("a")
        quick.until(lambda: quick.said("nothing to do"))
        path.unlink()
        (quick.outbox / "a.csv.html").unlink()
        time.sleep(0.4)
        path.write_text("a")
        quick.until(lambda: len(quick.said("wrote")) == 2)


@pytest.mark.parametrize(
    "damage", [b"", b"{", b'{"format": 2, "files": {}}', b'{"files": 1}', b"\xff" * 9, b"[" * 99999]
)
def test_a_damaged_record_is_said_and_begun_afresh(quick, damage):
    (quick.inbox / "a.csv").write_text("a")
    quick.outbox.mkdir()
    (quick.outbox / STATE).write_bytes(damage)
    assert quick.once() == 0
    assert len(quick.said("starting afresh")) == 1
    assert quick.results() == ["a.csv.html"]
    quick.once()
    assert len(quick.said("starting afresh")) == 1


def test_a_process_that_is_killed_takes_only_its_own_file_with_it(quick):
    (quick.inbox / "a.csv").write_text("die")
    (quick.inbox / "b.csv").write_text("live")
    assert quick.once() == 2
    assert quick.results() == ["b.csv.html", "unread/a.csv", "unread/a.txt"]
    assert "ended twice" in (quick.outbox / "unread/a.txt").read_text("utf-8-sig")


def test_a_file_that_takes_too_long_or_too_much_is_given_up(quick):
    quick.worker = Worker(seconds=0.5, memory=512 * 1024**2, work=quickly)
    (quick.inbox / "a.csv").write_text("hang")
    (quick.inbox / "b.csv").write_text("greedy")
    assert quick.once() == 2
    assert "given up" in (quick.outbox / "unread/a.txt").read_text("utf-8-sig")
    if sys.platform == "linux":
        assert "no memory" in (quick.outbox / "unread/b.txt").read_text("utf-8-sig")


def test_stopping_finishes_the_file_at_hand_and_stopping_again_does_not(quick):
    at_hand = quick.inbox.parent / "at hand"
    (quick.inbox / "a.csv").write_text("slow")
    with quick.watching() as alarm:
        quick.until(at_hand.exists)
        alarm.stop()
    assert quick.results() == ["a.csv.html"]
    assert quick.said("Stopping when")
    at_hand.unlink()
    (quick.inbox / "b.csv").write_text("hang")
    with quick.watching() as alarm:
        quick.until(at_hand.exists)
        alarm.stop()
        alarm.stop()
    assert quick.results() == ["a.csv.html"]
    assert (quick.inbox / "b.csv").exists()


def test_a_result_that_cannot_be_written_is_tried_again(quick, monkeypatch):
    monkeypatch.setattr("regsheet.watch.watch.TRY_AGAIN_AFTER", 0.1)
    quick.outbox.mkdir()
    (quick.inbox / "Housing").mkdir()
    (quick.inbox / "Housing/a.csv").write_text("a")
    (quick.outbox / "Housing").write_text("a file in the way")
    with quick.watching():
        quick.until(lambda: quick.said("is left for now"))
        (quick.outbox / "Housing").unlink()
        quick.until(lambda: quick.said("wrote"))
    assert quick.results() == ["Housing/a.csv.html"]


def test_an_inbox_that_is_away_for_a_while_is_waited_for(quick):
    with quick.watching():
        (quick.inbox / "a.csv").write_text("a")
        quick.until(lambda: quick.said("wrote"))
        away = quick.inbox.rename(quick.inbox.with_name("away"))
        quick.until(lambda: quick.said("cannot be looked into"))
        (away / "b.csv").write_text("b")
        away.rename(quick.inbox)
        quick.until(lambda: len(quick.said("wrote")) == 2)
    assert len(quick.said("can be looked into again")) == 1


@pytest.mark.parametrize("outbox", ["in box", "in box/out", "in box/../in box", "."])
def test_folders_that_lie_in_each_other_are_refused(folders, tmp_path, outbox):
    with pytest.raises(WatchError, match=r"same folder|lies within"):
        prepared(folders.inbox, tmp_path / outbox)
    assert list(folders.inbox.iterdir()) == []


def test_an_outbox_that_is_a_link_into_the_inbox_is_refused(folders, tmp_path):
    (folders.inbox / "deep").mkdir()
    (tmp_path / "linked").symlink_to(folders.inbox / "deep", target_is_directory=True)
    with pytest.raises(WatchError, match="lies within"):
        prepared(folders.inbox, tmp_path / "linked")
    with pytest.raises(WatchError, match="is not a folder"):
        prepared(tmp_path / "missing", tmp_path / "out")


def test_two_watches_over_one_outbox_are_one_too_many(folders):
    _, outbox = prepared(folders.inbox, folders.outbox)
    with alone(outbox), pytest.raises(WatchError, match="Another watch"), alone(outbox):
        pass
    with alone(outbox):
        pass


def test_without_watchfiles_it_is_said_what_to_install(folders, monkeypatch):
    monkeypatch.setitem(sys.modules, "watchfiles", None)
    with pytest.raises(WatchError, match="pip install"):
        Listener(folders.inbox, Alarm(), print)


def test_a_file_is_at_rest_when_nothing_of_it_has_changed(folders):
    path = folders.inbox / "a.csv"
    path.write_text("a")
    settling = Settling(10)
    settling.look(look(folders.inbox).files, 0)
    settling.look(look(folders.inbox).files, 8)
    assert settling.left("a.csv", 8) == 2
    path.write_text("ab")
    settling.look(look(folders.inbox).files, 9)
    assert settling.left("a.csv", 11) == 8
    assert settling.left("a.csv", 20) == 0


@pytest.mark.parametrize(
    ("name", "content", "doubt"),
    [
        ("a.xlsx", b"", "unfinished"),
        ("a.xlsx", b"PK\x03\x04 and so on", "unfinished"),
        ("a.xlsx", b"PK\x03\x04 and PK\x05\x06 the end", ""),
        ("a.csv", b"Ref,Title\n\0\0\0\0", "unfinished"),
        ("a.csv", b"Ref,Title\n", ""),
    ],
)
def test_what_is_half_copied_shows_at_its_end(tmp_path, name, content, doubt):
    path = tmp_path / name
    path.write_bytes(content)
    assert doubt_of(path, 1)[0] == doubt
    assert doubt_of(path, 601)[0] == ""
