"""The bodies of comments."""

from datetime import datetime
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from services.milestones.domain.forms import text_forms

LONGEST = 2000


def _written(text: str) -> str:
    if not text.strip():
        raise ValueError("ce texte est obligatoire, et il est vide")
    for message in text_forms(text, LONGEST):
        raise ValueError(message)
    return text.strip()


class CommentIn(BaseModel):
    """A remark, in the name of an entity."""

    model_config = ConfigDict(extra="forbid")

    entity: str = Field(max_length=64)
    text: Annotated[str, Field(min_length=1, max_length=LONGEST), AfterValidator(_written)]


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
