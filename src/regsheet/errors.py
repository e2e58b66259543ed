"""What can go wrong, one class a stage. Every message is a plain sentence that says what to do."""


class RegsheetError(Exception):
    """Something a user can mend. ``str(error)`` is one sentence, fit to print as it is."""


class PackageError(RegsheetError):
    """The file is not a workbook that can be opened (damaged, encrypted, of another kind, or too large)."""


class GridError(RegsheetError):
    """A sheet's contents cannot be read."""


class LayoutError(RegsheetError):
    """No register and no assurance map was found in the workbook."""


class NothingFoundError(LayoutError):
    """The workbook can be read and holds neither a register nor an assurance map: perhaps it is meant to be neither."""


class ConfigurationError(RegsheetError):
    """The configuration file has a fault; the message names the key and, where known, the line."""


class OutputError(RegsheetError):
    """The result cannot be written where it was asked for."""


TOO_MUCH = (
    "There is more in the workbook than this computer has memory for; "
    "keep the register in a workbook of its own and run again."
)
"""What to say where the memory gave out."""


class BatchError(RegsheetError):
    """The run over a folder cannot begin, or cannot go on: the message says why."""


class LedgerError(RegsheetError):
    """The ledger cannot be opened, read or written."""


class CompareError(RegsheetError):
    """Two things that were to be compared cannot be: a folder and a file, or one thing twice."""


class MergeError(RegsheetError):
    """Copies cannot be merged into the workbook that was given as the one that was sent."""


class WatchError(RegsheetError):
    """The folders to be watched cannot be: one lies in the other, or another watch is at work on them."""
