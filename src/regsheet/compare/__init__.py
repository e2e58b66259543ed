"""What changed from one workbook to another, in words an officer uses. The package is also a function:

    import regsheet
    changes = regsheet.compare("Q3.xlsx", "Q4.xlsx")
    changes.new, changes.gone, changes.changed, changes.items

see ``regsheet.compare.front.compare``.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from regsheet.compare.comparison import Comparison


class _Callable(ModuleType):
    """A package that can be called: ``regsheet.compare`` names both, whichever was imported first."""

    def __call__(self, old: Any, new: Any, *, config: Any = None) -> Comparison:
        """What changed from one workbook to another; see ``regsheet.compare.front.compare``."""
        from regsheet.compare.front import compare

        return compare(old, new, config=config)


sys.modules[__name__].__class__ = _Callable
