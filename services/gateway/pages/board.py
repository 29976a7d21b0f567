"""A follow-up as its page shows it: by domain, parts under their whole, what is missing by indicator."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from services.gateway.domain.judgement.verdicts import LABELS
from services.gateway.schemas.contracts import ContractItem
from services.gateway.schemas.follow_up import (
    EntityFollowed,
    EntityFollowUp,
    EntityIndicatorView,
    Followed,
    FollowUp,
    IndicatorView,
    MissingView,
    ValueView,
)

from .chart import Chart, chart
from .years import YearTable, year_table

_YEAR_OPEN = "year-open"
_NOT_YET_DUE = "not_yet_due"
_NAMED = 4


@dataclass(frozen=True, slots=True)
class Shown:
    """The value of the year: as it was stated or, where the group says nothing, made of its entities'."""

    value: str | None
    absence: str | None
    stated: ValueView | None
    is_simulated: bool
    is_computed: bool = False


@dataclass(frozen=True, slots=True)
class School:
    view: EntityFollowed
    shown: Shown


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator; `is_part` where its whole stands above it."""

    view: EntityIndicatorView
    is_part: bool
    shown: Shown
    years: YearTable
    chart: Chart | None
    schools: Sequence[School]

    @property
    def sum_is_simulated(self) -> bool:
        return any(school.view.simulated for school in self.schools)


@dataclass(frozen=True, slots=True)
class Domain:
    label: str
    lines: Sequence[Line]


@dataclass(frozen=True, slots=True)
class Count:
    """How many verdicts of a status: this year's, and the objectives'."""

    status: str
    label: str
    year: int
    final: int


@dataclass(frozen=True, slots=True)
class Missing:
    """An indicator's missing values for one reason: the page's own entity among them, and the others by name."""

    indicator: str
    label: str
    reason: str
    own: bool
    others: Sequence[str]
    is_simulated: bool

    @property
    def named(self) -> bool:
        return len(self.others) <= _NAMED


@dataclass(frozen=True, slots=True)
class Board:
    view: EntityFollowUp | FollowUp
    domains: Sequence[Domain]
    counts: Sequence[Count]
    missing: Sequence[Missing]

    @property
    def is_year_simulated(self) -> bool:
        """Whether an invented value counts among the year's verdicts."""
        return any(target.verdict.simulated for each in self.view.indicators for target in each.targets)

    @property
    def is_final_simulated(self) -> bool:
        return any(target.final_verdict.simulated for each in self.view.indicators for target in each.targets)

    @property
    def is_empty(self) -> bool:
        """Whether nothing at all was observed in the year."""
        lines = [line for domain in self.domains for line in domain.lines]
        shown = [line.shown for line in lines] + [school.shown for line in lines for school in line.schools]
        return all(each.value is None for each in shown)


def board(view: EntityFollowUp | FollowUp, contract: ContractItem) -> Board:
    years = range(contract.reference_year, contract.end_year + 1)
    return Board(view, _domains(view, years), _counts(view), _missing(view))


def _domains(view: EntityFollowUp | FollowUp, years: Sequence[int]) -> list[Domain]:
    codes = {each.code for each in view.indicators}
    found: dict[str, list[Line]] = {}
    for each in _parts_under_their_whole(view.indicators, codes):
        found.setdefault(each.domain, []).append(_line(each, view.year, years, codes))
    return [Domain(label, lines) for label, lines in found.items()]


def _parts_under_their_whole(
    indicators: Sequence[EntityIndicatorView], codes: set[str]
) -> Iterable[EntityIndicatorView]:
    for whole in (each for each in indicators if each.parent not in codes):
        yield whole
        yield from (each for each in indicators if each.parent == whole.code)


def _line(view: EntityIndicatorView, year: int, years: Sequence[int], codes: set[str]) -> Line:
    below = view.entities if isinstance(view, IndicatorView) else []
    return Line(
        view=view,
        is_part=view.parent in codes,
        shown=_of_group(view, _shown(view, year)),
        years=year_table(view, years),
        chart=chart(view),
        schools=[School(each, _shown(each, year)) for each in below],
    )


def _shown(view: Followed, year: int) -> Shown:
    stated = next((each for each in view.values if each.year == year), None)
    is_open = any(target.verdict.rule == _YEAR_OPEN for target in view.targets)
    absence = _NOT_YET_DUE if is_open else stated.absence if stated else None
    value = stated.value if stated else None
    return Shown(value, None if value is not None else absence, stated, view.simulated)


def _of_group(view: EntityIndicatorView, own: Shown) -> Shown:
    """What the group does not state itself, where every one of its entities did."""
    whole = view.completeness.expected and view.completeness.received == view.completeness.expected
    if own.value is not None or view.computed is None or not whole:
        return own
    return Shown(view.computed, None, None, view.simulated, is_computed=True)


def _counts(view: EntityFollowUp | FollowUp) -> list[Count]:
    counts = [
        Count(code, label, view.summary.get(code, 0), view.final_summary.get(code, 0)) for code, label in LABELS.items()
    ]
    return [each for each in counts if each.year or each.final]


def _missing(view: EntityFollowUp | FollowUp) -> list[Missing]:
    found: dict[tuple[str, str], list[MissingView]] = {}
    for each in view.missing:
        found.setdefault((each.indicator, each.reason), []).append(each)
    invented = set(_simulated(view))
    return [_grouped(rows, view.entity, invented) for rows in found.values()]


def _simulated(view: EntityFollowUp | FollowUp) -> Iterable[tuple[str, str]]:
    """The indicators and entities whose year is invented, be it the absence of a value."""
    for each in view.indicators:
        below = each.entities if isinstance(each, IndicatorView) else []
        yield from ((each.code, one.entity) for one in below if one.simulated)
        if each.simulated:
            yield each.code, view.entity


def _grouped(rows: list[MissingView], own: str, invented: set[tuple[str, str]]) -> Missing:
    return Missing(
        indicator=rows[0].indicator,
        label=rows[0].label,
        reason=rows[0].reason,
        own=any(each.entity == own for each in rows),
        others=[each.entity_label for each in rows if each.entity != own],
        is_simulated=any((each.indicator, each.entity) in invented for each in rows),
    )
