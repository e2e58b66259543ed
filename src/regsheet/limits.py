"""Every limit of size and time, in one place. Workbooks come by e-mail from strangers."""

MAX_FILE_BYTES = 256 * 1024**2
"""The largest workbook file that is opened."""

MAX_PART_BYTES = 512 * 1024**2
"""The largest single part, inflated."""

MAX_PACKAGE_BYTES = 1024**3
"""All parts together, inflated."""

MAX_COMPRESSION_RATIO = 1000
"""Inflated to compressed size of a part over ``RATIO_FREE_BYTES``: beyond it the part is a zip bomb."""

RATIO_FREE_BYTES = 16 * 1024**2
"""Parts up to this size may compress as well as they like."""

MAX_MARKUP = 20_000_000
"""Tags and attributes of one part that is parsed as a tree, which takes some 150 bytes for each of them."""

MAX_PARTS = 10_000
"""Parts in one package."""

MAX_ROWS = 1_048_576
"""Rows of an Excel sheet."""

MAX_COLUMNS = 16_384
"""Columns of an Excel sheet."""

MAX_CELLS = 1_200_000
"""Cells with content read from one workbook."""

MAX_RISKS = 25_000
"""Risks, or lines of an assurance map, of one workbook that are checked: some two minutes' work."""

MAX_TABLES = 200
"""Registers and assurance maps of one workbook that are checked."""

MAX_MERGED_CELLS = 1_000_000
"""Cells of one sheet that are known to be covered by merges; a merge of very many cells does not count."""

MAX_LARGE_MERGES = 200
"""Merges of very many cells of one sheet that are known."""

MAX_TEXT_LENGTH = 32_767
"""Characters in a cell."""

MAX_FORMULA_LENGTH = 8_192
"""Characters in a formula."""

MAX_FORMULA_TEXT = 50_000_000
"""Characters of all formulas of one workbook that take their text from a shared one."""

MAX_CONFIGURATION_BYTES = 1024**2
"""The largest regsheet.toml."""

STALE_SECONDS = 24 * 60 * 60
"""A temporary file of ours that is older was left by a run that was killed, and is removed."""

MAX_RECORD_BYTES = 64 * 1024**2
"""The record of what was marked, inflated, that stands on one of our sheets."""
