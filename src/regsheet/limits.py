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

MAX_UPLOAD_BYTES = MAX_FILE_BYTES
"""All that one request to the page or its API may carry."""

MAX_UPLOAD_FILES = 20
"""Files of one request."""

MAX_FORM_FIELDS = 600
"""Fields of one form that are no files: a column each where a table was misread."""

MAX_FORM_FIELD_BYTES = 16 * 1024
"""Bytes of one such field."""

MAX_UPLOAD_SECONDS = 300
"""How long one request may take to arrive."""

MAX_JOB_SECONDS = 300
"""Processor time, and after the queue also time on the clock, of one job of the page or its API."""

MAX_JOB_MEMORY_BYTES = 3 * 1024**3
"""Memory that one job may take on top of its process."""

MAX_JOB_FILE_BYTES = 1024**3
"""The largest file that a job may write."""

MAX_WAITING_JOBS = 200
"""Jobs that wait for their turn; more are sent away until there is room."""

MAX_WAITING_JOBS_OF_ONE = 60
"""Jobs of one person, or one address, that wait for their turn."""

MAX_KEPT_CHECKS = 500
"""Checks whose files are kept at a time, all people's together."""

MAX_KEPT_BYTES = 4 * 1024**3
"""Bytes of all files that are kept at a time."""

KEPT_SECONDS = 60 * 60
"""How long the files of a check are kept where nobody says forget."""

MAX_WEB_WORKERS = 8
"""Jobs of the page that run at the same time, however many processors there are."""

MAX_WORKBOOK_SECONDS = 600
"""How long one workbook of a run over a folder may take before its process is ended."""

MAX_BATCH_FILES = 20_000
"""Workbooks of one run over a folder."""

MAX_TITLES_COMPARED = 1_000_000
"""Pairs of risks whose titles are compared to find one under a new reference: a few seconds' work."""

UNFINISHED_SECONDS = 600
"""A file of a watched folder that looks half copied and has not changed for so long is no longer waited for."""

MAX_STATE_BYTES = 64 * 1024**2
"""The largest record of what a watch has done that is read."""
