"""The read model: every subject as it stands and stood, how far each topic has been read, and what was parked."""

from pathlib import Path

from services.gateway import generations
from shared.migrations import Schema

from .base import Base
from .bibliometrics import (
    CountRow,
    CountVersionRow,
    ExtractionRow,
    ExtractionVersionRow,
    MeasuresRow,
    MeasuresVersionRow,
)
from .dismissals import DismissedRow
from .indicators import (
    AssessmentRow,
    AssessmentVersionRow,
    ContractRow,
    ContractVersionRow,
    ObservationRow,
    ObservationVersionRow,
    RehearsalRow,
)
from .milestones import (
    CommentRow,
    PlanRow,
    PlanVersionRow,
    ProgressRow,
    ProgressVersionRow,
    StepRow,
    StepVersionRow,
)
from .reading import GenerationRow, ParkedRow, PositionRow, ReadModelRow, RecentEventRow

__all__ = [
    "SCHEMA",
    "AssessmentRow",
    "AssessmentVersionRow",
    "Base",
    "CommentRow",
    "ContractRow",
    "ContractVersionRow",
    "CountRow",
    "CountVersionRow",
    "DismissedRow",
    "ExtractionRow",
    "ExtractionVersionRow",
    "GenerationRow",
    "MeasuresRow",
    "MeasuresVersionRow",
    "ObservationRow",
    "ObservationVersionRow",
    "ParkedRow",
    "PlanRow",
    "PlanVersionRow",
    "PositionRow",
    "ProgressRow",
    "ProgressVersionRow",
    "ReadModelRow",
    "RecentEventRow",
    "RehearsalRow",
    "StepRow",
    "StepVersionRow",
]

SCHEMA = Schema((Base.metadata,), Path(__file__).parent.parent / "migrations", generations.enter)
