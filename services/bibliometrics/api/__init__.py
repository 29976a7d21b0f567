"""The bibliometrics service over HTTP, under /bibliometrics/v1."""

from fastapi import APIRouter

from shared.events.bibliometrics import FACTS, OWNER
from shared.inventory import router_of

from . import contestations, contracts, counts, decisions, extractions, fetches, imports, publications

router = APIRouter(prefix="/bibliometrics/v1")
for part in (contracts, imports, fetches, publications, counts, extractions, decisions, contestations):
    router.include_router(part.router)
router.include_router(router_of(OWNER, FACTS))
