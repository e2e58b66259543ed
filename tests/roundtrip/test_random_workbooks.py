"""Workbooks with random features and oddities: a trial loses nothing, and comes off again."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from measure import faults
from odd_packages import ODDITIES
from package_parts import parts_of, zipped
from packings import PACKINGS
from rich_workbook import FEATURES, rich_workbook

LONG = frozenset({"full_first_row"})
"""Too slow to be read by others many times over."""


def made(features: frozenset[str], oddities: frozenset[str], packing: str | None) -> bytes:
    parts = parts_of(rich_workbook(features))
    for name, change in ODDITIES.items():
        if name in oddities:
            changed = dict(parts)
            try:
                change(changed)
            except (AssertionError, KeyError, UnicodeDecodeError):
                continue  # an earlier oddity took away what this one changes
            parts = changed
    return zipped(parts) if packing is None else PACKINGS[packing](parts)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.frozensets(st.sampled_from(FEATURES)),
    st.frozensets(st.sampled_from([name for name in ODDITIES if name not in LONG]), max_size=3),
    st.none() | st.sampled_from(list(PACKINGS)),
)
def test_nothing_is_lost(features: frozenset[str], oddities: frozenset[str], packing: str | None) -> None:
    assert faults(made(features, oddities, packing)) == []
