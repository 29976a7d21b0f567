"""The bibliometrics of a contract: what each measure counts in a year, from which extraction."""

from datetime import date, datetime
from decimal import Decimal
from typing import Self

from pydantic import BaseModel

from .watermark import Watermarked


class FileView(BaseModel):
    """A file that an extraction rests on, and the days that it tells."""

    source: str
    sha256: str
    extracted_on: date | None
    updated_on: date | None
    dataset: str


class OfferedView(BaseModel):
    """An extraction that may be asked for; `current`, which nobody froze, has no identifier and no day."""

    id: str | None
    code: str
    label: str
    status: str
    extracted_on: date | None
    years: list[int]


class ExtractionView(OfferedView):
    """The extraction that is shown; `rules`, `affiliations` and `staff` are the versions that it was counted with."""

    rules: str | None = None
    affiliations: int | None = None
    staff: int | None = None
    publications: int | None = None
    note: str | None = None
    files: list[FileView] = []


class WhyView(BaseModel):
    """Why there is no count."""

    code: str
    sentence: str


class EntityCountView(BaseModel):
    """`count` is a number of publications, or a quotient as a decimal string; `missing` says why there is none.

    `low` and `high` bound, at 95 %, the share of `numerator` in `known`, the publications that have a percentile.
    """

    entity: str
    label: str
    count: int | str | None
    missing: WhyView | None
    fractional: str | None
    numerator: str | None
    denominator: str | None
    counted_on: date | None
    known: int | None
    low: str | None
    high: str | None


class PairView(BaseModel):
    first: str
    second: str
    count: int


class DeclaredView(BaseModel):
    """A count that was published without its records."""

    entity: str
    year: int
    value: Decimal
    source: str
    status: str
    note: str | None


class CountedIndicatorView(Watermarked):
    """`distinct` is the group's count, each publication once: `sum` − `overlap`.

    `sum` to `excluded` are null where the extraction does not tell them of this measure. `provisional`: it may change.
    """

    indicator: str
    label: str
    unit: str
    measure: str
    perimeter: str
    note: str | None
    provisional: bool
    group: EntityCountView
    entities: list[EntityCountView]
    sum: int | None
    overlap: int | None
    distinct: int | None
    group_only: int | None
    matrix: list[PairView] | None
    excluded: dict[str, int] | None
    column: str | None
    mapping: str | None
    declared: list[DeclaredView]
    publications: str


class BibliometricsView(Watermarked):
    """`perimeter` is the one asked for, null where each measure is shown in its own."""

    contract: str
    year: int
    as_of: datetime | None
    perimeter: str | None
    extraction: ExtractionView
    extractions: list[OfferedView]
    indicators: list[CountedIndicatorView]

    def marked(self, mark: str) -> Self:
        """The same view under another watermark, which each of its indicators bears too."""
        indicators = [each.marked(mark) for each in self.indicators]
        return self.model_copy(update={"watermark": mark, "indicators": indicators})
