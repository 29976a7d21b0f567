"""The bibliometrics service over HTTP, under /bibliometrics/v1."""

from fastapi import APIRouter

from . import contestations, contracts, counts, decisions, extractions, fetches, imports, publications

router = APIRouter(prefix="/bibliometrics/v1")
for part in (contracts, imports, fetches, publications, counts, extractions, decisions, contestations):
    router.include_router(part.router)
