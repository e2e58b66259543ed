"""A workbook file as bytes: read whole, whoever else has it open."""

import os
import stat
from pathlib import Path

from regsheet import limits
from regsheet.package.refusals import refusal


def read_file(path: str | os.PathLike[str]) -> bytes:
    """All bytes of a workbook file.

    It is read at once and closed again, so that one which is open in Excel can be read beside it. Raises PackageError
    when it is not there, is no ordinary file, is empty or too large, or may not be read.
    """
    file = Path(path)
    try:
        status = file.stat()
        if stat.S_ISDIR(status.st_mode):
            raise refusal("folder", file.name or file)
        if not stat.S_ISREG(status.st_mode):
            raise refusal("not_a_file", file.name)
        if status.st_size > limits.MAX_FILE_BYTES:
            raise refusal("too_large", file.name, limit=limits.MAX_FILE_BYTES // 1024**2)
        with file.open("rb") as stream:
            data = stream.read(status.st_size + 1)  # room is made for as many bytes as are asked for
            if len(data) > status.st_size:  # it has grown since
                data += stream.read(limits.MAX_FILE_BYTES + 1 - len(data))
    except (FileNotFoundError, NotADirectoryError):
        raise refusal("missing", file) from None
    except PermissionError:
        raise refusal("no_permission", file.name) from None
    except (OSError, ValueError) as error:
        reason = (getattr(error, "strerror", None) or "the name cannot be used").lower()
        raise refusal("unreadable", file.name, reason=reason) from None
    if len(data) > limits.MAX_FILE_BYTES:
        raise refusal("too_large", file.name, limit=limits.MAX_FILE_BYTES // 1024**2)
    if file.name.startswith("~$") and not data.startswith(b"PK"):
        raise refusal("lock_file", file.name)
    return data
