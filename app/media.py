"""Pictures of items: files under one declared folder, at addresses that only a page gives out."""

from __future__ import annotations

import hashlib
import hmac
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from starlette.responses import FileResponse, Response
from starlette.routing import Route

from app import settings
from labelaudit.project import load_project

if TYPE_CHECKING:
    from starlette.requests import Request

PREFIX = "/labelaudit-media"
# no SVG: opened on its own, it could run a script as if it were ours
TYPES = {
    ".avif": "image/avif",
    ".bmp": "image/bmp",
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
}


def address(path: str) -> str | None:
    """Return where a page finds a picture; None where there is none under the folder."""
    if _file(path) is None:
        return None
    return f"{PREFIX}/{_signature(path)}/{quote(path)}"


async def answer(request: Request) -> Response:
    """Answer with a picture, if a page gave out this address."""
    path, signature = request.path_params["path"], request.path_params["signature"]
    if not hmac.compare_digest(signature.encode(), _signature(path).encode()):
        return Response("no such picture", status_code=404)
    found = _file(path)
    if found is None:
        return Response("no such picture", status_code=404)
    kept = {"Cache-Control": "private, max-age=3600"}
    return FileResponse(found, media_type=TYPES[found.suffix.lower()], headers=kept)


ROUTE = Route(f"{PREFIX}/{{signature}}/{{path:path}}", answer, methods=["GET"])


def _signature(path: str) -> str:
    secret = settings.current().secret.encode()
    return hmac.new(secret, path.encode("utf-8", "surrogatepass"), hashlib.sha256).hexdigest()


def _file(path: str) -> Path | None:
    """Return the file of a picture: inside the folder, also once links are followed."""
    root = _root(settings.current().config)
    if root is None:
        return None
    try:
        found = (root / path).resolve()
        there = found.is_relative_to(root) and found.is_file()
    except (OSError, ValueError):  # a name too long, or with a NUL in it
        return None
    return found if there and found.suffix.lower() in TYPES else None


@cache
def _root(config: str | None) -> Path | None:
    """Return the folder that the configuration declares."""
    if config is None:
        return None
    declared = load_project(Path(config)).review.media
    return None if declared is None else Path(declared).resolve()
