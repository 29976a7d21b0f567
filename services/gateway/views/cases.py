"""A target with all that its judgement looks at, from a contract's facts."""

from collections.abc import Mapping

from services.gateway.domain.judgement.case import Case
from services.gateway.domain.targets import AsOf, Target
from services.gateway.domain.values import Stated
from services.gateway.facts import ContractFacts
from shared.events.contract import TargetBody

from .judging import benchmark_of, deflator_of


def case_of(facts: ContractFacts, stated: TargetBody, target: Target, series: Mapping[int, Stated], at: AsOf) -> Case:
    return Case(
        target=target,
        series=series,
        benchmark=benchmark_of(facts, stated),
        deflator=deflator_of(facts, stated.deflator),
        year=at.year,
        on=at.on,
    )
