"""Check a risk register and an assurance map kept in Excel, and give the same workbook back, annotated.

    import regsheet
    book = regsheet.read("strategic-risk-register.xlsx")
    book.registers[0].frame                      # one row a risk
    findings = regsheet.check(book)              # what is inconsistent
    regsheet.annotate("strategic-risk-register.xlsx", "checked.xlsx")
    changes = regsheet.compare("last-quarter.xlsx", "strategic-risk-register.xlsx")

``read``, ``check``, ``annotate``, ``strip`` and ``compare`` are imported when first used, so that ``import regsheet``
costs nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from regsheet.errors import RegsheetError
from regsheet.version import VERSION

if TYPE_CHECKING:
    from regsheet.front_door import annotate, check, compare, read, strip

__version__ = VERSION

__all__ = ["RegsheetError", "__version__", "annotate", "check", "compare", "read", "strip"]


def __getattr__(name: str) -> Any:
    if name in {"annotate", "check", "compare", "read", "strip"}:
        from regsheet import front_door

        return getattr(front_door, name)
    raise AttributeError(f"module 'regsheet' has no attribute {name!r}")
