"""The sentences of refusal: why a workbook is not opened, or a result not written, and what to do.

The wording is data (``refusals.toml``); the code names a sentence by its key. Names that come from the file are
made printable first, so a hostile part name can neither move the cursor nor fill the screen.
"""

import tomllib
from functools import cache
from importlib import resources

from regsheet.errors import OutputError, PackageError

_LONGEST_NAME = 120


class ForeignFormatError(PackageError):
    """A spreadsheet of another format, whose values can be read by other means.

    ``format`` is 'xls', 'xlsb', 'ods' or 'csv'.
    """

    def __init__(self, message: str, format_name: str) -> None:
        super().__init__(message)
        self.format = format_name


READABLE_ELSEWHERE = frozenset({"xls", "xlsb", "ods", "csv"})
"""Keys of ``refusals.toml`` that are raised as ForeignFormatError."""


@cache
def sentences() -> dict[str, str]:
    """Every sentence by its key."""
    text = resources.files(__package__).joinpath("refusals.toml").read_text(encoding="utf-8")
    return {key: str(value) for key, value in tomllib.loads(text).items()}


def printable(name: object) -> str:
    """A name fit to print: what cannot be shown becomes '?', and a long name is cut in its middle."""
    text = "".join(character if character.isprintable() else "?" for character in str(name))
    if len(text) <= _LONGEST_NAME:
        return text
    half = _LONGEST_NAME // 2
    return f"{text[:half]}…{text[-half:]}"


def _sentence(key: str, fields: dict[str, object]) -> str:
    return sentences()[key].format(**{name: printable(value) for name, value in fields.items()})


def refusal(key: str, file: object, **fields: object) -> PackageError:
    """The error to raise for a workbook that is refused; ``key`` names the sentence."""
    sentence = _sentence(key, {"file": file, **fields})
    return ForeignFormatError(sentence, key) if key in READABLE_ELSEWHERE else PackageError(sentence)


def output_refusal(key: str, file: object, **fields: object) -> OutputError:
    """The error to raise for a result that cannot be written; ``key`` names the sentence."""
    return OutputError(_sentence(key, {"file": file, **fields}))
