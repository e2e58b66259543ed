"""Each oddity of workbooks, and each way to zip them: a trial loses nothing, and comes off again."""

import pytest
from measure import faults
from odd_packages import ODDITIES
from package_parts import parts_of, zipped
from packings import PACKINGS
from rich_workbook import FEATURES, rich_workbook

# Names and filters belong to sheets by position; some oddities put another sheet first.
BARE = rich_workbook(frozenset(FEATURES) - {"names", "filter", "print settings", "hidden first"})


@pytest.mark.parametrize("name", ODDITIES)
def test_an_oddity_is_kept(name: str) -> None:
    parts = parts_of(BARE)
    ODDITIES[name](parts)
    assert zipped(parts) != zipped(parts_of(BARE))
    assert faults(zipped(parts)) == []


@pytest.mark.parametrize("name", PACKINGS)
def test_a_packing_is_kept(name: str) -> None:
    assert faults(PACKINGS[name](parts_of(BARE))) == []
