"""Names of new sheets are free, whatever there is already."""

from hypothesis import given
from hypothesis import strategies as st

from regsheet.writer.sheets import SheetNames, choose_names

PLAIN = SheetNames().all()


def test_plain_names_where_they_are_free() -> None:
    assert choose_names(["Register"]).all() == (
        "Check summary", "Conflicts", "Merged edits", "Findings", "Heatmap", "Assurance", "Change log",
    )  # fmt: skip


def test_case_is_no_difference() -> None:
    names = choose_names(["FINDINGS", "findings 2", "heatmap"])
    assert (names.findings, names.heatmap) == ("Findings 3", "Heatmap 2")


@given(
    st.lists(st.sampled_from([f"{name}{ending}" for name in PLAIN for ending in ("", " 2", " 3", " 4")]), unique=True)
)
def test_names_are_always_free_and_short_enough(existing: list[str]) -> None:
    names = choose_names(name.upper() for name in existing)
    folded = [name.casefold() for name in names.all()]
    assert len(set(folded)) == len(PLAIN)
    assert not set(folded) & {name.casefold() for name in existing}
    assert all(len(name) <= 31 for name in names.all())
