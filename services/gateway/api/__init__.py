"""The gateway's own views over HTTP, under /v1."""

from fastapi import APIRouter

from . import bibliometrics, contracts, follow_up, lint, milestones, operations, outlook, reconciliation

router = APIRouter(prefix="/v1")
for part in (bibliometrics, contracts, follow_up, lint, milestones, operations, outlook, reconciliation):
    router.include_router(part.router)
