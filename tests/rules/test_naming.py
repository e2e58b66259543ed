"""A rule that does not exist: what is said of it, and of where it stands."""

from __future__ import annotations

from pathlib import Path

import pytest

from regsheet import pipeline
from regsheet.config import LoadedConfig, parse_config
from regsheet.errors import ConfigurationError
from regsheet.rules.naming import check_names
from regsheet.rules.registry import rules_by_key

ROWS = (
    "Risk ref,Risk title,Likelihood,Impact,Risk rating,Risk owner\nR1,Flood,4,4,6,Head of Estates\n"
    "R2,Fire,2,3,6,Head of Estates\nR3,Fraud,3,3,9,Head of Finance\n"
)
WAIVER = '[[waivers]]\nrule = "TX0O1"\nref = "R1"\nreason = "Agreed"\nname = "A. Clerk"\n'


def configuration(text: str, name: str = "regsheet.toml") -> LoadedConfig:
    return LoadedConfig(parse_config(text, Path(name)), Path(name), "")


@pytest.mark.parametrize(("text", "said"), [
    ('[rules]\nignore = ["SC0O1"]', "names a rule 'SC0O1' under [rules] ignore, which does not exist; 'SC001' may be"),
    ('[rules]\nselect = ["SC", "OWL"]', "names a rule 'OWL' under [rules] select, which does not exist; 'OW' may be"),
    ('[rules.severity]\n"duplicate-referense" = "note"', "under [rules] severity, which does not exist; "
     "'duplicate-reference' may be meant"),
    ('[rules]\nunwaivable = ["zzzzzzzz"]', "under [rules] unwaivable, which does not exist ('regsheet rules' lists"),
    (WAIVER, "names a rule 'TX0O1' under [[waivers]] rule, which does not exist; 'TX001' may be meant"),
])  # fmt: skip
def test_a_configuration_is_told_where_it_names_a_rule_that_is_not_there(text: str, said: str) -> None:
    with pytest.raises(ConfigurationError) as error:
        check_names(configuration(text))
    assert str(error.value).startswith("regsheet.toml names a rule ")
    assert said in str(error.value)
    assert str(error.value).endswith("('regsheet rules' lists them all).")


def test_it_is_named_by_its_own_file() -> None:
    with pytest.raises(ConfigurationError, match=r"^bad\.toml names a rule 'SC0O1'"):
        check_names(configuration('[rules]\nignore = ["SC0O1"]', "bad.toml"))


def test_on_the_command_line_it_is_only_named() -> None:
    with pytest.raises(ConfigurationError) as error:
        check_names(configuration(""), ignore=("SC0O1",))
    assert str(error.value) == "There is no rule 'SC0O1'; 'SC001' may be meant ('regsheet rules' lists them all)."


def test_whatever_names_a_rule_or_a_family_will_do() -> None:
    keys = [*rules_by_key(), *map(str.lower, rules_by_key()), " sc001 "]
    check_names(configuration(f"[rules]\nselect = {keys!r}\nignore = {keys!r}"), keys, keys)


def test_every_check_says_so(tmp_path: Path) -> None:
    path = tmp_path / "register.csv"
    path.write_text(ROWS, encoding="utf-8")
    options = pipeline.Options(configuration=configuration(WAIVER), select=("SC",))
    with pytest.raises(ConfigurationError, match=r"under \[\[waivers\]\] rule"):
        pipeline.examine(path, options)
