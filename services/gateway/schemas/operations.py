"""What operators see: the events that were parked, what became of them, and what the read model holds."""

from datetime import datetime

from pydantic import BaseModel

from shared.inventory import Tally


class ParkedItem(BaseModel):
    id: int
    topic: str
    partition: int
    offset: int
    key: str | None
    headers: list[tuple[str, str]]
    value: str | None
    reason: str
    parked_at: datetime


class ParkedPage(BaseModel):
    items: list[ParkedItem]
    next: str | None


class ReplayedItem(BaseModel):
    """`outcome`: projected, superseded (the views have this version or a newer one), or kept, with its reason."""

    id: int
    topic: str
    partition: int
    offset: int
    outcome: str
    reason: str


class ReplayReport(BaseModel):
    """`left` are the first of those that were kept."""

    projected: int
    superseded: int
    kept: int
    left: list[ReplayedItem]


class DismissedItem(BaseModel):
    """`cause` is why it was parked, `reason` why nobody waits for it any more."""

    id: int
    topic: str
    partition: int
    offset: int
    cause: str
    parked_at: datetime
    reason: str
    dismissed_by: str
    dismissed_at: datetime


class DismissedPage(BaseModel):
    items: list[DismissedItem]
    next: str | None


class Reached(BaseModel):
    """How far a partition has been read."""

    topic: str
    partition: int
    offset: int


class ReadModelInventory(BaseModel):
    """What the read model holds, how far it has read, and how many events were parked."""

    service: str
    product: str
    parked: int
    positions: list[Reached]
    facts: list[Tally]
