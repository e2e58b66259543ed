"""Every workbook of the evaluation folder: nothing done is nothing changed."""

from pathlib import Path

import pytest

from regsheet.errors import PackageError
from regsheet.package import Package, open_package
from regsheet.package.archive_reader import read_archive

pytestmark = pytest.mark.evaluation


def workbooks(evaluation: Path) -> list[Path]:
    found = [path for folder in ("corpus", "real", "data") for path in sorted((evaluation / folder).glob("*.xls[xm]"))]
    assert found
    return found


def test_a_workbook_saved_as_it_is_has_the_same_parts_packed_the_same(evaluation: Path, contents) -> None:
    for path in workbooks(evaluation):
        package = open_package(path)
        before, after = read_archive(path.read_bytes(), path), read_archive(package.to_bytes(), path)
        assert before == after, path.name
        assert contents(package.to_bytes()) == contents(path.read_bytes()), path.name
        assert not [name for name in package.names if package.is_changed(name)], path.name


def test_every_relationship_leads_somewhere(evaluation: Path) -> None:
    """The corpus has one workbook whose calculation chain is missing, and nothing else that leads nowhere."""
    for path in workbooks(evaluation):
        package = open_package(path)
        for source in ("", *package.names):
            for each in package.relationships(source):
                inside = each.external or each.target.startswith("#") or each.target in package
                assert inside or each.kind == "calcChain", (path.name, source, each)


def test_every_part_that_was_touched_says_the_same(evaluation: Path) -> None:
    unreadable = []
    for path in workbooks(evaluation):
        package = open_package(path)
        for name in package.names:
            if not name.endswith((".xml", ".rels", ".vml")):
                continue
            try:
                package.tree(name)
            except PackageError:
                unreadable.append(name)  # Excel writes VML that is not quite XML
                continue
            package.touch(name)
        again = Package(package.to_bytes())
        assert again.names == package.names
        assert again.main_part == package.main_part
    assert all(name.endswith(".vml") for name in unreadable)


def test_other_formats_are_told_apart(evaluation: Path, refused) -> None:
    for path in sorted((evaluation / "real").glob("*.xls")):
        with refused("xls"):
            open_package(path)
    for path in sorted((evaluation / "real").glob("*.ods")):
        with refused("ods"):
            open_package(path)
