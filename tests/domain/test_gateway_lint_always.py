"""What holds of the lint of any contract that its owner admits: it answers."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from services.gateway.domain.lint import Book, Figure, Figures, lint
from services.indicators.domain import series
from services.indicators.domain import target as targets
from services.indicators.domain.contract import (
    Aggregation,
    ChangeSubject,
    ChangeUnit,
    Contract,
    Direction,
    Entity,
    EntityKind,
    Header,
    Indicator,
    PrintedChange,
    PrintedValue,
)
from services.indicators.domain.target import Accumulation, BaselineKind, Comparison, Operand, Target
from services.indicators.domain.validation import check_contract

HEADER = Header(code="c", label="C", start_year=2024, end_year=2028, reference_year=2023, source="S")
ENTITIES = {"g": EntityKind.GROUP, "n": EntityKind.SCHOOL, "s": EntityKind.SUBSIDIARY, "o": EntityKind.OTHER}
BASES = ["", "current-euros", "constant-euros-2023", "constant-euros-2023"]
SAID = {"source": "S", "text": "T"}

numbers = st.sampled_from(["0", "-0", "5", "1.5", "-3", "92", "99999999999999999999.9999999999", "-1E-10"]).map(Decimal)
indices = st.sampled_from([100, 100, 115, 115, 0, -1]).map(Decimal)
years = st.sampled_from([2023, 2028, 2024, 2028])
indicators, entities = st.sampled_from("ab"), st.sampled_from("gns")
units = st.sampled_from(["%", "M€"])


@st.composite
def stated_targets(draw: st.DrawFn, indicator: str, entity: str, code: str) -> Target:
    """Coherent: each cell is there where the others ask for it."""
    operand, drawn = draw(st.sampled_from(Operand)), draw(st.sampled_from(list(Comparison)[:-1]))
    comparison = Comparison.NONE if operand is Operand.NONE else drawn
    valued = operand in {Operand.VALUE, Operand.GROWTH, Operand.POINTS, Operand.GROWTH_RANGE}
    ranged = comparison is Comparison.WITHIN or operand is Operand.GROWTH_RANGE
    low, high = sorted((draw(numbers), draw(numbers)))
    free = operand in {Operand.VALUE, Operand.BENCHMARK, Operand.NONE}
    kind = draw(st.sampled_from([each for each in BaselineKind if free or each is not BaselineKind.NONE]))
    means: dict[str, Any] = {"baseline_kind": kind, "baseline_years": "2023 2024"} if kind is BaselineKind.MEAN else {}
    own = draw(numbers) if kind is BaselineKind.ADJUSTED else None
    return Target(
        indicator=indicator, entity=entity, target=code, comparison=comparison, operand=operand, due_year=draw(years),
        value=low if valued else None, upper=high if ranged else None, level=draw(st.none() | numbers),
        benchmark="e" if operand is Operand.BENCHMARK else None, basis=draw(st.sampled_from(BASES)),
        accumulation=draw(st.sampled_from(Accumulation)), tolerance=draw(st.none() | st.just(Decimal(1))),
        **{"baseline_kind": kind, "baseline_value": own} | means | SAID,
    )  # fmt: skip


@st.composite
def contracts(draw: st.DrawFn) -> Contract:
    places = [(indicator, entity, code) for indicator in "ab" for entity in "gns" for code in "xy"]
    chosen = draw(st.lists(st.sampled_from(places), unique=True, max_size=5))
    stated = tuple(draw(stated_targets(*place)) for place in chosen)
    if draw(st.booleans()):  # what the entities commit to together
        group = draw(stated_targets("a", "g", "x"))
        stated = (group, *(replace(group, entity=each) for each in "ns"))
    return Contract(
        contract=(HEADER,),
        entities=tuple(Entity(code=code, label=code, kind=kind) for code, kind in ENTITIES.items()),
        indicators=(draw(stated_indicators("a", None)), draw(stated_indicators("b", "a"))),
        targets=stated,
        trajectory=tuple(
            targets.TrajectoryPoint(
                indicator=each.indicator, entity=each.entity, target=each.target, year=2023, value=draw(numbers),
                source="S",
            )
            for each in stated if each.due_year > 2023 and draw(st.booleans())
        ),
        benchmarks=(series.Benchmark(code="e", label="E", unit="M€", source="S"),),
        deflators=(series.Deflator(code="d", label="D", version="1", base_year=2023, source="S"),),
        deflator_values=tuple(
            series.SeriesPoint(series="d", year=year, value=draw(indices), source="S") for year in (2023, 2028)
        ),
        adjustments=(series.Adjustment(indicator="a", year=2028, amount=draw(numbers), reason="R", source="S"),),
        printed_changes=(draw(changes),),
        printed_values=(draw(values),),
    )  # fmt: skip


def stated_indicators(code: str, parent: str | None) -> st.SearchStrategy[Indicator]:
    return st.builds(
        Indicator, code=st.just(code), label=st.just(code), unit=units, decimals=st.integers(0, 10),
        direction=st.sampled_from(Direction), domain=st.just("D"), aggregation=st.sampled_from(Aggregation),
        declined=st.just(True), source=st.just("S"), parent=st.just(parent), objective=st.none(), numerator=st.none(),
        denominator=st.none(), note=st.none(),
    )  # fmt: skip


changes = st.builds(
    PrintedChange, indicator=indicators, entity=entities, subject=st.sampled_from(ChangeSubject), from_year=years,
    to_year=years, value=numbers, unit=st.sampled_from(ChangeUnit), text=st.just("T"), follows=st.booleans(),
    source=st.just("S"), note=st.none(),
)  # fmt: skip
values = st.builds(
    PrintedValue, indicator=indicators, entity=entities, subject=st.sampled_from(ChangeSubject), year=years,
    value=numbers, unit=units, text=st.just("T"), source=st.just("S"), note=st.none(),
)  # fmt: skip
held = st.builds(Figure, numbers, st.just("S"))
observed = st.fixed_dictionaries(
    {(indicator, entity): st.dictionaries(years, held) for indicator in "ab" for entity in "gns"}
)


@given(contracts(), observed, observed)
def test_the_lint_answers_on_any_contract_that_the_owner_admits(
    contract: Contract, figures: Figures, elsewhere: Figures
) -> None:
    assert check_contract("c", contract) == []
    assert all(each.sentence and each.source for each in lint(Book(contract, figures, {"other": elsewhere})))
