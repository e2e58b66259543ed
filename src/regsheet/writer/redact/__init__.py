"""Making a copy safe to send: what nobody sees goes, and what pointed at it keeps its value."""

from regsheet.writer.redact.redaction import redact

__all__ = ["redact"]
