"""The templates of letters: regsheet's own, or a team's in their place, in a sandbox either way."""

from __future__ import annotations

import textwrap
from dataclasses import fields, replace
from pathlib import Path

from jinja2 import BaseLoader, ChoiceLoader, FileSystemLoader, PackageLoader, StrictUndefined, TemplateError
from jinja2.exceptions import TemplateNotFound, TemplateSyntaxError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from regsheet.errors import ConfigurationError
from regsheet.mail.addresses import header_text
from regsheet.mail.letter import Letter
from regsheet.reports.screen import printable

WIDTH = 72
SUBJECT = "subject.txt.j2"
FAULT = "The mail template {name} has a fault{line}: {error}."
SUBJECT_NAME = "of the subject in regsheet.toml"


class Wording:
    """Writes letters. ``folder`` holds templates of the team's own, ``subject`` is a template of one line."""

    def __init__(self, folder: Path | None = None, subject: str | None = None) -> None:
        loaders: list[BaseLoader] = [PackageLoader("regsheet.mail", "templates")]
        if folder is not None:
            if not folder.is_dir():
                raise ConfigurationError(f"The folder of mail templates {folder} is not there; see [mail] templates.")
            loaders.insert(0, FileSystemLoader(folder))
        self._subject = subject
        # A team's folder is not the program: its templates see plain values only, and may change nothing.
        self._environment = ImmutableSandboxedEnvironment(
            loader=ChoiceLoader(loaders),
            autoescape=lambda name: name is not None and ".html" in name,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=False,
        )
        self._environment.filters["wrapped"] = wrapped
        self._environment.filters["lower_first"] = lower_first

    def write(self, letter: Letter) -> tuple[str, str, str]:
        """Subject, plain text and HTML of a letter. Raises ``ConfigurationError`` naming the template at fault."""
        subject = header_text(self._rendered(SUBJECT, letter, self._subject))
        letter = replace(letter, subject=subject)
        text = self._rendered(f"{letter.kind}.txt.j2", letter)
        return subject, _tidy(printable(text)), printable(self._rendered(f"{letter.kind}.html.j2", letter))

    def _rendered(self, name: str, letter: Letter, source: str | None = None) -> str:
        values = {field.name: getattr(letter, field.name) for field in fields(letter)}
        try:
            own = self._environment.get_template(name) if source is None else self._environment.from_string(source)
            return own.render(values)
        except TemplateSyntaxError as error:
            raise _fault(error.name or name, error.message or str(error), error.lineno, source) from error
        except TemplateNotFound as error:
            raise _fault(name, f"there is no template {error.name!r}", None, source) from error
        except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError, OverflowError,
                RecursionError) as error:  # fmt: skip
            raise _fault(name, str(error), None, source) from error


def _fault(name: str, error: str, line: int | None, source: str | None) -> ConfigurationError:
    where = f" in line {line}" if line and source is None else ""
    called = SUBJECT_NAME if source is not None else name
    return ConfigurationError(FAULT.format(name=called, line=where, error=error.rstrip(".")))


def wrapped(text: object, indent: str = "") -> str:
    """A text on lines of at most 72 characters; every line but the first begins with ``indent``, the first as it is."""
    given = str(text)
    start = given[: len(given) - len(given.lstrip(" "))]
    return textwrap.fill(
        " ".join(given.split()), WIDTH, initial_indent=start, subsequent_indent=indent,
        break_long_words=False, break_on_hyphens=False,
    )  # fmt: skip


def lower_first(text: object) -> str:
    """A text with a small first letter, for the middle of a sentence."""
    given = str(text)
    return given[:1].lower() + given[1:]


def _tidy(text: str) -> str:
    """No blank line twice, none at the ends."""
    lines: list[str] = []
    for line in text.split("\n"):
        if line.strip() or (lines and lines[-1]):
            lines.append(line.rstrip())
    return "\n".join(lines).strip("\n") + "\n"
