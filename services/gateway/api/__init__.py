"""The gateway's own views over HTTP, under /v1."""

from fastapi import APIRouter

from . import contracts, follow_up, lint, milestones, operations, outlook, reconciliation

router = APIRouter(prefix="/v1")
for part in (contracts, follow_up, lint, milestones, operations, outlook, reconciliation):
    router.include_router(part.router)
