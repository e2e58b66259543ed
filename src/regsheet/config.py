"""The configuration ``regsheet.toml`` as a typed value. Every key has a default; see ``regsheet template config``."""

from __future__ import annotations

import hashlib
import re
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import msgspec

from regsheet.errors import ConfigurationError

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
    """How ratings are worked out. Left out, the workbook's own scale and matrix are used, else the default."""

    rule: Literal["product", "sum"] | None = None
    likelihood: dict[str, float] | None = None
    impact: dict[str, float] | None = None
    bands: tuple[BandSetting, ...] = ()

    def __post_init__(self) -> None:
        ordered = sorted(self.bands, key=lambda band: band.low)
        for lower, upper in zip(ordered, ordered[1:], strict=False):
            if lower.high >= upper.low:
                raise ValueError(f"bands {lower.name!r} and {upper.name!r} overlap")


class RulesSetting(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Which rules run: codes or families (``SC``)."""

    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()


class LimitsSetting(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """When a thing is too old."""

    review_cycle_months: int = 3
    assurance_months: int = 24


class Config(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Everything that a team may settle for good."""

    scoring: ScoringSetting = ScoringSetting()
    rules: RulesSetting = RulesSetting()
    limits: LimitsSetting = LimitsSetting()
    day_first: bool = True


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
        data = path.read_bytes()
        text = data.decode("utf-8-sig")
    except OSError as error:
        raise ConfigurationError(f"The configuration {path} cannot be read: {error.strerror or error}.") from error
    except UnicodeDecodeError as error:
        raise ConfigurationError(f"The configuration {path} is not UTF-8 text; save it as UTF-8.") from error
    try:
        config = msgspec.convert(tomllib.loads(text), Config)
    except tomllib.TOMLDecodeError as error:
        raise ConfigurationError(f"The configuration {path} is not valid TOML: {error}.") from error
    except msgspec.ValidationError as error:
        raise ConfigurationError(f"The configuration {path} has a fault{_where(str(error), text)}: {error}.") from error
    return LoadedConfig(config, path, hashlib.sha256(data).hexdigest())


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
