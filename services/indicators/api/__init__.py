"""The indicators service over HTTP, under /indicators/v1: contracts, observations, assessments and rehearsals."""

from fastapi import APIRouter

from shared.events.indicators import FACTS, OWNER
from shared.inventory import router_of

from . import assessments, contracts, observations, rehearsals

router = APIRouter(prefix="/indicators/v1")
router.include_router(contracts.router)
router.include_router(observations.router)
router.include_router(assessments.router)
router.include_router(rehearsals.router)
router.include_router(router_of(OWNER, FACTS))
