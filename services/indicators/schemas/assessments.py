"""The bodies of assessments: a judgement, what is shown of it, and which ones are wanted."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from services.indicators.domain.assessment import Level
from shared.identity import Caller

from .texts import Comment


class AssessmentIn(BaseModel):
    """A judgement, and the sentence that gives its reasons."""

    model_config = ConfigDict(extra="forbid")

    level: Level = Field(
        description="Objectifs sécurisés, atteignables, appuis nécessaires ou objectifs compromis (`compromised`)."
    )
    comment: Comment


class AssessmentOut(BaseModel):
    """An assessment, or one of its versions; without a level, it was withdrawn."""

    model_config = ConfigDict(from_attributes=True, populate_by_name=True)

    id: str
    contract: str
    indicator: str
    entity: str
    year: int
    level: str | None
    comment: str | None
    version: int
    recorded_at: datetime
    recorded_by: str
    allowed_actions: list[str] = Field(default_factory=list, alias="allowedActions")


def shown(row: Any, caller: Caller) -> AssessmentOut:
    """A row as this caller sees it: with what they may do with it."""
    assessment = AssessmentOut.model_validate(row)
    actions = ["revise", "withdraw"] if caller.may_write(assessment.entity) else []
    return assessment.model_copy(update={"allowed_actions": actions})


class AssessmentPage(BaseModel):
    items: list[AssessmentOut]
    next: str | None


class AssessmentQuery(BaseModel):
    """Which assessments are wanted; several values of one filter are alternatives."""

    model_config = ConfigDict(extra="forbid")

    contract: str | None = Field(None, max_length=64)
    entity: list[str] = Field([], max_length=100)
    year: list[Annotated[int, Field(ge=1900, le=2200)]] = Field([], max_length=100)
    limit: int = Field(200, ge=1, le=1000, description="Nombre d’éléments par page.")
    after: str | None = Field(None, max_length=2000, description="Le « next » de la page précédente.")
