"""The parts of a request that several routes read, and what their answers have in common."""

import json
from typing import Annotated, Any

from fastapi import Path, Query

from services.bibliometrics.schemas.decisions import ContestationOut, MergeOut
from services.bibliometrics.tables import ContestationRow, MergeRow
from shared.identity import Caller, Right

Code = Annotated[str, Path(max_length=64, description="Code du contrat, par exemple cop-2023-2027.")]
Id = Annotated[str, Path(max_length=64, description="Identifiant, ou code là où il y en a un.")]
Contract = Annotated[
    str | None, Query(max_length=64, description="Code du contrat ; par défaut, celui qui finit en dernier.")
]
Extraction = Annotated[
    str | None, Query(max_length=64, description="Identifiant ou code ; par défaut, ce qui se compterait aujourd’hui.")
]
Year = Annotated[int | None, Query(ge=1800, le=2200, description="Année de publication.")]


def merge_out(row: MergeRow) -> MergeOut:
    parts = {"refs": json.loads(row.refs), "links": json.loads(row.links)}
    return MergeOut(**columns(row) | parts)


def contestation_out(row: ContestationRow, caller: Caller) -> ContestationOut:
    may_decide = row.status == "open" and Right.DEFINE in caller.rights
    return ContestationOut(**columns(row) | {"publication": row.ref}, allowed_actions=["decide"] if may_decide else [])


def columns(row: Any) -> dict[str, Any]:
    """A row's columns by name."""
    return {column.key: getattr(row, column.key) for column in row.__table__.columns}
