"""Plain lines on the screen: text of a workbook can neither move the cursor nor turn or hide what is said."""

from __future__ import annotations

import re

import click

_UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]")
"""Control characters, those that turn the direction of writing, and halves of characters."""


def printable(text: str) -> str:
    """The text without characters that a terminal or a browser takes for a command; line ends and tabs stay."""
    return _UNPRINTABLE.sub("", text)


def say(text: object, *, err: bool = False, nl: bool = True) -> None:
    """Print a line of text as it is, whatever it holds."""
    click.echo(printable(str(text)), err=err, nl=nl)
