"""The events of what was written: a contract's measures, an extraction, and each count that changed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from shared.events.bibliometrics import (
    CountRecorded,
    DeclaredBody,
    ExtractionRecorded,
    MeasureBody,
    MeasuresDefined,
    PairBody,
    ReasonBody,
    TogetherBody,
)

from .domain.counting.counts import Counts
from .domain.registry import Declared, Measure
from .domain.tally import Tallied, Tally
from .rows import HEADER, REGISTRY
from .tables import ExtractionRow, RegistryRow


def measures_defined(row: RegistryRow) -> MeasuresDefined:
    registry = REGISTRY.validate_json(row.definition)
    return MeasuresDefined(
        version=row.version,
        contract=row.contract,
        defined_at=row.defined_at,
        defined_by=row.defined_by,
        measures=tuple(map(_measure, registry.measures)),
        declared=tuple(map(_declared, registry.observations)),
    )


def _measure(each: Measure) -> MeasureBody:
    return MeasureBody(indicator=each.indicator, measure=each.measure, perimeter=each.perimeter, note=each.note)


def _declared(each: Declared) -> DeclaredBody:
    assert each.value is not None
    return DeclaredBody(
        indicator=each.indicator,
        entity=each.entity,
        year=each.year,
        value=each.value,
        source=each.source,
        status=each.status,
        note=each.note,
    )


def extraction_recorded(row: ExtractionRow) -> ExtractionRecorded:
    return ExtractionRecorded(
        version=row.version,
        id=row.id,
        contract=row.contract,
        code=row.code,
        status=row.status,
        extracted_on=row.extracted_on,
        recorded_at=row.recorded_at,
        recorded_by=row.recorded_by,
        **HEADER.dump_python(HEADER.validate_json(row.content)),
    )


@dataclass(frozen=True, slots=True)
class Teller:
    """Of which contract and extraction counts are told, when, and by whom."""

    contract: str
    extraction: str
    at: datetime
    by: str

    def told(self, tallied: Tallied) -> Iterator[CountRecorded]:
        """One for each member, and the group's last; their version is for whoever keeps them to set."""
        for tally in tallied.members:
            yield self._count(tallied.counts, tally, None)
        yield self._count(tallied.counts, tallied.group, _together(tallied.counts))

    def _count(self, counts: Counts, tally: Tally, together: TogetherBody | None) -> CountRecorded:
        assert counts.wanted.year is not None
        return CountRecorded(
            version=1,
            contract=self.contract,
            extraction=self.extraction,
            measure=counts.wanted.measure,
            perimeter=counts.wanted.perimeter,
            year=counts.wanted.year,
            entity=tally.entity,
            value=tally.value,
            missing=tally.missing,
            fractional=tally.fractional,
            numerator=tally.numerator,
            denominator=tally.denominator,
            counted_on=tally.counted_on,
            known=tally.known,
            low=tally.low,
            high=tally.high,
            column=" ; ".join(tally.columns) or None,
            mapping=counts.mapping,
            together=together,
            recorded_at=self.at,
            recorded_by=self.by,
        )


def _together(counts: Counts) -> TogetherBody:
    return TogetherBody(
        sum=counts.sum,
        overlap=counts.overlap,
        distinct=counts.distinct,
        group_only=counts.group_only,
        matrix=tuple(PairBody(first=each.first, second=each.second, count=each.count) for each in counts.matrix),
        excluded=tuple(ReasonBody(reason=reason, count=count) for reason, count in sorted(counts.excluded.items())),
    )
