"""The bodies of a load or an import: its rows, its plan, and what is wrong with it."""

from typing import Any

from pydantic import BaseModel, Field


class RowsIn(BaseModel):
    """Observations of one contract, in one go; `reason` holds for every row that corrects and gives none."""

    rows: list[dict[str, Any]] = Field(max_length=50_000)
    reason: str | None = None


class ErrorOut(BaseModel):
    """A refused cell or row; `row` counts from 0, `line` is that of the file where the rows came in one."""

    table: str
    row: int
    column: str | None
    code: str
    message: str
    line: int | None = None


class ChangeOut(BaseModel):
    indicator: str
    entity: str
    year: int
    before: str | None
    after: str


class CountsOut(BaseModel):
    """What became of the rows: created + updated + unchanged + rejected = received."""

    received: int
    created: int
    updated: int
    unchanged: int
    rejected: int
    removed: int = Field(description="Définitions enregistrées qui ne sont plus dans le paquet.")


class PlanOut(CountsOut):
    """What a load or an import did, or would do; `changes` are the first ones only."""

    tables: dict[str, CountsOut]
    changes: list[ChangeOut]
    notices: list[str]
    dry_run: bool = Field(alias="dryRun")
    errors: list[ErrorOut]
