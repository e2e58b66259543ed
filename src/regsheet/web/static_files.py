"""Our own style and script, served from the package, and what browsers ask for unasked."""

from __future__ import annotations

from functools import cache

from fastapi import APIRouter
from starlette.responses import Response

from regsheet.web.problems import problem
from regsheet.web.rendering import STATIC, static

router = APIRouter()
MEDIA_TYPES = {
    "style.css": "text/css; charset=utf-8",
    "page.js": "text/javascript; charset=utf-8",
    "icon.svg": "image/svg+xml",
}
"""Every file there is: nothing else of the folder, and nothing outside it, can be asked for."""


@router.get("/static/{digest}/{name}")
def static_file(digest: str, name: str) -> Response:
    """A file; its address changes with its content, so browsers may keep it for a year."""
    if name not in MEDIA_TYPES or static(name) != f"/static/{digest}/{name}":
        raise problem(404, "not_found")
    headers = {"Cache-Control": "public, max-age=31536000, immutable"}
    return Response(_content(name), media_type=MEDIA_TYPES[name], headers=headers)


@router.get("/favicon.ico")
def icon() -> Response:
    """The icon, for browsers that look for it here."""
    return Response(_content("icon.svg"), media_type=MEDIA_TYPES["icon.svg"])


@cache
def _content(name: str) -> bytes:
    return STATIC.joinpath(name).read_bytes()
