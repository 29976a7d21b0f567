"""The bodies of comments."""

from datetime import datetime

from pydantic import BaseModel, ConfigDict, Field

from .texts import Comment


class CommentIn(BaseModel):
    """A remark, in the name of an entity."""

    model_config = ConfigDict(extra="forbid")

    entity: str = Field(max_length=64)
    text: Comment


class CommentOut(BaseModel):
    model_config = ConfigDict(from_attributes=True)

    id: str
    step: str
    contract: str
    entity: str
    text: str
    recorded_at: datetime
    recorded_by: str


class CommentPage(BaseModel):
    items: list[CommentOut]
    next: str | None
