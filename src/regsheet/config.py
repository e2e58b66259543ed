"""The configuration ``regsheet.toml`` as a typed value. Every key has a default; see ``regsheet template config``."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
import tomllib
from dataclasses import dataclass
from difflib import get_close_matches
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

import msgspec

from regsheet.errors import ConfigurationError
from regsheet.layout.fields import MAP_FIELDS, NONE, REGISTER_FIELDS, is_field
from regsheet.layout.settled import ColumnMapping
from regsheet.limits import MAX_CONFIGURATION_BYTES

FILE_NAME = "regsheet.toml"


class BandSetting(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A band: its name, its lowest and highest rating, and its colour as ``RRGGBB``."""

    name: str
    low: float
    high: float
    colour: str

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[0-9A-Fa-f]{6}", self.colour):
            raise ValueError(f"the colour of band {self.name!r} must be six hexadecimal digits such as FFC000")
        if self.low > self.high:
            raise ValueError(f"the lowest rating of band {self.name!r} is above its highest")


class ScoringSetting(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How ratings are worked out. Left out, the workbook's own scale and matrix are used, else the default.

    ``matrix`` holds the ratings of rule "lookup": a row for each level of likelihood, lowest first, and in it a rating
    for each level of impact, lowest first.
    """

    rule: Literal["product", "sum", "lookup"] | None = None
    likelihood: dict[str, float] | None = None
    impact: dict[str, float] | None = None
    matrix: tuple[tuple[float, ...], ...] = ()
    bands: tuple[BandSetting, ...] = ()

    def __post_init__(self) -> None:
        ordered = sorted(self.bands, key=lambda band: band.low)
        for lower, upper in pairwise(ordered):
            if lower.high >= upper.low:
                raise ValueError(f"bands {lower.name!r} and {upper.name!r} overlap")
        if (self.rule == "lookup") != bool(self.matrix):
            raise ValueError("rule 'lookup' and a matrix go together: give both or neither")
        if self.matrix:
            self._check_matrix()

    def _check_matrix(self) -> None:
        if not (self.likelihood and self.impact):
            raise ValueError("a matrix needs the levels of likelihood and of impact")
        if len(self.matrix) != len(self.likelihood) or any(len(row) != len(self.impact) for row in self.matrix):
            raise ValueError("the matrix must have a row for each level of likelihood and a figure for each of impact")


class AppetiteSetting(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The highest residual rating that is accepted: by category or objective (as the register words it), or for all."""

    default: float | None = None
    by_category: dict[str, float] = {}
    by_objective: dict[str, float] = {}


class RulesSetting(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which rules run (codes, families such as ``SC``, or names), how severe they are, which cannot be waived."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    severity: dict[str, Literal["error", "warning", "note"]] = {}
    unwaivable: tuple[str, ...] = ()


class LimitsSetting(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When a thing is too old, or too much."""

    review_cycle_months: Annotated[int, msgspec.Meta(ge=1, le=1200)] = 3
    assurance_months: Annotated[int, msgspec.Meta(ge=1, le=1200)] = 24
    mention_quarters: Annotated[int, msgspec.Meta(ge=1, le=400)] = 4
    long_red_quarters: Annotated[int, msgspec.Meta(ge=1, le=400)] = 4
    owner_share: Annotated[float, msgspec.Meta(gt=0, le=1)] = 0.4
    line_share: Annotated[float, msgspec.Meta(gt=0, le=1)] = 0.8


class AssuranceSetting(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The model of assurance: three lines of defence, or four with external assurance on its own line."""

    lines: Literal[3, 4] = 3


class MailSetting(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """E-mail to heads of service: who it is from, what it says, how long they have.

    ``from`` is the sender and ``assurance_team`` the address for what has no owner; ``subject`` is a template of one
    line; ``reply_days`` counts working days, of which ``holidays`` are none; ``templates`` is a folder beside the
    configuration whose files take the place of regsheet's own.
    """

    sender: str = msgspec.field(default="", name="from")
    assurance_team: str = ""
    subject: str | None = None
    reply_days: Annotated[int, msgspec.Meta(ge=1, le=250)] = 10
    holidays: tuple[dt.date, ...] = ()
    templates: str | None = None


class WaiverSetting(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A finding that is accepted: the rule's code, the risk's reference, and if wanted the field and its value.

    ``value`` is the cell's text when it was waived: when the cell changes, the waiver no longer holds.
    """

    rule: str
    ref: str
    field: str | None = None
    value: str | float | None = None
    reason: str = ""
    name: str = ""
    until: dt.date | None = None


class MappingSetting(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the columns of one kind of sheet mean, settled by a person: heading to field, ``none`` for leaving it out.

    It holds for every table whose headings include all of these, whatever its sheet is called.
    """

    headings: dict[str, str]

    def __post_init__(self) -> None:
        if not self.headings:
            raise ValueError("a mapping needs at least one heading")
        said: dict[str, str] = {}
        for heading, field in self.headings.items():
            if field != NONE and not is_field(field):
                raise ValueError(f"{field!r}, which heading {heading!r} is mapped to, is no field{_near(field)}")
            if field != NONE and field in said:
                raise ValueError(f"headings {said[field]!r} and {heading!r} are both mapped to {field!r}")
            said[field] = heading
        if len(self.columns.keys) < len(self.headings):
            raise ValueError("the same heading stands twice in a mapping")

    @property
    def columns(self) -> ColumnMapping:
        """The mapping as the reader takes it."""
        return ColumnMapping(self.headings)


def _near(field: str) -> str:
    """``; did you mean 'owner'?``, or which fields there are."""
    close = get_close_matches(field, (*REGISTER_FIELDS, *MAP_FIELDS), 1)
    known = "; write 'none' to leave the column out, or one of " + ", ".join(REGISTER_FIELDS)
    return f"; did you mean {close[0]!r}?" if close else known


class Config(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything that a team may settle for good.

    ``services`` maps patterns of file names, with the folders they stand in (``Housing/*``), to the service's name.
    """

    day_first: bool = True
    stages: tuple[Literal["inherent", "residual", "target"], ...] = ("inherent", "residual", "target")
    owners: str | None = None
    objectives: tuple[str, ...] = ()
    organisation: str = ""
    services: dict[str, str] = {}
    scoring: ScoringSetting = ScoringSetting()
    appetite: AppetiteSetting = AppetiteSetting()
    rules: RulesSetting = RulesSetting()
    limits: LimitsSetting = LimitsSetting()
    assurance: AssuranceSetting = AssuranceSetting()
    mail: MailSetting = MailSetting()
    waivers: tuple[WaiverSetting, ...] = ()
    mappings: tuple[MappingSetting, ...] = ()

    @property
    def column_mappings(self) -> tuple[ColumnMapping, ...]:
        """What is settled about columns, as the reader takes it."""
        return tuple(mapping.columns for mapping in self.mappings)


@dataclass(frozen=True, slots=True)
class LoadedConfig:
    """A configuration and where it came from. ``sha256`` is the file's; of the defaults it is the empty text's."""

    config: Config
    path: Path | None
    sha256: str

    @property
    def name(self) -> str:
        """What the output calls it."""
        return "regsheet's defaults (no regsheet.toml found)" if self.path is None else self.path.name


def find_config(workbook: Path) -> Path | None:
    """The ``regsheet.toml`` nearest to a workbook: in its folder or the first one above that has it."""
    folder = workbook.resolve().parent
    return next((f / FILE_NAME for f in (folder, *folder.parents) if (f / FILE_NAME).is_file()), None)


def load_config(path: Path | None) -> LoadedConfig:
    """Read a configuration file; None gives the defaults. Raises ``ConfigurationError`` naming the key and the line."""
    if path is None:
        return LoadedConfig(Config(), None, hashlib.sha256(b"").hexdigest())
    try:
        with path.open("rb") as stream:
            data = stream.read(MAX_CONFIGURATION_BYTES + 1)
        if len(data) > MAX_CONFIGURATION_BYTES:
            raise ConfigurationError(f"The configuration {path} is too large to be one; name another with --config.")
        text = data.decode("utf-8-sig")
    except FileNotFoundError as error:
        raise ConfigurationError(f"There is no configuration {path}; give the name of one that is there.") from error
    except OSError as error:
        raise ConfigurationError(f"The configuration {path} cannot be read: {error.strerror or error}.") from error
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"The configuration {path} is not UTF-8 text; save it as UTF-8.") from error
    return LoadedConfig(parse_config(text, path), path, hashlib.sha256(data).hexdigest())


def parse_config(text: str, path: Path) -> Config:
    """A configuration from its text; ``path`` is for messages. Raises ``ConfigurationError`` as ``load_config``."""
    try:
        return msgspec.convert(tomllib.loads(text), Config)
    except RecursionError:
        raise ConfigurationError(f"The configuration {path} nests brackets too deeply to be one.") from None
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"The configuration {path} is not valid TOML: {error}.") from error
    except msgspec.ValidationError as error:
        words = str(error)
        raise ConfigurationError(
            f"The configuration {path} has a fault{_where(words, text)}: {_plain(words)}."
        ) from error
    except ValueError as error:  # a figure of thousands of digits
        raise ConfigurationError(f"The configuration {path} has a fault: {error}.") from error


_KINDS = {
    "int": "a whole number", "float": "a number", "str": "text in quotation marks", "bool": "true or false",
    "array": "a list in [ ]", "object": "a table of keys and values", "date": "a date such as 2024-12-31",
    "null": "nothing",
}  # fmt: skip
"""What a validation message calls a kind of value, and what people call it."""


def _plain(message: str) -> str:
    """A validation message in words for people; one that is none of the known ones stays as it is."""
    fault, _, place = message.partition(" - at `$")
    section = re.sub(r"\[[^\]]*\]", "", place.strip("`.")).strip(".")
    if unknown := re.fullmatch(r"Object contains unknown field `([^`]+)`", fault):
        table = f"[{section}]" if section else "the file"
        close = get_close_matches(unknown[1], _keys(section), 1)
        return f"{table} has no key '{unknown[1]}'" + (f"; '{close[0]}' may be meant" if close else "")
    if missing := re.fullmatch(r"Object missing required field `([^`]+)`", fault):
        return f"the key '{missing[1]}' is missing in [{section}]"
    if wrong := re.fullmatch(r"Expected `([^`]+)`, got `([^`]+)`", fault):
        wanted = " or ".join(dict.fromkeys(_KINDS.get(kind, kind) for kind in wrong[1].split(" | ") if kind != "null"))
        return f"'{section}' is to be {wanted}, not {_KINDS.get(wrong[2], wrong[2])}"
    return message


def _keys(section: str) -> tuple[str, ...]:
    """The keys that a section may hold, as they are written in the file."""
    kind: Any = Config
    for name in filter(None, section.split(".")):
        fields = {item.encode_name: item.type for item in msgspec.structs.fields(kind)}
        kind = fields.get(name)
        kind = next(iter(get_args(kind)), kind)
        if not (isinstance(kind, type) and issubclass(kind, msgspec.Struct)):
            return ()
    return tuple(item.encode_name for item in msgspec.structs.fields(kind))


def _where(message: str, text: str) -> str:
    """The line of the key that a validation message names, as far as the text tells."""
    named = re.search(r"unknown field `([^`]+)`", message) or re.search(r"at `\$((?:\.\w+|\[[^\]]*\])+)`", message)
    if named is None:
        return ""
    keys = re.findall(r"\w+", named[1])
    keys = [key for key in keys if not key.isdigit()]
    if not keys:
        return ""
    found = re.search(rf"^\s*(?:\[+\s*(?:[\w.]+\.)?)?{re.escape(keys[-1])}\b", text, re.MULTILINE)
    return "" if found is None else f" in line {text.count(chr(10), 0, found.end()) + 1}"
