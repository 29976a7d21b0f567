"""What a call brings and gets back: a package or rows in JSON or CSV, and the plan or observation that answers."""

import asyncio
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from fastapi.responses import JSONResponse
from pydantic import ValidationError

from shared.idempotency import Answer
from shared.problems import Invalid, UnsupportedMedia
from shared.sentences import sentence
from shared.spreadsheets import read_table

from .checking import mistake
from .domain.plan import OBSERVATIONS, Plan
from .refusals import errors_of
from .rows import Parsed, definition_tables, parse, unknown_tables
from .schemas.plans import RowsIn
from .schemas.rehearsals import RehearsalIn, SimulatedOut

_MAX_ROWS = 50_000
_SIMULATED = frozenset(SimulatedOut.model_fields)
_STRANGE = f"une valeur simulée n’a que ces colonnes : {', '.join(SimulatedOut.model_fields)}"
_PLACE = re.compile(r"line ([0-9]+) column ([0-9]+)")


@dataclass(frozen=True, slots=True)
class Sent:
    """The rows of an import; `lines` are their line numbers where they came in a file."""

    rows: list[dict[str, Any]]
    lines: list[int] | None = None
    reason: str | None = None
    notices: list[str] = field(default_factory=list)


async def read_import(content_type: str, raw: bytes) -> tuple[Sent, Parsed]:
    """The rows of a body, and the observations in them; read in a thread, so that other calls go on."""
    sent = await asyncio.to_thread(_read_rows, content_type, raw)
    return sent, await asyncio.to_thread(parse, OBSERVATIONS, sent.rows)


async def read_package(package: Mapping[str, Sequence[Mapping[str, Any]]]) -> dict[str, Parsed]:
    """Every table of a package, the absent ones empty. Raises Invalid on a table of another name."""
    return await asyncio.to_thread(_parse_package, package)


async def read_rehearsal(rehearsal: RehearsalIn) -> Parsed:
    """The simulated values of a body, each with the source of the whole; of a real one's columns they have no other."""
    return await asyncio.to_thread(_parse_rehearsal, rehearsal)


def _parse_rehearsal(rehearsal: RehearsalIn) -> Parsed:
    rows = rehearsal.observations
    parsed = parse(OBSERVATIONS, [_simulated(row) | {"source": rehearsal.source} for row in rows])
    for place, row in enumerate(rows):
        parsed.mistakes.extend(mistake(place, name, "extra_forbidden", _STRANGE) for name in row.keys() - _SIMULATED)
    return parsed


def _simulated(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: row[name] for name in row.keys() & _SIMULATED}


def _read_rows(content_type: str, raw: bytes) -> Sent:
    """The rows of a body. Raises UnsupportedMedia, or Invalid on a body that is no list of rows."""
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


def _parse_package(package: Mapping[str, Sequence[Mapping[str, Any]]]) -> dict[str, Parsed]:
    if unknown := unknown_tables(package):
        raise Invalid(f"Tableau(x) inconnu(s) dans le paquet : {', '.join(unknown)}.")
    return {table: parse(table, package.get(table, [])) for table in (*definition_tables(), OBSERVATIONS)}


def planned(plan: Plan, *, dry_run: bool, lines: Sequence[int] | None = None) -> Answer:
    """The plan as an answer. Raises Invalid where rows were rejected and it was not a dry run: nothing is written."""
    errors = [_with_line(error, lines) for error in errors_of(plan.mistakes)]
    body = plan.body()
    if plan.mistakes and not dry_run:
        count = body["rejected"]
        detail = f"{count} ligne(s) refusée(s) sur {body['received']} : rien n’a été enregistré."
        raise Invalid(detail, errors=errors, plan=body)
    return Answer(200, {**body, "dryRun": dry_run, "errors": errors})


def _with_line(error: dict[str, Any], lines: Sequence[int] | None) -> dict[str, Any]:
    """The row's line in the file, header included, where the rows came in one."""
    if lines is None or error["row"] >= len(lines):
        return error
    return {**error, "line": lines[error["row"]]}


def respond(answer: Answer) -> JSONResponse:
    """The answer of a write."""
    return JSONResponse(answer.body, answer.status, {"Idempotency-Replayed": "true"} if answer.replayed else {})


def respond_at(address: str, answer: Answer) -> JSONResponse:
    """The answer of a write to one versioned resource: with its version, and its address."""
    response = respond(answer)
    response.headers.update({"ETag": f'"{answer.body["version"]}"', "Location": address})
    return response


def definition(text: str) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads(text)
    return loaded


def _schema(adapter_schema: dict[str, Any]) -> dict[str, Any]:
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": adapter_schema}}}}


_TABLE = {"type": "array", "items": {"type": "object"}}
PACKAGE_BODY = _schema(
    {
        "type": "object",
        "description": "Un tableau par clef ; les colonnes sont celles de contracts/README.md.",
        "properties": dict.fromkeys((*definition_tables(), OBSERVATIONS), _TABLE),
        "required": ["contract", "entities", "indicators"],
        "additionalProperties": False,
    }
)
ROWS_BODY = _schema(
    {"type": "object", "properties": {"rows": _TABLE, "reason": {"type": "string"}}, "required": ["rows"]}
)
ROWS_BODY["requestBody"]["content"]["text/csv"] = {"schema": {"type": "string"}}
