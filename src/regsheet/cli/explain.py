"""What ``regsheet explain`` does: print a rule's page, without importing the rules for it."""

from __future__ import annotations

from regsheet.reports.plain import say
from regsheet.rules.written_pages import written_page


def run_explain(rule: str) -> None:
    """Print a rule's page. Raises ``ConfigurationError`` where there is no such rule."""
    page = written_page(rule)
    if page is None:
        from regsheet.rules.pages import page as made_page

        page = made_page(rule, markdown=False)  # says which rules there are
    say(page)
