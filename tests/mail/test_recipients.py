"""Who gets what."""

import datetime as dt

import pytest
from mailing import PROPERTY, drafts_of, people, text_of

from regsheet.mail.recipients import shares
from regsheet.model.owners_list import Owner

TEAM = "assurance@council.example"
FINANCE = Owner("Head of Finance", "Ada Lund", "ada.lund@council.example", aliases=("Section 151 Officer",))


def faulty(owner, row=2):
    """A finding on the risk of this owner."""
    return {(row, "Cause"): None, (row, "Risk Owner"): owner}


def test_everybody_gets_their_own_and_only_that(make_annotated):
    path = make_annotated({**faulty("Head of Property", 1), **faulty("Section 151 Officer", 2)})
    drafts = drafts_of(path, people(PROPERTY, FINANCE))
    assert set(drafts) == {"jo.wren@council.example", "ada.lund@council.example"}
    assert "R1" in text_of(drafts["jo.wren@council.example"])
    assert "R1" not in text_of(drafts["ada.lund@council.example"])


def test_a_finding_of_several_owners_goes_to_each(make_annotated):
    drafts = drafts_of(make_annotated(faulty("Head of Property / Head of Finance")), people(PROPERTY, FINANCE))
    assert {"jo.wren@council.example", "ada.lund@council.example"} <= set(drafts)
    for address in ("jo.wren@council.example", "ada.lund@council.example"):
        assert "No cause" in text_of(drafts[address])


@pytest.mark.parametrize(
    ("owner", "reason"),
    [(None, "no owner named"), ("Head of Dragons", "“Head of Dragons” is not on the owners list"),
     ("Head of Finance", "Head of Finance has no e-mail address")],
)  # fmt: skip
def test_what_cannot_be_sent_to_an_owner_goes_to_the_assurance_team(make_annotated, owner, reason):
    drafts = drafts_of(make_annotated(faulty(owner)), people(PROPERTY, Owner("Head of Finance", "Ada Lund", "none")))
    assert drafts[TEAM].name == "Assurance team"
    assert any(reason in words for words in drafts[TEAM].reasons)
    assert reason in " ".join(text_of(drafts[TEAM]).split())


GONE = {"role": "Head of Finance", "name": "Ada Lund", "email": "ada.lund@council.example", "end": dt.date(2024, 9, 30)}
NEXT = Owner("Director of Resources", "Bo Frost", "bo.frost@council.example")


@pytest.mark.parametrize(
    ("leaver", "others", "to"),
    [
        ({**GONE, "successor": "Director of Resources"}, [NEXT], "bo.frost@council.example"),
        ({**GONE, "deputy": "Director of Resources"}, [NEXT], "bo.frost@council.example"),
        (GONE, [Owner("Head of Finance", "Cy Holm", "cy.holm@council.example")], "cy.holm@council.example"),
        ({**GONE, "successor": "Nobody known", "deputy": "Director of Resources"}, [NEXT], "bo.frost@council.example"),
        (GONE, [NEXT], TEAM),
        ({**GONE, "end": None, "start": dt.date(2025, 2, 1), "deputy": "Bo Frost"}, [NEXT], "bo.frost@council.example"),
    ],
)  # fmt: skip
def test_mail_to_somebody_not_in_post_goes_to_who_follows_or_stands_in(make_annotated, leaver, others, to):
    drafts = drafts_of(make_annotated(faulty("Head of Finance")), people(PROPERTY, leaver, *others))
    assert "ada.lund@council.example" not in drafts
    assert "No cause" in text_of(drafts[to])
    assert GONE["name"] in "".join(drafts[to].reasons) or "Cy" in drafts[to].name


def test_only_the_letter_says_you_to_who_stands_in(make_annotated):
    leaver = {**GONE, "deputy": "Director of Resources"}
    drafts = drafts_of(make_annotated(faulty("Head of Finance")), people(PROPERTY, leaver, NEXT))
    draft = drafts["bo.frost@council.example"]
    assert "you follow or stand in" in " ".join(text_of(draft).split())
    (reason,) = draft.reasons
    assert "; Bo Frost follows or stands in (" in reason and "you" not in reason


def test_two_posts_with_one_address_get_one_mail(make_annotated):
    other = Owner("Head of Estates", "Jo Wren", "Jo.Wren@council.example")
    path = make_annotated({**faulty("Head of Property", 1), **faulty("Head of Estates", 2)})
    (draft,) = drafts_of(path, people(PROPERTY, other)).values()
    assert {"R1", "R2"} <= set(text_of(draft).replace(":", " ").split())


def test_with_all_the_others_hear_that_there_is_nothing_to_do(make_annotated):
    others = {(row, "Risk Owner"): "Head of Dragons" for row in (3, 4)}
    path = make_annotated({**faulty("Head of Finance"), **others})
    assert set(drafts_of(path, people(PROPERTY, FINANCE))) - {TEAM} == {FINANCE.email}
    drafts = drafts_of(path, people(PROPERTY, FINANCE, Owner("Chief Executive", "Di Voss", "di@council.example")),
                       everybody=True)  # fmt: skip
    assert set(drafts) - {TEAM} == {FINANCE.email, PROPERTY.email, "di@council.example"}
    assert drafts[PROPERTY.email].subject.startswith("Nothing to do")
    assert "the 3 risks you own" in " ".join(text_of(drafts[PROPERTY.email]).split())
    assert "No risk in it names you" in " ".join(text_of(drafts["di@council.example"]).split())


def test_waived_findings_ask_nothing_of_anybody(contents, owners):
    waived = [finding for finding in contents.findings if finding.is_waived]
    given = shares(contents, owners)
    assert waived == []
    assert sum(len(share.findings) for share in given) == len(contents.findings)
