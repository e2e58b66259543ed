"""What a council's registers said in each quarter, in one SQLite file.

``Ledger(path)`` is the file; ``rebuild(...)`` makes a lost one again from annotated workbooks.
"""

from regsheet.ledger.ledger import Ledger, resume_key

__all__ = ["Ledger", "resume_key"]
