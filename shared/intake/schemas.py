"""The bodies of a load or an import: its rows, its plan, and what is wrong with it."""

from typing import Annotated, Any

from fastapi import Query
from pydantic import BaseModel, Field

DryRun = Annotated[bool, Query(alias="dryRun", description="Rend le plan sans rien écrire.")]


class RowsIn(BaseModel):
    """Rows of one table, in one go; `reason` holds for every row that corrects and gives none."""

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


class CountsOut(BaseModel):
    """What became of the rows: created + updated + unchanged + rejected = received."""

    received: int
    created: int
    updated: int
    unchanged: int
    rejected: int
    removed: int = Field(description="Définitions enregistrées qui ne sont plus dans le paquet.")


class Planned(CountsOut):
    """What a load or an import did, or would do; each owner says what a change is of."""

    tables: dict[str, CountsOut]
    notices: list[str]
    dry_run: bool = Field(alias="dryRun")
    errors: list[ErrorOut]
