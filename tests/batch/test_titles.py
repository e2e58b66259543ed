"""Titles that are alike among many."""

from hypothesis import given
from hypothesis import strategies as st

from regsheet.batch.titles import TELLING_WORDS, TitleIndex
from regsheet.model.previous import likeness

TITLES = (
    "Failure of the case management system", "Case management system failure", "Failure of the cash management system",
    "Flooding of the town centre", "flooding of town centre", "Fraud", "Loss of grant",
)  # fmt: skip


def test_the_same_words_in_other_order_and_case() -> None:
    index = TitleIndex(TITLES)
    assert index.alike("Flooding of the Town Centre", 85) == ("Flooding of the town centre", "flooding of town centre")
    assert index.alike("fraud", 100) == ("Fraud",)
    assert index.alike("Nothing of the kind", 72) == ()
    assert index.alike("", 0) == ()


words = st.sampled_from(["failure", "loss", "of", "the", "case", "grant", "income", "bridge", "school", "pool"])
titles = st.lists(words, min_size=1, max_size=6).map(" ".join)


@given(st.lists(titles, max_size=12), titles)
def test_what_is_found_is_alike_and_what_is_the_same_is_found(known: list[str], title: str) -> None:
    found = TitleIndex(known).alike(title, 80)
    assert all(likeness(title, other) >= 80 for other in found)
    assert {other for other in known if sorted(other.split()) == sorted(title.split())} <= set(found)


@given(st.lists(titles | st.text("aäbqz ", max_size=9), max_size=12), titles, st.sampled_from([0, 72, 85, 92, 100]))
def test_all_that_are_alike_and_share_a_rare_word_are_found(known: list[str], title: str, least: float) -> None:
    different = [one for one in dict.fromkeys(known) if one]
    bearers = {word: [one for one in different if word in one.casefold().split()] for word in title.split()}
    if len(bearers) <= TELLING_WORDS:
        sharing = {one for ones in bearers.values() for one in ones}
        alike = [one for one in different if one in sharing and likeness(title, one) >= least]
        assert TitleIndex(known).alike(title, least) == tuple(alike)
