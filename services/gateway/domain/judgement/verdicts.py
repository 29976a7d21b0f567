"""A verdict: what is said of a target in a year, why, and by how much."""

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum

RULES = "1"
"""The version of the rules: it is part of every answer, so that a past verdict can be told from today's."""


class Status(StrEnum):
    """The ten words of a board, in the order from best to worst, then those that judge nothing."""

    MET = "met"
    ON_TRACK = "on_track"
    WATCH = "watch"
    BEHIND = "behind"
    MISSED = "missed"
    UNTARGETED = "untargeted"
    NOT_DUE = "not_due"
    NOT_REPORTED = "not_reported"
    NOT_EVALUABLE = "not_evaluable"
    NOT_APPLICABLE = "not_applicable"


LABELS = {
    Status.MET: "Atteint",
    Status.ON_TRACK: "En ligne",
    Status.WATCH: "À surveiller",
    Status.BEHIND: "En retard",
    Status.MISSED: "Non atteint",
    Status.UNTARGETED: "Sans cible",
    Status.NOT_DUE: "Non échu",
    Status.NOT_REPORTED: "Non renseigné",
    Status.NOT_EVALUABLE: "Non évaluable",
    Status.NOT_APPLICABLE: "Sans objet",
}


class Rule(StrEnum):
    """Which rule decided."""

    NO_TARGET = "no-target"  # monitored only
    NOT_CONCERNED = "not-concerned"  # the entity is not concerned
    BEFORE_START = "before-start"  # the contract has not begun, or the path has not
    YEAR_OPEN = "year-open"  # the year is not over, nothing is expected yet
    NO_VALUE = "no-value"  # nothing was stated, or a reason for its absence
    NO_BASELINE = "no-baseline"
    NO_BENCHMARK = "no-benchmark"
    NO_INDEX = "no-index"  # the price index of a year is missing
    NO_LEVEL = "no-level"  # the target does not say what it asks for
    METHOD_BREAK = "method-break"  # a growth across a change of method
    OBJECTIVE = "objective"  # in the due year: the level asked for
    TRAJECTORY_POINT = "trajectory-point"
    STRAIGHT_LINE = "straight-line"
    EVERY_YEAR = "every-year"  # a floor, a ceiling, a benchmark, « stable ou croissant »
    DISTANT = "distant"  # the final objective, before its year


@dataclass(frozen=True, slots=True)
class Margin:
    """By how much: positive is better than asked, negative is short.

    `absolute` is in the indicator's unit (points for a rate), `relative` to what was asked (four decimals, none for a
    rate).
    """

    absolute: Decimal | None = None
    relative: Decimal | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Operands:
    """What was compared, in the indicator's unit.

    `upper` is the other end of a range, `tolerated` the shortfall that is watched rather than late; `benchmark` and
    `index` are those of the year, where they served; `basis` says in which euros.
    """

    year: int
    value: Decimal | None = None
    required: Decimal | None = None
    upper: Decimal | None = None
    baseline: Decimal | None = None
    baseline_year: int | None = None
    tolerated: Decimal | None = None
    benchmark: Decimal | None = None
    index: Decimal | None = None
    basis: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    status: Status
    rule: Rule
    operands: Operands
    sentence: str
    margin: Margin = field(default_factory=Margin)
    simulated: bool = False

    @property
    def label(self) -> str:
        return LABELS[self.status]
