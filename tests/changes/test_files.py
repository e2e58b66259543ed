"""Which workbook of one folder is which of another."""

from pathlib import Path

import pytest
import xlsxwriter

from regsheet.changes.files import Content, name_key, pair_by_content, pair_by_name, workbooks_in


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Q3 2024 Risk Register.xlsx", "Q4 2024 Risk Register.xlsx"),
        ("strategic-risk-register-2024-q3.xlsx", "strategic-risk-register.xlsx"),
        ("Housing_Sept-24.xlsx", "Housing_Dec-24 v2 FINAL.xlsx"),
        ("dec24 Adults.xlsm", "mar25 adults.xlsx"),
        ("Register 31.12.24.xlsx", "Register 2025-03-31.xlsx"),
        ("2024-Q3/Roads.xlsx", "2024-Q4/Roads.xlsx"),
        ("Roads FY2024-25.xlsx", "Roads FY2023-24.xlsx"),
        ("Roads.checked.xlsx", "Roads.xlsx"),
        ("Roads 3rd quarter.xlsx", "Roads 4th Quarter.xlsx"),
    ],
)
def test_words_for_quarter_and_date_do_not_count(one: str, other: str) -> None:
    assert name_key(one) == name_key(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [("Ward 11.xlsx", "Ward 12.xlsx"), ("Adults/Register.xlsx", "Roads/Register.xlsx"), ("Roads.xlsx", "Housing.xlsx")],
)
def test_what_tells_registers_apart_counts(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


def test_names_pair_whole_paths_before_files_that_moved() -> None:
    new = ["a/Register Q4.xlsx", "b/Register Q4.xlsx", "Map Q4.xlsx", "Twice Q4.xlsx", "Twice 2024.xlsx"]
    old = ["a/Register Q3.xlsx", "b/Register Q3.xlsx", "maps/Map Q3.xlsx", "Twice Q3.xlsx"]
    assert pair_by_name(new, old) == {
        "a/Register Q4.xlsx": "a/Register Q3.xlsx",
        "b/Register Q4.xlsx": "b/Register Q3.xlsx",
        "Map Q4.xlsx": "maps/Map Q3.xlsx",
    }
    assert pair_by_name(["q4.xlsx"], ["q3.xlsx"]) == {}, "a name of nothing but its quarter tells nothing"


def test_content_pairs_what_names_do_not() -> None:
    def content(*titles: str) -> Content:
        return Content(frozenset(titles), frozenset())

    new = {"x.xlsx": content("flood", "fire", "fraud"), "y.xlsx": content("staff", "cyber"), "z.xlsx": content("else")}
    old = {"1.xlsx": content("staff", "cyber", "fire"), "2.xlsx": content("flood", "fraud")}
    assert pair_by_content(new, old) == {"x.xlsx": "2.xlsx", "y.xlsx": "1.xlsx"}
    assert pair_by_content(old, new) == {"2.xlsx": "x.xlsx", "1.xlsx": "y.xlsx"}


def test_lock_files_copies_and_own_reports_are_passed_over(tmp_path: Path) -> None:
    for name in ("b.xlsx", "b.checked.xlsx", "c.checked.xlsx", "~$b.xlsx", ".d.xlsx", "e.txt", "sub/f.ods"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"")
    with xlsxwriter.Workbook(tmp_path / "compared.xlsx") as book:
        book.add_worksheet()
        book.set_custom_property("regsheet report", "comparison")
    assert workbooks_in(tmp_path) == ("b.xlsx", "c.checked.xlsx", "sub/f.ods")
