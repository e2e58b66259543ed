"""Which workbooks of a run belong together, and what the others are told."""

from __future__ import annotations

from pathlib import Path

import pytest
from small import AS_OF, RISKS, write_map, write_register

from regsheet.batch.copies import copies
from regsheet.batch.packing import pack, unpack, unpack_partner
from regsheet.batch.partners import partners
from regsheet.batch.quarters import pair_quarters
from regsheet.batch.survey import Reading, Seen, survey
from regsheet.batch.together import Together
from regsheet.config import Config, parse_config
from regsheet.pipeline import Options, annotate, examine, read
from regsheet.rules.elsewhere import Called, Elsewhere, Share

OTHERS = ("Fall of a tree", "Fire at the depot", "Strike of the drivers", "Loss of the depot lease")


def seen(folder: Path, *paths: Path) -> list[Seen]:
    return [survey(Reading(path.relative_to(folder).as_posix(), str(path), Config())) for path in paths]


def test_a_map_goes_with_the_register_of_its_name(tmp_path: Path) -> None:
    found = seen(
        tmp_path,
        write_register(tmp_path / "Housing/risk register Q4.xlsx", ["Some risk", "Another risk"]),
        write_map(tmp_path / "Housing/Q4 assurance map.xlsx", ["Quite something else"]),
        write_register(tmp_path / "Place/risk register Q4.xlsx", OTHERS),
    )
    assert partners(found) == {0: (1,), 1: (0,)}


def test_a_map_goes_with_the_registers_that_share_its_risks(tmp_path: Path) -> None:
    found = seen(
        tmp_path,
        write_register(tmp_path / "a.xlsx", RISKS),
        write_register(tmp_path / "b.xlsx", OTHERS),
        write_map(tmp_path / "whole council.xlsx", [*RISKS[:4], *OTHERS]),
        write_register(tmp_path / "c.xlsx", [*RISKS[:2], "Loss of a ship", "Loss of a harbour", "A whale"]),
    )
    assert partners(found) == {0: (2,), 1: (2,), 2: (0, 1)}, "c shares only what a has accounted for"


def test_titles_that_are_only_alike_join_a_map_that_has_no_register_otherwise(tmp_path: Path) -> None:
    found = seen(
        tmp_path,
        write_register(tmp_path / "a.xlsx", ["Failure of the river bridge", "Theft of the library stock"]),
        write_map(tmp_path / "m.xlsx", ["River bridge: failure of the", "Theft of library stock"]),
    )
    assert partners(found) == {0: (1,), 1: (0,)}


def test_last_quarter_by_name_then_by_content(tmp_path: Path) -> None:
    now = seen(tmp_path, write_register(tmp_path / "Q4/Housing Q4.xlsx"),
               write_register(tmp_path / "Q4/new.xlsx", OTHERS),
               write_register(tmp_path / "Q4/fresh.xlsx", ["Something that was never there"]))  # fmt: skip
    then = seen(tmp_path, write_register(tmp_path / "Q3/old.xlsx", OTHERS),
                write_register(tmp_path / "Q3/Housing Q3.xlsx", ["Wholly rewritten"]),
                write_register(tmp_path / "Q3/closed.xlsx", ["Long gone"]))  # fmt: skip
    pairs, gone = pair_quarters(now, then)
    assert pairs == {0: 1, 1: 0}
    assert gone == ("Q3/closed.xlsx",)


def test_an_annotated_copy_counts_only_where_its_original_is_not_there(tmp_path: Path) -> None:
    original = write_register(tmp_path / "r.xlsx")
    named, renamed = tmp_path / "r.checked.xlsx", tmp_path / "returned by Housing.xlsx"
    annotate(original, named)
    annotate(original, renamed)
    found = seen(tmp_path, original, named, renamed)
    assert copies(found) == dict.fromkeys((1, 2), "It is an annotated copy of “r.xlsx”, which is there too.")
    assert copies(found[1:]) == {}
    assert [one.is_copy for one in found] == [False, True, True]


