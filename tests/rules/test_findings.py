"""Findings are made by msgspec and read as dataclasses: what a reader of either kind relies on."""

import copy
import dataclasses
import pickle
from typing import Any

import pandas as pd
import pytest

from regsheet.corrections.log import Change
from regsheet.rules.findings import Correction, Finding, Severity

CORRECTION = Correction("Register", "K5", 6, 16, "derived", "4 × 4 = 16")
FINDING = Finding(
    "SC001", "wrong-overall-rating", Severity.ERROR, "Register", "K5", "R1: it is 6.", "Confirm.", ref="R1", value=6,
    correction=CORRECTION,
)  # fmt: skip
CHANGE = Change(CORRECTION, "SC001", "wrong-overall-rating", "R1", "residual_rating")


@pytest.mark.parametrize("one", [FINDING, CORRECTION, CHANGE])
def test_cannot_be_changed(one: Any) -> None:
    """A finding is handed from rule to report: nobody may change what another still reads."""
    for name in (dataclasses.fields(one)[0].name, "new"):
        with pytest.raises(dataclasses.FrozenInstanceError):
            setattr(one, name, "Other")
        with pytest.raises(dataclasses.FrozenInstanceError):
            delattr(one, name)


@pytest.mark.parametrize("one", [FINDING, CORRECTION, CHANGE])
def test_same_where_all_is_the_same(one: Any) -> None:
    """Equality and hash go by every field."""
    assert copy.deepcopy(one) == one == pickle.loads(pickle.dumps(one))  # noqa: S301
    assert hash(copy.deepcopy(one)) == hash(one)
    for field in dataclasses.fields(one):
        assert dataclasses.replace(one, **{field.name: "another"}) != one


def test_reads_as_a_dataclass() -> None:
    """As a dictionary with what it holds, and as the row of a dataframe."""
    told = dataclasses.asdict(FINDING)
    assert told == {**{name: getattr(FINDING, name) for name in told}, "correction": dataclasses.asdict(CORRECTION)}
    frame = pd.DataFrame([FINDING])
    assert list(frame.columns) == [field.name for field in dataclasses.fields(Finding)] == list(told)
    assert frame.loc[0, "message"] == "R1: it is 6."


def test_another_status_changes_nothing_else() -> None:
    """``with_status`` names every field in order: one that is forgotten or exchanged shows here."""
    values = {field.name: field.name for field in dataclasses.fields(Finding)}
    assert Finding(**values).with_status("waived") == Finding(**{**values, "status": "waived"})  # type: ignore[arg-type]
