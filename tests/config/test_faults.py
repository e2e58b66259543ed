"""What is wrong with a configuration is said in plain words, with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from regsheet.config import load_config, parse_config
from regsheet.errors import ConfigurationError


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("[rules]\nignroe = []\n", "in line 2: [rules] has no key 'ignroe'; 'ignore' may be meant."),
        ("stagse = []\n", "in line 1: the file has no key 'stagse'; 'stages' may be meant."),
        ("[rulse]\n", "in line 1: the file has no key 'rulse'; 'rules' may be meant."),
        ("[mail]\nform = 'x'\n", "in line 2: [mail] has no key 'form'; 'from' may be meant."),
        ("[[scoring.bands]]\nnam = 'Red'\n", "[scoring.bands] has no key 'nam'; 'name' may be meant."),
        ("[rules]\nzzz = 1\n", "[rules] has no key 'zzz'."),
        ("[limits]\nreview_cycle_months = 'three'\n",
         "in line 2: 'limits.review_cycle_months' is to be a whole number, not text in quotation marks."),
        ("[rules]\nignore = 'SC001'\n", "'rules.ignore' is to be a list in [ ], not text in quotation marks."),
        ("[[waivers]]\nref = 'R1'\n", "the key 'rule' is missing in [waivers]."),
    ],
)  # fmt: skip
def test_a_fault_in_plain_words(text: str, words: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        parse_config(text, Path("regsheet.toml"))
    assert str(caught.value).endswith(words)


def test_a_configuration_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError, match=r"There is no configuration .*nope\.toml; give the name of one"):
        load_config(tmp_path / "nope.toml")
