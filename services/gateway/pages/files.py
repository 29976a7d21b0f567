"""The style sheet and the mark: kept by browsers for ever, under an address that changes with their content."""

import hashlib
from pathlib import Path

from fastapi import APIRouter, Response

from shared.problems import NotFound

_FOLDER = Path(__file__).parent.parent / "static"
_TEMPLATES = Path(__file__).parent.parent / "templates"
_KINDS = {".css": "text/css; charset=utf-8", ".svg": "image/svg+xml"}
_FOR_EVER = "public, max-age=31536000, immutable"
router = APIRouter(include_in_schema=False)


def _digest(paths: list[Path]) -> str:
    return hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()[:12]


FILES = {path.name: path.read_bytes() for path in sorted(_FOLDER.iterdir()) if path.suffix in _KINDS}
VERSION = _digest([*sorted(_FOLDER.iterdir()), *sorted(_TEMPLATES.rglob("*.html"))])
"""Of all that makes a page look as it does: a page that was read under another version is sent again."""


@router.api_route("/static/{version}/{name}", methods=["GET", "HEAD"])
async def read_file(version: str, name: str) -> Response:
    """Raises NotFound where there is no such file in this version."""
    if version != VERSION or name not in FILES:
        raise NotFound("Ce fichier n’est pas dans cette version de Cadran.")
    headers = {"Cache-Control": _FOR_EVER, "X-Content-Type-Options": "nosniff"}
    return Response(FILES[name], headers=headers, media_type=_KINDS[Path(name).suffix])


def address(name: str) -> str:
    return f"/static/{VERSION}/{name}"
