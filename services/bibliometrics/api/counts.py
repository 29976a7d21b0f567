"""Counts over HTTP: each entity's, their sum, what they have in common, and the group's; and the rules they follow."""

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from services.bibliometrics.domain import exclusion
from services.bibliometrics.domain.publication import DocumentType
from services.bibliometrics.domain.registry import MeasureKind, Perimeter
from services.bibliometrics.domain.tally import Tallied, Tally
from services.bibliometrics.holding import version
from services.bibliometrics.queries.counts import Answered, Asked, counted
from services.bibliometrics.schemas.counts import CountsOut, EntityCountOut, GoalOut, PairOut
from services.bibliometrics.schemas.rules import ExclusionOut, RulesOut
from shared import conditional
from shared.application import Db
from shared.events.bibliometrics import CURRENT
from shared.identity import Reader

from .parts import Contract, Extraction, Year

router = APIRouter(tags=["counts"])
_WHOLE = "Par défaut, l’institution entière, laboratoires communs compris ; ou ce que signe le personnel permanent."


@router.get("/counts", summary="Compter les publications de chaque entité, et celles du groupe une fois",
            response_model=CountsOut, responses=conditional.NOT_MODIFIED)  # fmt: skip
async def read_counts(
    request: Request,
    _caller: Reader,
    database: Db,
    contract: Contract = None,
    extraction: Extraction = None,
    year: Year = None,
    type: Annotated[list[DocumentType] | None, Query(description="Types de documents ; par défaut, tous.")] = None,  # noqa: A002 - its name in the query
    perimeter: Annotated[Perimeter, Query(description=_WHOLE)] = Perimeter.WHOLE,
    measure: Annotated[MeasureKind, Query(description="Ce qui est compté.")] = MeasureKind.PUBLICATIONS,
    goal: Annotated[list[int] | None, Query(description="Les ODD comptés ; par défaut, ceux du contrat.")] = None,
    mapping: Annotated[str | None, Query(max_length=32, description="La version du classement par ODD.")] = None,
) -> Response:
    asked = Asked(
        measure=measure,
        perimeter=perimeter,
        contract=contract,
        extraction=None if extraction == CURRENT else extraction,
        year=year,
        types=frozenset(type) if type else None,
        goals=frozenset(goal) if goal else None,
        mapping=mapping,
    )
    async with database.reading() as session:
        found, mark = await counted(session, asked), f"bibliometrics@{await version(session)}"
    return conditional.answer(request, _counts(asked, found, mark) if found else _nothing(asked, mark))


@router.get("/rules", summary="Les règles de comptage : ce qui est écarté, et pourquoi")
async def read_rules(_caller: Reader) -> RulesOut:
    items = [
        ExclusionOut(code=each.code, label=each.label, explanation=each.explanation) for each in exclusion.EXCLUSIONS
    ]
    return RulesOut(version=exclusion.RULES, excluded=items, kept=exclusion.KEPT)


def _counts(asked: Asked, answered: Answered, mark: str) -> CountsOut:
    counts, registry = answered.tallied.counts, answered.registry
    labels = {each.code: each.label for each in registry.entities}
    return CountsOut(
        contract=registry.header.code,
        extraction=answered.extraction.code if answered.extraction else CURRENT,
        **_asked(asked),
        entities=[_entity(each, labels) for each in answered.tallied.members],
        sum=counts.sum,
        overlap=counts.overlap,
        distinct=counts.distinct,
        group=_entity(answered.tallied.group, labels),
        group_only=counts.group_only,
        unattributed=counts.unattributed,
        matrix=[PairOut(first=each.first, second=each.second, count=each.count) for each in counts.matrix],
        excluded=dict(counts.excluded),
        missing=_missing(answered.tallied),
        columns=list(answered.tallied.group.columns),
        mapping=counts.mapping,
        mappings=dict(counts.mappings),
        goals=[
            GoalOut(goal=each.goal, distinct=each.distinct, entities={one.entity: one.count for one in each.entities})
            for each in counts.goals
        ],
        watermark=mark,
    )


def _missing(found: Tallied) -> list[str]:
    """Why there is no value at all, if it is so."""
    if found.counts.missing or any(each.value is not None for each in found.members):
        return [str(each) for each in found.counts.missing]
    return sorted({each.missing for each in found.members if each.missing})


def _asked(asked: Asked) -> dict[str, object]:
    return {
        "measure": asked.measure,
        "perimeter": asked.perimeter,
        "year": asked.year,
        "types": sorted(asked.types or ()),
        "rules": exclusion.RULES,
    }


def _entity(tally: Tally, labels: dict[str, str]) -> EntityCountOut:
    is_quotient = tally.counted_on is not None
    count = None if tally.value is None else tally.value if is_quotient else int(tally.value)
    return EntityCountOut(
        entity=tally.entity,
        label=labels[tally.entity],
        count=count,
        missing=tally.missing,
        fractional=tally.fractional,
        numerator=tally.numerator,
        denominator=tally.denominator,
        counted_on=tally.counted_on,
        known=tally.known,
        low=tally.low,
        high=tally.high,
        small=tally.small,
    )


def _nothing(asked: Asked, mark: str) -> CountsOut:
    """As long as no package says under which names entities sign, nothing is anybody's."""
    return CountsOut(
        contract=None, extraction=CURRENT, **_asked(asked), entities=[], sum=0, overlap=0, distinct=0, group=None,
        group_only=0, unattributed=0, matrix=[], excluded={}, missing=["no_registry"], columns=[], mapping=None,
        mappings={}, goals=[], watermark=mark,
    )  # fmt: skip
