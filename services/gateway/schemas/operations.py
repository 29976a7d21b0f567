"""What operators see: the events that were parked."""

from datetime import datetime

from pydantic import BaseModel


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
