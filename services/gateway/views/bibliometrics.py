"""The bibliometrics of a contract in a year: each measure's counts, from one extraction."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from services.gateway.bibliometric_facts import BibliometricFacts, Count, Extraction
from services.gateway.domain.bibliometrics.choosing import chosen, named, newest_first, standing
from services.gateway.domain.bibliometrics.window import is_provisional
from services.gateway.domain.bibliometrics.wording import CURRENT_LABEL
from services.gateway.schemas.bibliometrics import (
    BibliometricsView,
    CountedIndicatorView,
    DeclaredView,
    ExtractionView,
    FileView,
    OfferedView,
    PairView,
)
from shared.events.bibliometrics import CURRENT, MeasureBody, TogetherBody
from shared.events.contract import ContractBody
from shared.problems import NotFound

from .counted import Counted, address, entity_counts, group_count


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for; `on` is the day on which it is, `as_of` the instant whose knowledge it is (now if none)."""

    year: int | None
    perimeter: str | None
    on: date
    as_of: datetime | None


@dataclass(frozen=True, slots=True)
class Corpus:
    """A contract, its bibliometrics, and all that one of its extractions counts, none being the current state."""

    definition: ContractBody
    known: BibliometricFacts
    extraction: Extraction | None
    told: Sequence[Count]


def extraction_of(known: BibliometricFacts, name: str | None, year: int | None) -> Extraction | None:
    """The one of that name, or the one that speaks; none is the current state. Raises NotFound on another name."""
    if name == CURRENT:
        return None
    if name is None:
        return standing(known.extractions) if year is None else chosen(known.extractions, year)
    found = named(known.extractions, name)
    if found is None:
        raise NotFound(f"L’extraction « {name} » n’est pas connue : demandez {_names(known)}.")
    return found


def _names(known: BibliometricFacts) -> str:
    codes = [each.code for each in newest_first(known.extractions)]
    return f"{', '.join(codes)} ou {CURRENT}" if codes else CURRENT


def bibliometrics_view(corpus: Corpus, asked: Asked, watermark: str) -> BibliometricsView:
    extraction, told = corpus.extraction, corpus.told
    year = asked.year or _last_year(corpus) or corpus.definition.header.reference_year
    counted = Counted(corpus.definition, extraction, year, [each for each in told if each.year == year])
    indicators = [_indicator(counted, each, asked) for each in corpus.known.measures]
    view = BibliometricsView(
        contract=corpus.definition.header.code,
        year=year,
        as_of=asked.as_of,
        perimeter=asked.perimeter,
        extraction=_shown(corpus),
        extractions=[*map(_offered, newest_first(corpus.known.extractions)), _current()],
        indicators=[
            CountedIndicatorView(**each, declared=_declared(corpus, each["indicator"]), watermark="")
            for each in indicators
        ],
        watermark="",
    )
    return view.marked(watermark)


def _last_year(corpus: Corpus) -> int | None:
    years = corpus.extraction.years if corpus.extraction else [each.year for each in corpus.told]
    return max(years, default=None)


def _current(years: Sequence[int] = ()) -> OfferedView:
    return OfferedView(
        id=None, code=CURRENT, label=CURRENT_LABEL, status=CURRENT, extracted_on=None, years=sorted({*years})
    )


def _offered(extraction: Extraction) -> OfferedView:
    return OfferedView(
        id=extraction.id,
        code=extraction.code,
        label=extraction.label,
        status=extraction.status,
        extracted_on=extraction.extracted_on,
        years=sorted(extraction.years),
    )


def _shown(corpus: Corpus) -> ExtractionView:
    extraction = corpus.extraction
    if extraction is None:
        return ExtractionView(**_current([each.year for each in corpus.told]).model_dump())
    return ExtractionView(
        **_offered(extraction).model_dump(),
        rules=extraction.rules,
        affiliations=extraction.affiliations,
        staff=extraction.staff,
        publications=extraction.publications,
        note=extraction.note,
        files=[FileView(**each.model_dump()) for each in extraction.files],
    )


def _indicator(counted: Counted, measure: MeasureBody, asked: Asked) -> dict[str, Any]:
    perimeter = asked.perimeter or measure.perimeter
    told = counted.of(measure.measure, perimeter)
    own = told.get(counted.group)
    return {
        **_defined(counted.definition, measure),
        "perimeter": perimeter,
        "provisional": _is_provisional(counted, measure, asked.on),
        "group": group_count(counted, told),
        "entities": entity_counts(counted, told),
        **_together(own.together if own else None),
        "column": next((each.column for each in told.values() if each.column), None),
        "mapping": next((each.mapping for each in told.values() if each.mapping), None),
        "publications": address(counted, measure.measure, perimeter),
    }


def _defined(definition: ContractBody, measure: MeasureBody) -> dict[str, Any]:
    """What the contract calls the indicator; its code alone where it has none of that code."""
    found = next((each for each in definition.indicators if each.code == measure.indicator), None)
    return {
        "indicator": measure.indicator,
        "label": found.label if found else measure.indicator,
        "unit": found.unit if found else "",
        "measure": measure.measure,
        "note": measure.note,
    }


def _is_provisional(counted: Counted, measure: MeasureBody, on: date) -> bool:
    """The current state is as of the day on which it is asked for."""
    frozen = counted.extraction
    status, counted_on = (frozen.status, frozen.extracted_on) if frozen else (CURRENT, on)
    return is_provisional(measure.measure, counted.year, status, counted_on)


def _declared(corpus: Corpus, indicator: str) -> list[DeclaredView]:
    found = (each for each in corpus.known.declared if each.indicator == indicator)
    return [DeclaredView(**each.model_dump(exclude={"indicator"})) for each in found]


def _together(told: TogetherBody | None) -> dict[str, Any]:
    """What the entities give together, null where it is not told."""
    if told is None:
        return dict.fromkeys(("sum", "overlap", "distinct", "group_only", "matrix", "excluded"))
    return {
        "sum": told.sum,
        "overlap": told.overlap,
        "distinct": told.distinct,
        "group_only": told.group_only,
        "matrix": [PairView(**each.model_dump()) for each in told.matrix],
        "excluded": {each.reason: each.count for each in told.excluded},
    }
