"""Workbooks as other programs, or nobody, write them: each oddity is a function that changes a package's parts."""

from collections.abc import Callable

import odd_markup
import odd_sheets
import odd_workbooks
from package_parts import Parts

Oddity = Callable[[Parts], None]

IN_ORDER = [
    "shared_formula",
    "data_table",
    "errors_and_dates",
    "full_first_row",
    "merged_first_row",
    "rows_out_of_order",
    "no_row_numbers",
    "no_dimension",
    "wrong_dimension",
    "lower_case_addresses",
    "inline_strings",
    "empty_sheet",
    "no_cells_area",
    "unsound_vml",
    "vml_without_map",
    "vml_with_many_blocks",
    "vml_single_quotes",
    "comments_without_vml",
    "vml_without_comments",
    "threaded",
    "no_styles",
    "bare_styles",
    "wrong_counts",
    "chart_sheet_first",
    "dialog_sheet_first",
    "no_views_nor_names",
    "taken_names",
    "long_name",
    "large_ids",
    "workbook_protection",
    "label_and_items",
    "revisions",
    "macros",
    "chain_of_calculation",
    "alternate_content",
    "extensions",
    "comments_in_cells",
    "prefixed",
    "strict",
    "other_relationship_prefix",
    "relationship_prefix_inside",
    "absolute_targets",
    "backslashed_targets",
    "dotted_targets",
    "orphans",
    "dangling",
    "defaults_only",
    "encoded_names",
    "other_case",
    "elsewhere",
    "no_declaration",
    "byte_order_mark",
    "utf16",
]
"""In an order in which each still finds what it changes: cells first, then the workbook, names of parts last."""

ODDITIES: dict[str, Oddity] = {
    name: next(getattr(module, name) for module in (odd_sheets, odd_workbooks, odd_markup) if hasattr(module, name))
    for name in IN_ORDER
}
