"""The facts of the milestones service: what a contract's plan defines, its steps, their progress, and what is said."""

from datetime import date, datetime
from decimal import Decimal
from typing import ClassVar

from .catalogue import Fact, FactBody

OWNER = "milestones"


class DueBody(FactBody):
    """A date as it was written, and the days between which it lies; `doubtful` where the writing leaves a doubt."""

    earliest: date
    latest: date
    text: str
    doubtful: bool = False


class ForecastBody(DueBody):
    """When a step is now expected; `confidence` is high, medium or low."""

    confidence: str


class EvidenceBody(FactBody):
    """A document that shows that a step is done; `sha256` is the digest of the named file."""

    reference: str | None = None
    address: str | None = None
    file: str | None = None
    sha256: str | None = None


class MilestoneBody(FactBody):
    """A jalon, with the objective and the indicators that it serves."""

    code: str
    title: str
    source: str
    objective: str | None = None
    indicators: tuple[str, ...] = ()
    pilot: str | None = None
    note: str | None = None


class LineBody(FactBody):
    """A line of action of a milestone; `description` and `target` are the contract's own words."""

    milestone: str
    code: str
    title: str
    source: str
    description: str | None = None
    target: str | None = None
    pilot: str | None = None
    note: str | None = None


class ResultBody(FactBody):
    """What was said of a line's results in a year."""

    line: str
    year: int
    text: str
    source: str


class PlanBody(FactBody):
    """The milestones of a contract and their lines, in the contract's order; `entities` each do the shared steps."""

    entities: tuple[str, ...]
    milestones: tuple[MilestoneBody, ...]
    lines: tuple[LineBody, ...]
    results: tuple[ResultBody, ...] = ()


class PlanDefined(Fact):
    """The milestones of a contract as they stand from this version on."""

    TYPE: ClassVar[str] = "fr.imt.cadran.milestones.plan-defined.v1"
    contract: str
    defined_at: datetime
    defined_by: str
    definition: PlanBody

    @property
    def subject(self) -> str:
        return f"plans/{self.contract}"


class StepRecorded(Fact):
    """A step as it stands from this version on; `signed` where it was in the first plan of its contract.

    `place` is its rank in the plan. Of a recurrent step there is one for each of its years, with the same code.
    """

    TYPE: ClassVar[str] = "fr.imt.cadran.milestones.step-recorded.v1"
    id: str
    contract: str
    line: str
    code: str
    year: int
    place: int
    title: str
    due: DueBody
    conditional: bool
    recurrent: bool
    scope: str
    pilot: str | None
    source: str
    note: str | None
    signed: bool
    withdrawn: bool
    reason: str | None
    recorded_at: datetime
    recorded_by: str

    @property
    def subject(self) -> str:
        return f"steps/{self.id}"


class ProgressRecorded(Fact):
    """What an entity says of a step, as it stands from this version on; `due` is the date it was postponed to."""

    TYPE: ClassVar[str] = "fr.imt.cadran.milestones.progress-recorded.v1"
    id: str
    step: str
    contract: str
    entity: str
    state: str
    share: Decimal | None
    done_on: date | None
    evidence: tuple[EvidenceBody, ...]
    due: DueBody | None
    forecast: ForecastBody | None
    reason: str | None
    note: str | None
    recorded_at: datetime
    recorded_by: str

    @property
    def subject(self) -> str:
        return f"progress/{self.id}"


class CommentAdded(Fact):
    """A remark on a step, of an entity or of the group; it is never changed."""

    TYPE: ClassVar[str] = "fr.imt.cadran.milestones.comment-added.v1"
    id: str
    step: str
    contract: str
    entity: str
    text: str
    recorded_at: datetime
    recorded_by: str

    @property
    def subject(self) -> str:
        return f"comments/{self.id}"


FACTS: dict[str, type[Fact]] = {fact.TYPE: fact for fact in (PlanDefined, StepRecorded, ProgressRecorded, CommentAdded)}