def test_what_is_told_of_the_others(tmp_path: Path) -> None:
    config = parse_config('[[waivers]]\nrule = "OW001"\nref = "r 2"\nreason = "x"\nname = "y"\n', tmp_path / "c.toml")
    paths = [
        write_register(tmp_path / "a.xlsx", RISKS),
        write_register(tmp_path / "b.xlsx", [RISKS[0] + "s"], {0: {"Risk Owner": "Head of Roads", "RAG": "Amber"}}),
        write_register(tmp_path / "c.xlsx", [RISKS[0]], {0: {"Ref": "X1", "RAG": "amber"}}),
    ]
    together = Together(seen(tmp_path, *paths), config)
    told = together.elsewhere(0, ["Collapse of a river bridge", "Gone for good", RISKS[1]])
    assert {word: (called.word, called.file, called.workbooks) for word, (called,) in told.called.items()} == {
        6.0: ("Amber", "b.xlsx", 1)
    }
    assert {title: [(risk.file, risk.owner) for risk in risks] for title, risks in told.owned.items()} == {
        RISKS[0]: [("b.xlsx", "Head of Roads"), ("c.xlsx", "Head of Property")]
    }
    assert told.titles == {"Collapse of a river bridge"}
    assert told.names == frozenset()
    assert together.elsewhere(2).names == {"r2"}
    assert together.elsewhere(2).called == {6.0: (Called("Green", "a.xlsx", 1), Called("Amber", "b.xlsx", 1))}


def test_a_packed_workbook_is_the_workbook(tmp_path: Path) -> None:
    book = read(write_register(tmp_path / "r.xlsx"))
    there, partner = unpack(pack(book)), unpack_partner(pack(book))
    assert there.grid == book.grid
    assert there.registers[0].frame.equals(book.registers[0].frame)
    assert there.registers[0].sheet is there.grid.sheets[0]
    assert partner.registers[0].frame.equals(book.registers[0].frame)
    assert partner.registers[0].sheet.cells == {}
    with pytest.raises(TypeError):
        unpack(__import__("zlib").compress(__import__("pickle").dumps("text")))


@pytest.mark.parametrize(("content", "kind"), [(b"", "unreadable"), (b"PK\x03\x04 damaged", "unreadable")])
def test_a_file_that_cannot_be_read_is_said(tmp_path: Path, content: bytes, kind: str) -> None:
    path = tmp_path / "r.xlsx"
    path.write_bytes(content)
    (found,) = seen(tmp_path, path)
    assert found.kind == kind
    assert found.reason.endswith(".")


def test_an_owner_of_too_much_of_the_whole_council_is_told_of_once(tmp_path: Path) -> None:
    def owned(by: str, *places: int) -> dict[int, dict[str, object]]:
        return {place: {"Risk_Owner": by if place in places else f"Head {place}"} for place in range(6)}

    busy = write_register(tmp_path / "a.xlsx", RISKS, owned("Head of Law", 0, 1))
    busier = write_register(
        tmp_path / "b.xlsx", [f"{risk} again" for risk in RISKS], owned("Head of Law", 0, 1, 2, 3, 4)
    )
    others = write_register(tmp_path / "c.xlsx", ["A flood", "A storm"], {1: {"Risk_Owner": "Head of Law"}})
    together = Together(seen(tmp_path, busy, busier, others), Config())
    told = [together.elsewhere(place).overloaded for place in range(3)]
    assert told == [(), (Share("Head of Law", 8, 14),), ()]


def test_an_owner_of_one_register_alone_is_not_told_of(tmp_path: Path) -> None:
    whole = write_register(tmp_path / "a.xlsx")
    other = write_register(tmp_path / "b.xlsx", ["A flood"], {0: {"Risk_Owner": "Head of Law"}})
    together = Together(seen(tmp_path, whole, other), Config())
    assert not any(together.elsewhere(place).overloaded for place in range(2))


def test_what_one_holds_of_the_whole_council_is_a_finding(tmp_path: Path) -> None:
    path = write_register(tmp_path / "a.xlsx", RISKS, {place: {"Risk_Owner": f"Head {place}"} for place in range(1, 6)})
    told = Elsewhere(overloaded=(Share("Head of Property", 22, 50),))
    report = examine(path, Options(as_of=AS_OF, elsewhere=told))
    found = [finding for finding in report.settled.findings if finding.code == "OW007"]
    assert [finding.owner for finding in found] == ["Head of Property"]
    assert "owns 22 of 50 risks in the registers that were checked together" in found[0].message
