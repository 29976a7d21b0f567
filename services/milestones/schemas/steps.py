"""The bodies of steps: a new one, a revision, what is shown, and which ones are wanted."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from services.milestones.domain.step import Scope
from services.milestones.rows import STEP
from shared.identity import Caller, Right
from shared.versions import VersionQuery

from .dates import Day, DueOut
from .texts import Reason, Words

Year = Annotated[int, Field(ge=1900, le=2200)]


class _Stated(BaseModel):
    model_config = ConfigDict(extra="forbid")

    title: str
    source: str
    due: Words | None = Field(None, description="Les mots de la date ; sans eux, toute l’année de l’étape.")
    doubtful: bool = False
    conditional: bool = False
    scope: Scope = Scope.GROUP
    pilot: str | None = Field(None, description="Une fonction, jamais une personne.")
    note: str | None = None
    reason: Reason


class StepIn(_Stated):
    """A step to add to a contract; with `until`, one in each year up to that one."""

    line: str
    code: str
    year: Year
    until: Year | None = None


class RevisionIn(_Stated):
    """A revision: the whole step anew, and why. Its code and year do not change, its line may."""

    line: str | None = None


class StepOut(BaseModel):
    """A step, or one of its versions; `signed` where it was in the contract's first plan."""

    model_config = ConfigDict(populate_by_name=True)

    id: str
    contract: str
    milestone: str
    line: str
    code: str
    year: int
    place: int
    title: str
    due: DueOut
    conditional: bool
    recurrent: bool
    scope: str
    pilot: str | None
    source: str
    note: str | None
    signed: bool
    withdrawn: bool
    version: int
    reason: str | None
    recorded_at: datetime
    recorded_by: str
    allowed_actions: list[str] = Field(default_factory=list, alias="allowedActions")


_OWN = (
    "id", "contract", "milestone", "code", "year", "place", "signed", "withdrawn", "version", "reason", "recorded_at",
    "recorded_by",
)  # fmt: skip


def shown(row: Any, caller: Caller, *, stands: bool = True) -> StepOut:
    """A row as this caller sees it: with what they may do with it, where it is the version that stands."""
    step = STEP.validate_json(row.definition)
    actions = ["restore"] if row.withdrawn else ["revise", "withdraw"]
    return StepOut(
        **{name: getattr(row, name) for name in _OWN},
        line=step.line,
        title=step.title,
        due=DueOut.model_validate(step.due),
        conditional=step.conditional,
        recurrent=step.recurrent,
        scope=step.scope,
        pilot=step.pilot,
        source=step.source,
        note=step.note,
        allowed_actions=actions if stands and Right.DEFINE in caller.rights else [],
    )


class StepPage(BaseModel):
    items: list[StepOut]
    next: str | None


class AddedOut(BaseModel):
    """The steps that were added: one for each year of a recurrent one."""

    items: list[StepOut]


class StepQuery(VersionQuery):
    """Which steps are wanted; several values of one filter are alternatives."""

    contract: str | None = Field(None, max_length=64)
    milestone: list[str] = Field([], max_length=100)
    line: list[str] = Field([], max_length=100)
    code: list[str] = Field([], max_length=100)
    year: list[Year] = Field([], max_length=100)
    scope: Scope | None = None
    due_after: Day | None = Field(None, alias="dueAfter", description="Dont la date finit ce jour, ou après.")
    due_before: Day | None = Field(None, alias="dueBefore", description="Dont la date finit ce jour, ou avant.")
    withdrawn: bool | None = Field(
        None, description="Les seules retirées, ou les autres ; par défaut les autres, et sous updatedAfter toutes."
    )
