"""Keyset pages: a page names the last key it showed, so that writes never shift the next one."""

import base64
import json
from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import Query

from .problems import Invalid

Limit = Annotated[int, Query(ge=1, le=1000, description="Nombre d’éléments par page.")]
After = Annotated[str | None, Query(max_length=2000, description="Le `next` de la page précédente.")]


def write_cursor(key: Sequence[Any]) -> str:
    return base64.urlsafe_b64encode(json.dumps(list(key), separators=(",", ":")).encode()).decode().rstrip("=")


def read_cursor(cursor: str | None, types: Sequence[type]) -> list[Any] | None:
    """The key in a cursor, or None without one. Raises Invalid on a cursor that this list did not give."""
    if cursor is None:
        return None
    try:
        key = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except ValueError:
        key = None
    fits = isinstance(key, list) and len(key) == len(types)
    if not fits or any(type(part) is not kind for part, kind in zip(key, types, strict=True)):
        raise Invalid("« after » n’est pas un curseur de cette liste : reprenez le « next » de la page précédente.")
    return list(key)
