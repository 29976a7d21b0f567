"""The tables of a package's milestones: the dataclass of each one's rows, and how what is kept is written as JSON."""

from collections.abc import Mapping

from pydantic import TypeAdapter

from shared.intake.tables import Tables

from .domain import plan as definitions
from .domain.plan import Plan, WrittenProgress
from .domain.progress import Statement
from .domain.step import Step, WrittenStep

STEPS, PROGRESS = "steps", "progress"
SHOWN = ("milestone", "line", "title", "expected")
"""What an export of progress tells besides of each step, for those who read it; an import does not read it back."""
KEYS: Mapping[str, tuple[str, ...]] = {
    "contract": ("code",),
    "entities": ("code",),
    "objectives": ("code",),
    "indicators": ("code",),
    "milestones": ("code",),
    "milestone_lines": ("code",),
    "milestone_results": ("line", "year", "text"),
}
TABLES = Tables(
    {
        "contract": definitions.Header,
        "entities": definitions.Entity,
        "objectives": definitions.Objective,
        "indicators": definitions.Indicator,
        "milestones": definitions.Milestone,
        "milestone_lines": definitions.Line,
        "milestone_results": definitions.Result,
        STEPS: WrittenStep,
        PROGRESS: WrittenProgress,
    },
    lenient=("objectives", "indicators"),
    shown={PROGRESS: SHOWN},
)
PLAN, STEP, STATEMENT = TypeAdapter(Plan), TypeAdapter(Step), TypeAdapter(Statement)
