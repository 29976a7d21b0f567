"""The indicators service over HTTP, under /indicators/v1: contracts and observations."""

from fastapi import APIRouter

from . import contracts, observations

router = APIRouter(prefix="/indicators/v1")
router.include_router(contracts.router)
router.include_router(observations.router)
