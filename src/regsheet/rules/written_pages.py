"""The rules' pages as they were last written: they can be shown without importing a single rule."""

from __future__ import annotations

import json
from pathlib import Path

PAGES = Path(__file__).with_name("pages.json")


def written_page(key: str) -> str | None:
    """The page for the terminal of the rule with that code or name; None where there is no such rule."""
    wanted = key.strip().casefold()
    pages = json.loads(PAGES.read_text(encoding="utf-8"))
    return next((page["page"] for page in pages if wanted in (page["code"].casefold(), page["name"])), None)
