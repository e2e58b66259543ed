"""Putting a result in its place: whole or not at all."""

import contextlib
import errno
import os
import re
import secrets
import shutil
import stat
import time
from pathlib import Path

from regsheet.errors import OutputError
from regsheet.limits import STALE_SECONDS
from regsheet.package.joined import Joined
from regsheet.package.refusals import output_refusal

_PREFIX, _SUFFIX = ".regsheet-", ".tmp"
_TEMPORARY = re.compile(r"\.regsheet-[0-9a-f]{16}\.tmp")
_KEYS = {
    errno.ENOSPC: "output_disk_full",
    errno.EDQUOT: "output_disk_full",
    errno.ENAMETOOLONG: "output_long_name",
    errno.EISDIR: "output_is_folder",
    errno.EACCES: "output_read_only",
    errno.EPERM: "output_read_only",
    errno.EROFS: "output_read_only",
    errno.ENOENT: "output_no_folder",
    errno.ENOTDIR: "output_no_folder",
}


def write_whole(path: str | os.PathLike[str], content: bytes | Joined) -> None:
    """Write ``content`` to ``path`` so that a reader sees the old file or the whole new one, never a part of it.

    The bytes go to a temporary file in the same folder, to the disk, and only then into place. Two runs at once use
    different temporary files; none is left behind when something fails. Raises OutputError.
    """
    target = Path(path)
    temporary = target.parent / f"{_PREFIX}{secrets.token_hex(8)}{_SUFFIX}"
    _clear_away(target.parent)
    try:
        if target.is_dir():
            raise output_refusal("output_is_folder", target.name or target)
        _write_through(temporary, content)
        if target.exists():
            with contextlib.suppress(OSError):
                shutil.copymode(target, temporary)
        _move(temporary, target)
    except (OSError, ValueError) as error:
        raise _refused(target, error) from None
    finally:
        with contextlib.suppress(OSError, ValueError):
            temporary.unlink(missing_ok=True)
    _settle(target.parent)


def is_folder(target: Path) -> bool:
    """Whether a result's place is a folder. Raises ``OutputError`` where no file can be (its name is too long)."""
    try:
        return stat.S_ISDIR(target.stat().st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return False
    except (OSError, ValueError) as error:
        raise _refused(target, error) from None


def _clear_away(folder: Path) -> None:
    """Remove temporary files that runs which were killed have left; those of a run that is going on are new."""
    with contextlib.suppress(OSError, ValueError):
        for left in folder.glob(f"{_PREFIX}*{_SUFFIX}"):
            with contextlib.suppress(OSError):
                age = time.time() - left.lstat().st_mtime
                if _TEMPORARY.fullmatch(left.name) and age > STALE_SECONDS:
                    left.unlink()


def _write_through(temporary: Path, content: bytes | Joined) -> None:
    # Opened exclusively and with the user's own umask, as any new file is.
    with temporary.open("xb") as stream:
        for piece in content if isinstance(content, Joined) else (content,):
            stream.write(piece)
        stream.flush()
        try:
            os.fsync(stream.fileno())
        except OSError as error:
            # Some network folders cannot say when they are done; that is no reason not to save there.
            if error.errno not in (errno.EINVAL, errno.ENOTSUP):
                raise


def _move(temporary: Path, target: Path) -> None:
    try:
        temporary.replace(target)
    except PermissionError:
        # The folder is writable, for the temporary file is in it: Windows refuses because the target is open.
        raise output_refusal("output_open", target.name) from None


def _settle(folder: Path) -> None:
    """Bring the folder's entry to the disk, where the system can; the file itself is there already."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _refused(target: Path, error: OSError | ValueError) -> OutputError:
    """The error to raise where the system refuses a place for a result."""
    key = _KEYS.get(getattr(error, "errno", None) or 0, "output_failed")
    reason = (getattr(error, "strerror", None) or "its name cannot be used").lower()
    return output_refusal(key, target.name, folder=target.parent, reason=reason)
