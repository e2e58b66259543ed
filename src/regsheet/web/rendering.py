"""Pages from templates. All that comes from a workbook is escaped, and loses what browsers take for a command."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.types import Scope

from regsheet.reports.screen import printable
from regsheet.reports.wording import counted, long_date
from regsheet.version import VERSION

STATIC = files("regsheet.web").joinpath("static")


def render(template: str, scope: Scope, **values: Any) -> str:
    """A page. ``scope`` is the request's: it tells whether somebody is signed in."""
    state = scope.get("state", {})
    shared = {"signed_in": state.get("signed_in", False), "form_token": state.get("form_token", "")}
    return printable(_environment().get_template(template).render(**shared, **values))


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("regsheet.web"), autoescape=True, trim_blocks=True, lstrip_blocks=True,
        undefined=StrictUndefined, auto_reload=False,
    )  # fmt: skip
    environment.filters.update(long_date=long_date, percent=percent, megabytes=megabytes, colour=colour_class)
    environment.globals.update(counted=counted, static=static, version=VERSION)
    return environment


@cache
def static(name: str) -> str:
    """The address of a file of ours, which changes with what it holds, so that browsers may keep it."""
    digest = hashlib.sha256(STATIC.joinpath(name).read_bytes()).hexdigest()[:12]
    return f"/static/{digest}/{name}"


def percent(share: float) -> str:
    """``98 %``."""
    return f"{share:.0%}"


def megabytes(size: int) -> str:
    """``1.2 MB``, ``45 kB``."""
    return f"{size / 1024**2:.1f} MB" if size >= 1024**2 else f"{max(round(size / 1024), 1)} kB"


def colour_class(colour: str) -> str:
    """The class that paints a cell in a band's colour; the stylesheet of the check defines it."""
    return f"band-{colour.upper()}" if colour else "band-none"
