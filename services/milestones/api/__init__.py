"""The milestones service over HTTP, under /milestones/v1: contracts, steps, progress, comments, and files of them."""

from fastapi import APIRouter

from shared.events.milestones import FACTS, OWNER
from shared.inventory import router_of

from . import comments, contracts, files, progress, steps

router = APIRouter(prefix="/milestones/v1")
for part in (contracts, files, steps, progress, comments):
    router.include_router(part.router)
router.include_router(router_of(OWNER, FACTS))
