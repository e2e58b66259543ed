"""Move the sheets of a side workbook, made by XlsxWriter, into another workbook that keeps all it had.

::

    names = graft(package, side)      # the names of the new sheets, in tab order; they come after the others

Only four kinds of the host's parts are changed, each by additions: the workbook (``sheets``, ``definedNames``), its
relationships, the content types, and the style sheet. Everything else arrives as new parts under free names. The side
workbook's own sheet names must be free in the host (``writer.sheets.choose_names``).
"""

from regsheet.writer.graft.grafting import graft

__all__ = ["graft"]
