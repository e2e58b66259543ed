"""Finds the rule that a configuration names and that does not exist, and says where it stands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from regsheet.config import FILE_NAME, Config, LoadedConfig
from regsheet.errors import ConfigurationError
from regsheet.rules.registry import perhaps_meant, rules_by_key, rules_named


def check_names(configuration: LoadedConfig, select: Sequence[str] = (), ignore: Sequence[str] = ()) -> None:
    """Raise ``ConfigurationError`` for a rule that does not exist, chosen by the user or named in the configuration.

    ``select`` and ``ignore`` are those of the command; of the configuration every place counts, used or not.
    """
    for key in (*select, *ignore):
        rules_named(key)
    file = FILE_NAME if configuration.path is None else configuration.path.name
    for place, key in _named(configuration.config):
        if key.strip().upper() not in rules_by_key():
            raise ConfigurationError(f"{file} names a rule {key!r} under {place}, which does not exist"
                                     f"{perhaps_meant(key)}.")  # fmt: skip


def _named(config: Config) -> Iterator[tuple[str, str]]:
    """Every rule that a configuration names, each after the place where it does."""
    rules = config.rules
    for name, keys in (("select", rules.select), ("ignore", rules.ignore), ("severity", rules.severity),
                       ("unwaivable", rules.unwaivable)):  # fmt: skip
        yield from ((f"[rules] {name}", key) for key in keys)
    yield from (("[[waivers]] rule", waiver.rule) for waiver in config.waivers)
