"""What a caller gets back: the plan, the versioned thing that was written, or every mistake with its place."""

from collections.abc import Sequence
from typing import Any

from fastapi.responses import JSONResponse

from shared.idempotency import Answer
from shared.problems import Forbidden, Invalid

from .mistakes import Mistake
from .plans import Plan
from .tables import Tables


def errors_of(tables: Tables, mistakes: Sequence[Mistake]) -> list[dict[str, Any]]:
    return [
        {"table": each.table, "row": each.row, "column": each.column, "code": each.code, "message": each.message}
        for each in tables.in_order(mistakes)
    ]


def refuse(tables: Tables, mistakes: Sequence[Mistake]) -> None:
    """Raises Forbidden or Invalid where there is a mistake."""
    for mistake in mistakes:
        if mistake.code == "forbidden":
            raise Forbidden(mistake.message)
    if mistakes:
        errors = errors_of(tables, mistakes)
        raise Invalid(str(errors[0]["message"]), errors=errors)


def planned(tables: Tables, plan: Plan, *, dry_run: bool, lines: Sequence[int] | None = None) -> Answer:
    """The plan as an answer. Raises Invalid where rows were rejected and it was not a dry run: nothing is written."""
    errors = [_with_line(error, lines) for error in errors_of(tables, plan.mistakes)]
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
