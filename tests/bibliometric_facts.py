"""Facts of the bibliometrics service, for the tests: a small contract that counts publications, and two extractions."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from shared.events.bibliometrics import (
    CURRENT,
    CountRecorded,
    DeclaredBody,
    ExtractionRecorded,
    FileBody,
    MeasureBody,
    MeasuresDefined,
    PairBody,
    ReasonBody,
    TogetherBody,
)
from shared.events.catalogue import Fact
from shared.events.contract import ContractBody
from shared.events.indicators import ContractDefined, ObservationRecorded, RehearsalStaged, SimulatedBody
from tests import facts
from tests.services import essai

AT = datetime(2021, 1, 4, 9, 0, tzinfo=UTC)
ON = datetime(2023, 5, 15, 10, 0, tzinfo=UTC)
CODE, GROUP = essai.CODE, "groupe"
ALL, TOP, FTE = "publications", "publications-top-10", "publications-per-fte"


def day(number: int) -> datetime:
    """So many days after the signature."""
    return AT + timedelta(days=number)


def contract() -> ContractDefined:
    """The small contract, from 2021 to 2023, with three indicators of publications; 2020 is its reference year."""
    package = essai.package()
    counted = essai.INDICATOR | {"unit": "publications", "domain": "Recherche"}
    package["indicators"] = [
        counted | {"code": ALL, "label": "Publications", "aggregation": "distinct"},
        counted | {"code": TOP, "label": "Parmi les 10 %", "aggregation": "declared", "declined": False},
        counted | {"code": FTE, "label": "Publications par ETP", "aggregation": "declared", "decimals": 1},
    ]
    target = {"indicator": ALL, "target": "2023", "comparison": "at_least", "operand": "value", "due_year": 2023}
    package["targets"] = [target | {"entity": GROUP, "text": "120", "source": "Page 4", "value": "120"}]
    definition = ContractBody.model_validate({**package, "observations": []})
    return ContractDefined(version=1, code=CODE, defined_at=AT, defined_by="agnès", definition=definition)


def observation(entity: str, year: int, value: str | None, indicator: str = ALL, **changes: Any) -> ObservationRecorded:
    stated: dict[str, Any] = {
        "contract": CODE,
        "indicator": indicator,
        "entity": entity,
        "year": year,
        "status": "definitive",
    }
    fact = facts.observation(value=Decimal(value) if value else None, **stated | {"recorded_at": day(1)} | changes)
    return fact.model_copy(update={"id": str(uuid5(NAMESPACE_URL, f"{indicator}/{entity}/{year}"))})


def rehearsal(*years: int) -> RehearsalStaged:
    invented = tuple(SimulatedBody(indicator=ALL, entity="nord", year=year, value=Decimal(999)) for year in years)
    return facts.rehearsal().model_copy(update={"contract": CODE, "observations": invented})


def measures(version: int = 1, **changes: Any) -> MeasuresDefined:
    told = [(ALL, "permanent"), (TOP, "whole"), (FTE, "permanent")]
    fact = MeasuresDefined(
        version=version,
        contract=CODE,
        defined_at=AT,
        defined_by="agnès",
        measures=tuple(MeasureBody(indicator=each, measure=each, perimeter=within) for each, within in told),
        declared=(
            DeclaredBody(
                indicator=ALL, entity="sud", year=2019, value=Decimal(41), source="Bilan, p. 2", status="definitive"
            ),
        ),
    )
    return fact.model_copy(update=changes)


def extraction(code: str, years: tuple[int, ...], version: int = 1, **changes: Any) -> ExtractionRecorded:
    fact = ExtractionRecorded(
        version=version,
        id=str(uuid5(NAMESPACE_URL, f"urn:cadran:extractions/{code}")),
        contract=CODE,
        code=code,
        label=f"de {code}",
        status="provisional",
        extracted_on=date(2022, 3, 14),
        rules="2026-1",
        affiliations=3,
        staff=2,
        years=years,
        publications=230,
        files=(
            FileBody(
                source="scopus", sha256="ab" * 32, extracted_on=date(2022, 3, 12), updated_on=None, dataset="Groupe"
            ),
        ),
        note=None,
        recorded_at=day(440),
        recorded_by="camille",
    )
    return fact.model_copy(update=changes)


def count(
    of: ExtractionRecorded | None, year: int, entity: str, value: str | None, version: int = 1, **changes: Any
) -> CountRecorded:
    """A count of publications, signed by the permanent staff; of no extraction, the current one."""
    fact = CountRecorded(
        version=version,
        contract=CODE,
        extraction=of.id if of else CURRENT,
        measure=ALL,
        perimeter="permanent",
        year=year,
        entity=entity,
        value=Decimal(value) if value else None,
        missing=None,
        fractional=None,
        recorded_at=day(440),
        recorded_by="camille",
    )
    return fact.model_copy(update=changes)


def together(total: int, overlap: int, **left_out: int) -> TogetherBody:
    return TogetherBody(
        sum=total,
        overlap=overlap,
        distinct=total - overlap,
        group_only=2,
        matrix=(PairBody(first="nord", second="sud", count=overlap),),
        excluded=tuple(ReasonBody(reason=each, count=number) for each, number in left_out.items()),
    )


SIGNED = extraction("mars-2022", (2020, 2021), status="definitive")
LATER = extraction("mars-2023", (2021, 2022), extracted_on=date(2023, 3, 10), recorded_at=day(800))
_FTE: dict[str, Any] = {"measure": FTE, "counted_on": date(2021, 12, 31)}
_TOP: dict[str, Any] = {"measure": TOP, "perimeter": "whole"}
_WHOLE: dict[str, Any] = {"perimeter": "whole"}
_LATER: dict[str, Any] = {"recorded_at": day(800)}
COUNTS: tuple[Fact, ...] = (
    count(SIGNED, 2020, "nord", "58"),
    count(SIGNED, 2021, "nord", "60", fractional=Decimal("55.0000")),
    count(SIGNED, 2021, "sud", "50", fractional=Decimal("45.0000")),
    count(SIGNED, 2021, GROUP, "100", together=together(110, 10, retracted=1, no_year=3)),
    count(SIGNED, 2021, "nord", "70", **_WHOLE),
    count(SIGNED, 2021, "sud", "55", **_WHOLE),
    count(SIGNED, 2021, GROUP, "113", together=together(125, 12), **_WHOLE),
    count(SIGNED, 2021, "nord", "4.000000", numerator=Decimal(60), denominator=Decimal("15.0"), **_FTE),
    count(SIGNED, 2021, "sud", None, missing="no_staff_list", numerator=Decimal(50), **_FTE),
    count(SIGNED, 2021, GROUP, None, missing="no_staff_list", numerator=Decimal(100), **_FTE),
    count(SIGNED, 2021, GROUP, "12", known=96, low=Decimal("0.073"), high=Decimal("0.206"), column="FW", **_TOP),
    count(LATER, 2021, "nord", "66", **_LATER),
    count(LATER, 2022, "nord", "63", **_LATER),
    count(LATER, 2022, "sud", "51", **_LATER),
    count(LATER, 2022, GROUP, "104", together=together(114, 10), **_LATER),
    count(None, 2022, "nord", "64", recorded_at=day(810)),
)
STORY: tuple[Fact, ...] = (contract(), measures(), SIGNED, LATER, *COUNTS)
"""On 15 May 2023: a definitive extraction of 2020 and 2021, a provisional one of 2021 and 2022, and what is current."""
