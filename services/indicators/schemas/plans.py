"""The body of a load's or an import's plan: what it changes of which observation."""

from pydantic import BaseModel

from shared.intake.schemas import Planned


class ChangeOut(BaseModel):
    indicator: str
    entity: str
    year: int
    before: str | None
    after: str


class PlanOut(Planned):
    """What a load or an import did, or would do; `changes` are the first ones only."""

    changes: list[ChangeOut]
