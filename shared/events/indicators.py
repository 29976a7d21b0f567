"""The facts of the indicators service: what a contract defines, what was observed, assessed, or rehearsed."""

from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar

from .catalogue import Fact, FactBody
from .contract import ContractBody

OWNER = "indicators"


class ContractDefined(Fact):
    """A contract as it stands from this version on."""

    TYPE: ClassVar[str] = "fr.imt.cadran.indicators.contract-defined.v1"
    code: str
    defined_at: datetime
    defined_by: str
    definition: ContractBody

    @property
    def subject(self) -> str:
        return f"contracts/{self.code}"


class ObservationRecorded(Fact):
    """One value, or the reason for its absence, as it stands from this version on."""

    TYPE: ClassVar[str] = "fr.imt.cadran.indicators.observation-recorded.v1"
    id: str
    contract: str
    indicator: str
    entity: str
    year: int
    basis: str
    perimeter: str
    value: Decimal | None
    status: str
    absence: str | None
    source: str
    note: str | None
    observed_on: date | None
    reason: str | None
    recorded_at: datetime
    recorded_by: str

    @property
    def subject(self) -> str:
        return f"observations/{self.id}"


class AssessmentRecorded(Fact):
    """A person's own judgement of an entity's year, as it stands from this version on; no level: it was withdrawn."""

    TYPE: ClassVar[str] = "fr.imt.cadran.indicators.assessment-recorded.v1"
    id: str
    contract: str
    indicator: str
    entity: str
    year: int
    level: str | None
    comment: str | None
    recorded_at: datetime
    recorded_by: str

    @property
    def subject(self) -> str:
        return f"assessments/{self.id}"


class SimulatedBody(FactBody):
    """A value that nobody observed, or the reason that would be given for its absence."""

    indicator: str
    entity: str
    year: int
    value: Decimal | None = None
    absence: str | None = None
    note: str | None = None


class RehearsalStaged(Fact):
    """The simulated values of a contract, the whole set from this version on; none: the rehearsal is over."""

    TYPE: ClassVar[str] = "fr.imt.cadran.indicators.rehearsal-staged.v1"
    contract: str
    source: str
    staged_at: datetime
    staged_by: str
    observations: tuple[SimulatedBody, ...]

    @property
    def subject(self) -> str:
        return f"rehearsals/{self.contract}"


FACTS: dict[str, type[Fact]] = {
    fact.TYPE: fact for fact in (ContractDefined, ObservationRecorded, AssessmentRecorded, RehearsalStaged)
}
