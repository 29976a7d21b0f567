"""Counts: what is asked, and each entity's number beside what they have in common."""

from datetime import date
from decimal import Decimal

from pydantic import BaseModel, Field


class EntityCountOut(BaseModel):
    """An entity's count, or the reason why it has none.

    `fractional` is a second view, where each publication is shared out between the entities that sign it.
    """

    entity: str
    label: str
    count: int | Decimal | None
    missing: str | None = None
    fractional: Decimal | None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    counted_on: date | None = None
    known: int | None = None
    low: Decimal | None = Field(None, description="Borne basse à 95 % de la part (Wilson).")
    high: Decimal | None = None
    small: bool | None = Field(None, description="Trop peu de percentiles connus pour comparer la part.")


class PairOut(BaseModel):
    """How many publications two entities sign together."""

    first: str
    second: str
    count: int


class GoalOut(BaseModel):
    goal: int
    distinct: int
    entities: dict[str, int]


class CountsOut(BaseModel):
    """A count: presence (one for each entity that signs, whatever its authors), with `sum` − `overlap` = `distinct`.

    `group_only` counts what is signed in the group's name and by none of its entities; `excluded` is by reason.
    """

    contract: str | None
    extraction: str
    measure: str
    perimeter: str
    year: int | None
    types: list[str]
    rules: str
    entities: list[EntityCountOut]
    sum: int
    overlap: int
    distinct: int
    group: EntityCountOut | None
    group_only: int
    unattributed: int
    matrix: list[PairOut]
    excluded: dict[str, int]
    missing: list[str]
    columns: list[str] = Field(description="L’en-tête de la colonne SciVal qui a donné les percentiles.")
    mapping: str | None
    mappings: dict[str, int]
    goals: list[GoalOut]
    watermark: str
