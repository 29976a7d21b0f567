"""The facts of the bibliometrics service: what its measures are, what was extracted, and each count.

No publication and no person is told: a count is the smallest thing that leaves the service.
"""

from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar

from .catalogue import Fact, FactBody

OWNER = "bibliometrics"
CURRENT = "current"
"""The extraction that nobody froze: what would be counted today."""


class MeasureBody(FactBody):
    """An indicator of the contract that a measure gives, in a perimeter (`permanent` or `whole`)."""

    indicator: str
    measure: str
    perimeter: str
    note: str | None = None


class DeclaredBody(FactBody):
    """A count that was published without its records, with its source."""

    indicator: str
    entity: str
    year: int
    value: Decimal
    source: str
    status: str
    note: str | None = None


class MeasuresDefined(Fact):
    """Which of a contract's indicators are counted here, and what was declared of them before."""

    TYPE: ClassVar[str] = "fr.imt.cadran.bibliometrics.measures-defined.v1"

    contract: str
    defined_at: datetime
    defined_by: str
    measures: tuple[MeasureBody, ...]
    declared: tuple[DeclaredBody, ...]

    @property
    def subject(self) -> str:
        return f"contracts/{self.contract}/measures"


class FileBody(FactBody):
    """A file that an extraction rests on: its digest, and the days that it tells."""

    source: str
    sha256: str
    extracted_on: date | None
    updated_on: date | None
    dataset: str


class ExtractionRecorded(Fact):
    """A frozen state of the corpus: `provisional`, then `definitive`, one way.

    `rules`, `affiliations` and `staff` are the versions of what it was counted with.
    """

    TYPE: ClassVar[str] = "fr.imt.cadran.bibliometrics.extraction-recorded.v1"

    id: str
    contract: str
    code: str
    label: str
    status: str
    extracted_on: date
    rules: str
    affiliations: int
    staff: int
    years: tuple[int, ...]
    publications: int
    files: tuple[FileBody, ...]
    note: str | None
    recorded_at: datetime
    recorded_by: str

    @property
    def subject(self) -> str:
        return f"contracts/{self.contract}/extractions/{self.id}"


class PairBody(FactBody):
    """How many publications two entities have in common."""

    first: str
    second: str
    count: int


class ReasonBody(FactBody):
    """How many publications are left out for a reason."""

    reason: str
    count: int


class TogetherBody(FactBody):
    """What the entities give together: their sum, what it counts more than once, and each publication once."""

    sum: int
    overlap: int
    distinct: int
    group_only: int
    matrix: tuple[PairBody, ...]
    excluded: tuple[ReasonBody, ...]


class CountRecorded(Fact):
    """A count of an entity, or of the group, in a year, a perimeter and an extraction; its `value` or why it has none.

    `value` is the count, or for `publications-per-fte` the quotient of `numerator` by `denominator` (research FTE on
    `counted_on`). `fractional` is a second view: each publication shared out between the entities that sign it.
    `low` and `high` bound, at 95 %, the share of `numerator` in `known`, the publications that have a percentile, which
    comes from `column`; `mapping` is the version of the goals' classifier. `together` is told of the group alone.
    """

    TYPE: ClassVar[str] = "fr.imt.cadran.bibliometrics.count-recorded.v1"

    contract: str
    extraction: str
    measure: str
    perimeter: str
    year: int
    entity: str
    value: Decimal | None
    missing: str | None
    fractional: Decimal | None
    numerator: Decimal | None = None
    denominator: Decimal | None = None
    counted_on: date | None = None
    known: int | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    column: str | None = None
    mapping: str | None = None
    together: TogetherBody | None = None
    recorded_at: datetime
    recorded_by: str

    @property
    def subject(self) -> str:
        place = f"{self.extraction}/{self.measure}/{self.perimeter}/{self.year}/{self.entity}"
        return f"contracts/{self.contract}/counts/{place}"


FACTS: dict[str, type[Fact]] = {each.TYPE: each for each in (MeasuresDefined, ExtractionRecorded, CountRecorded)}
