"""What changed between two extractions."""

from decimal import Decimal

from pydantic import BaseModel


class FrozenOut(BaseModel):
    """A publication as an extraction keeps it."""

    id: str
    title: str
    year: int | None
    type: str
    permanent: list[str]
    whole: list[str]
    percentile: Decimal | None
    excluded: str | None


class ChangeOut(BaseModel):
    """A publication before and after; none on the side where it is not."""

    id: str
    before: FrozenOut | None
    after: FrozenOut | None


class ComparisonOut(BaseModel):
    """Every change once a kind; `moved`: attributed to other entities."""

    before: str
    after: str
    added: list[ChangeOut]
    removed: list[ChangeOut]
    moved: list[ChangeOut]
    changed_percentile: list[ChangeOut]
    changed_year: list[ChangeOut]
    changed_type: list[ChangeOut]
    changed_exclusion: list[ChangeOut]
