"""The bibliometrics of a contract: what the group and its entities count in a year, and from which extraction."""

from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Literal

from fastapi import APIRouter, Query, Request, Response
from sqlalchemy.ext.asyncio import AsyncSession

from services.gateway import facts
from services.gateway.bibliometric_facts import bibliometric_facts, counts
from services.gateway.schemas.bibliometrics import BibliometricsView
from services.gateway.schemas.watermark import Watermarked
from services.gateway.views.bibliometrics import Asked, Corpus, bibliometrics_view, extraction_of
from shared import conditional
from shared.application import Db
from shared.events.bibliometrics import CURRENT
from shared.identity import Reader

from .answering import Code, Place, When, view

router = APIRouter()
Year = Annotated[int | None, Query(ge=1900, le=2200, description="Par défaut, la dernière année de l’extraction.")]
Perimeter = Annotated[
    Literal["permanent", "whole"] | None,
    Query(
        description=(
            "Par défaut, celui de chaque mesure : permanent (les personnels permanents) ou whole (l’établissement "
            "entier)."
        )
    ),
]
ExtractionName = Annotated[
    str | None,
    Query(
        max_length=64,
        description=(
            "Identifiant ou code d’une extraction gelée, ou current pour l’état courant, que personne n’a gelé. Par "
            "défaut, la plus récente des définitives qui couvrent l’année, sinon des provisoires, sinon current."
        ),
    ),
]


@dataclass(frozen=True, slots=True)
class Extracted(Place):
    """An extraction of a contract's publications."""

    extraction: str | None = None

    async def check(self, session: AsyncSession, as_of: datetime | None) -> None:
        """Raises NotFound where there is, or was, no such contract or extraction."""
        await Place.check(self, session, as_of)
        extraction_of(await bibliometric_facts(session, self.contract, as_of), self.extraction, None)


@router.get(
    "/contracts/{contract}/bibliometrics", tags=["follow-up"],
    summary="Les publications du groupe et de ses entités, pour une année",
    response_model=BibliometricsView, responses=conditional.NOT_MODIFIED,
)  # fmt: skip
async def read_bibliometrics(
    request: Request, contract: Code, _caller: Reader, database: Db, when: When,
    year: Year = None, perimeter: Perimeter = None, extraction: ExtractionName = None,
) -> Response:  # fmt: skip
    async def build(session: AsyncSession, mark: str) -> Watermarked:
        definition = await facts.definition(session, contract, when.as_of)
        known = await bibliometric_facts(session, contract, when.as_of)
        found = extraction_of(known, extraction, year)
        told = await counts(session, contract, [found.id if found else CURRENT], when.as_of)
        asked = Asked(year, perimeter, when.on, when.as_of)
        return bibliometrics_view(Corpus(definition, known, found, told), asked, mark)

    return await view(request, database, Extracted(contract, extraction=extraction), when, build)
