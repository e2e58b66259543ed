"""The kind of sheet that the side workbook has."""

from __future__ import annotations

from xlsxwriter.worksheet import Worksheet


class PlainWorksheet(Worksheet):  # type: ignore[misc]
    """A sheet whose formulas are already spelled as the file has them.

    XlsxWriter looks into every formula for each of some thirty newer functions; ours name the one they use
    (``_xlfn.TEXTJOIN``) themselves, and a register of a thousand risks has thousands of formulas.
    """

    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:  # noqa: ARG002
        return formula.removeprefix("{").removeprefix("=").removesuffix("}")
