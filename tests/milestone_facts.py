"""Facts of the milestones service, for the tests: the plan of a small contract, its steps, and what is said of them."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from shared.events.catalogue import Fact
from shared.events.contract import ContractBody
from shared.events.indicators import ContractDefined
from shared.events.milestones import (
    CommentAdded,
    DueBody,
    EvidenceBody,
    ForecastBody,
    LineBody,
    MilestoneBody,
    PlanBody,
    PlanDefined,
    ProgressRecorded,
    ResultBody,
    StepRecorded,
)
from tests.services import essai

AT = datetime(2021, 1, 4, 9, 0, tzinfo=UTC)
ON = datetime(2022, 5, 15, 10, 0, tzinfo=UTC)
CODE, GROUP = essai.CODE, "groupe"
PAPER = EvidenceBody(reference="Procès-verbal 12")


def day(number: int) -> datetime:
    """So many days after the signature."""
    return AT + timedelta(days=number)


def year(number: int) -> DueBody:
    return DueBody(earliest=date(number, 1, 1), latest=date(number, 12, 31), text=str(number))


def quarter(number: int, of: int, *, doubtful: bool = False) -> DueBody:
    last = date(of + number // 4, number % 4 * 3 + 1, 1) - timedelta(days=1)
    earliest = date(of, number * 3 - 2, 1)
    return DueBody(earliest=earliest, latest=last, text=f"T{number} {of}", doubtful=doubtful)


def forecast(due: DueBody, confidence: str) -> ForecastBody:
    return ForecastBody(**due.model_dump(), confidence=confidence)


def contract(version: int = 1) -> ContractDefined:
    """The small contract, with two objectives; `revenue` is of the second."""
    package = essai.package()
    package["objectives"] = [{"code": code, "label": f"Objectif {code}", "source": "Page 1"} for code in ("A", "B")]
    package["indicators"][2]["objective"] = "B"
    definition = ContractBody.model_validate(package)
    return ContractDefined(version=version, code=CODE, defined_at=AT, defined_by="agnès", definition=definition)


def plan(version: int = 1, **changes: Any) -> PlanDefined:
    """Three milestones of four lines: the first names an indicator, the second an objective alone, the third none."""
    milestones = (
        MilestoneBody(code="J1", title="Ouvrir", source="Page 5", objective="A", indicators=("visitors",)),
        MilestoneBody(code="J2", title="Vendre", source="Page 6", objective="B", pilot="Direction des ventes"),
        MilestoneBody(code="J3", title="Ranger", source="Page 7"),
    )
    lines = [_line(code) for code in ("J1.1", "J1.2", "J2.1", "J3.1")]
    results = (ResultBody(line="J1.1", year=2021, text="Une porte ouverte sur deux.", source="Bilan, p. 2"),)
    body = PlanBody(entities=("nord", "sud"), milestones=milestones, lines=tuple(lines), results=results)
    stated = {"defined_at": AT, "definition": body.model_copy(update=changes)}
    return PlanDefined(version=version, contract=CODE, defined_by="agnès", **stated)


def _line(code: str) -> LineBody:
    return LineBody(milestone=code[:2], code=code, title=f"Ligne {code}", source="Page 5")


def step(code: str, of: int, due: DueBody | None = None, version: int = 1, **changes: Any) -> StepRecorded:
    """A step of the line that its code begins with."""
    line, _, place = code.rpartition("-")
    fact = StepRecorded(
        version=version,
        id=str(uuid5(NAMESPACE_URL, f"urn:cadran:steps/{CODE}/{code}/{of}")),
        contract=CODE,
        line=line,
        code=code,
        year=of,
        place=int(line[1]) * 100 + int(line[3]) * 10 + int(place),
        title=f"Étape {code}",
        due=due or year(of),
        conditional=False,
        recurrent=False,
        scope="group",
        pilot=None,
        source="Page 5",
        note=None,
        signed=True,
        withdrawn=False,
        reason=None,
        recorded_at=AT,
        recorded_by="agnès",
    )
    return fact.model_copy(update=changes)


def progress(of: StepRecorded, entity: str, state: str, version: int = 1, **changes: Any) -> ProgressRecorded:
    fact = ProgressRecorded(
        version=version,
        id=str(uuid5(NAMESPACE_URL, f"urn:cadran:progress/{of.id}/{entity}")),
        step=of.id,
        contract=CODE,
        entity=entity,
        state=state,
        share=Decimal("0.5") if state == "partly_done" else None,
        done_on=None,
        evidence=(PAPER,) if state == "done" else (),
        due=None,
        forecast=None,
        reason=None,
        note=None,
        recorded_at=day(100 + version),
        recorded_by="camille",
    )
    return fact.model_copy(update=changes)


def comment(of: StepRecorded, entity: str, text: str, at: datetime = ON) -> CommentAdded:
    return CommentAdded(
        version=1,
        id=str(uuid5(NAMESPACE_URL, f"urn:cadran:comments/{of.id}/{entity}/{text}")),
        step=of.id,
        contract=CODE,
        entity=entity,
        text=text,
        recorded_at=at,
        recorded_by="camille",
    )


DONE = step("J1.1-1", 2021, quarter(4, 2021))
GOING = step("J1.1-2", 2022, note="Le contrat hésite.", conditional=True, pilot="Direction des portes")
LATE = step("J1.1-3", 2022, quarter(1, 2022))
SHARED = step("J1.2-1", 2022, scope="schools", recurrent=True)
POSTPONED = step("J2.1-1", 2022, quarter(2, 2022))
COMING = step("J2.1-2", 2023)
ABANDONED = step("J3.1-1", 2021)
WITHDRAWN = step("J3.1-2", 2022)
STEPS = (DONE, GOING, LATE, SHARED, POSTPONED, COMING, ABANDONED, WITHDRAWN)
STATED: tuple[Fact, ...] = (
    progress(DONE, GROUP, "done", done_on=date(2022, 1, 10), note="Avec dix jours de retard."),
    progress(GOING, GROUP, "in_progress", forecast=forecast(quarter(4, 2022), "high")),
    progress(SHARED, "nord", "done", done_on=date(2022, 2, 1)),
    progress(POSTPONED, GROUP, "postponed", due=quarter(4, 2022), reason="Le fournisseur tarde"),
    progress(ABANDONED, GROUP, "abandoned", reason="Sans suite"),
    step("J3.1-2", 2022, version=2, withdrawn=True, reason="Faite ailleurs", recorded_at=day(200)),
    comment(SHARED, "sud", "Nous attendons les plans."),
)
STORY: tuple[Fact, ...] = (contract(), plan(), *STEPS, *STATED)
"""On 15 May 2022: one step done, one in progress, one late, one shared, one postponed, one to come, one abandoned."""
