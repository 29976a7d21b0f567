"""The tables of a contract's package: the dataclass of each one's rows."""

from pydantic import TypeAdapter

from shared.intake.tables import Tables

from .domain import contract as definitions
from .domain import series
from .domain.contract import Contract
from .domain.observation import Observation
from .domain.target import Target, TrajectoryPoint
from .domain.validation import KEYS

OBSERVATIONS = "observations"
DEFINITIONS = tuple(KEYS)
TABLES = Tables(
    {
        "contract": definitions.Header,
        "entities": definitions.Entity,
        "objectives": definitions.Objective,
        "indicators": definitions.Indicator,
        "targets": Target,
        "trajectory": TrajectoryPoint,
        "benchmarks": series.Benchmark,
        "benchmark_values": series.SeriesPoint,
        "deflators": series.Deflator,
        "deflator_values": series.SeriesPoint,
        "adjustments": series.Adjustment,
        "hypotheses": series.Hypothesis,
        "printed_changes": definitions.PrintedChange,
        "printed_values": definitions.PrintedValue,
        "breaks": definitions.Break,
        "notes": definitions.Note,
        OBSERVATIONS: Observation,
    }
)
CONTRACT = TypeAdapter(Contract)
