"""What a call brings: the rows of one table in JSON or CSV, or a package of tables."""

import asyncio
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from fastapi import Request
from pydantic import ValidationError

from shared.problems import Invalid, UnsupportedMedia
from shared.sentences import sentence
from shared.spreadsheets import read_table

from .schemas import RowsIn
from .tables import Parsed, Tables

_MAX_ROWS = 50_000
_PLACE = re.compile(r"line ([0-9]+) column ([0-9]+)")
_TABLE = {"type": "array", "items": {"type": "object"}}


@dataclass(frozen=True, slots=True)
class Sent:
    """The rows of an import; `lines` are their line numbers where they came in a file."""

    rows: list[dict[str, Any]]
    lines: list[int] | None = None
    reason: str | None = None
    notices: list[str] = field(default_factory=list)


async def read_import(tables: Tables, table: str, request: Request) -> tuple[Sent, Parsed]:
    """The rows of a body, and what they state of this table; read in a thread, so that other calls go on.

    Raises UnsupportedMedia, or Invalid on a body that is no list of rows.
    """
    sent = await asyncio.to_thread(_read_rows, request.headers.get("Content-Type", ""), await request.body())
    return sent, await asyncio.to_thread(tables.parse, table, sent.rows)


async def read_package(tables: Tables, package: Mapping[str, Sequence[Mapping[str, Any]]]) -> dict[str, Parsed]:
    """Every table of a package, the absent ones empty. Raises Invalid on a table of another name."""
    if unknown := tables.unknown(package):
        raise Invalid(f"Tableau(x) inconnu(s) dans le paquet : {', '.join(unknown)}.")
    return await asyncio.to_thread(
        lambda: {table: tables.parse(table, package.get(table, [])) for table in tables.names}
    )


def _read_rows(content_type: str, raw: bytes) -> Sent:
    media = content_type.partition(";")[0].strip().lower()
    if media == "text/csv":
        table = read_table(raw)
        _bound(table.rows)
        return Sent([row for _, row in table.rows], [line for line, _ in table.rows], None, table.notices)
    if media == "application/json":
        return _json_rows(raw)
    raise UnsupportedMedia("Envoyez du CSV (text/csv) ou du JSON (application/json).")


def _json_rows(raw: bytes) -> Sent:
    try:
        body = RowsIn.model_validate_json(raw)
    except ValidationError as error:
        first = error.errors()[0]
        wrong = _unreadable(first) if first["type"] == "json_invalid" else sentence(first)
        raise Invalid(f'Le corps attendu est {{"rows": [{{…}}]}} : {wrong}.') from error
    return Sent(body.rows, None, body.reason)


def _unreadable(error: Mapping[str, Any]) -> str:
    """Where a text stops being JSON; the library says it in English, at the end of its own sentence."""
    found = _PLACE.search(str(error["ctx"]["error"]))
    return f"JSON illisible, ligne {found[1]}, colonne {found[2]}" if found else "JSON illisible"


def _bound(rows: Sequence[Any]) -> None:
    if len(rows) > _MAX_ROWS:
        raise Invalid(f"Un envoi compte au plus {_MAX_ROWS} lignes : découpez-le.")


def package_body(tables: Tables, required: Sequence[str]) -> dict[str, Any]:
    """How OpenAPI describes a package."""
    return _described(
        {
            "type": "object",
            "description": "Un tableau par clef ; les colonnes sont celles de contracts/README.md.",
            "properties": dict.fromkeys(tables.names, _TABLE),
            "required": list(required),
            "additionalProperties": False,
        }
    )


def _described(schema: dict[str, Any]) -> dict[str, Any]:
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": schema}}}}


ROWS_BODY = _described(
    {"type": "object", "properties": {"rows": _TABLE, "reason": {"type": "string"}}, "required": ["rows"]}
)
ROWS_BODY["requestBody"]["content"]["text/csv"] = {"schema": {"type": "string"}}
