"""The reconciliation of a contract over HTTP: the entities' Σ beside the group's, for a year and a perimeter."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response
from sqlalchemy.ext.asyncio import AsyncSession

from services.gateway import facts
from services.gateway.schemas.reconciliation import ReconciliationView
from services.gateway.schemas.watermark import Watermarked
from services.gateway.views.perimeters import perimeter_of, stated_elsewhere
from services.gateway.views.reconciliation import Asked, reconciliation
from shared import conditional
from shared.application import Db
from shared.identity import Reader

from .answering import Code, Place, When, Year, view

router = APIRouter()
Perimeter = Annotated[
    str | None,
    Query(
        max_length=80,
        description=(
            "Par défaut, celui du contrat. hors-<entité> laisse une entité hors de la somme, avec-<entité> y ajoute "
            "une entité qui n’est ni école ni filiale."
        ),
    ),
]


@dataclass(frozen=True, slots=True)
class Within(Place):
    """A year of a contract, within a perimeter."""

    perimeter: str | None = None

    async def check(self, session: AsyncSession, as_of: datetime | None) -> None:
        """Raises NotFound or Invalid where there is, or was, no such view."""
        await Place.check(self, session, as_of)
        if self.perimeter is not None:
            known = await facts.figures(session, self.contract, as_of)
            perimeter_of(known, self.perimeter, await stated_elsewhere(session, known, as_of))


@router.get(
    "/contracts/{contract}/reconciliation", tags=["follow-up"],
    summary="La somme des entités et la valeur du groupe, pour une année",
    response_model=ReconciliationView, responses=conditional.NOT_MODIFIED,
)  # fmt: skip
async def read_reconciliation(
    request: Request, contract: Code, _caller: Reader, database: Db, when: When,
    year: Year = None, perimeter: Perimeter = None,
) -> Response:  # fmt: skip
    async def build(session: AsyncSession, mark: str) -> Watermarked:
        known = await facts.figures(session, contract, when.as_of)
        elsewhere = await stated_elsewhere(session, known, when.as_of)
        return reconciliation(known, Asked(year, perimeter, when.as_of), elsewhere, mark)

    return await view(request, database, Within(contract, year=year, perimeter=perimeter), when, build)
