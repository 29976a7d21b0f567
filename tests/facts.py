"""Facts and their messages, for the tests: what an owner states, and how it arrives."""

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid5

from shared.bus import Message
from shared.events.catalogue import Fact, owner_of, topic_of
from shared.events.contract import ContractBody
from shared.events.envelope import Event, Headers, seal
from shared.events.indicators import (
    AssessmentRecorded,
    ContractDefined,
    ObservationRecorded,
    RehearsalStaged,
    SimulatedBody,
)

AT = datetime(2023, 4, 3, 9, 30, 15, 123456, tzinfo=UTC)
TOPIC = "cadran.indicators"
_NAMES = UUID("0b5c6f0e-7c3f-4ad6-9c39-2f0b1f2d4d10")


def observation(version: int = 1, *, number: int = 1, **changes: Any) -> ObservationRecorded:
    """An observation of a school; `number` says which."""
    fact = ObservationRecorded(
        version=version,
        id=str(uuid5(_NAMES, str(number))),
        contract="cop-2018-2022",
        indicator="ressources-propres",
        entity="imt-atlantique",
        year=2022,
        basis="",
        perimeter="",
        value=Decimal("14.50"),
        status="final",
        absence=None,
        source="Déclaration de l’école",
        note=None,
        observed_on=None,
        reason=None,
        recorded_at=AT,
        recorded_by="agnès",
    )
    return fact.model_copy(update=changes)


def contract(version: int = 1, label: str = "Contrat d’objectifs et de performance 2018-2022") -> ContractDefined:
    header = {
        "code": "cop-2018-2022",
        "label": label,
        "start_year": 2018,
        "end_year": 2022,
        "reference_year": 2017,
        "source": "Contrat, p. 1",
    }
    definition = ContractBody.model_validate({"contract": [header], "entities": [], "indicators": []})
    return ContractDefined(
        version=version, code="cop-2018-2022", defined_at=AT, defined_by="agnès", definition=definition
    )


def assessment(version: int = 1, **changes: Any) -> AssessmentRecorded:
    """What somebody thinks of the same school's year."""
    fact = AssessmentRecorded(
        version=version,
        id=str(uuid5(_NAMES, "assessment")),
        contract="cop-2018-2022",
        indicator="ressources-propres",
        entity="imt-atlantique",
        year=2022,
        level="attainable",
        comment="Deux contrats se signent à la rentrée.",
        recorded_at=AT,
        recorded_by="agnès",
    )
    return fact.model_copy(update=changes)


def rehearsal(version: int = 1, *values: str) -> RehearsalStaged:
    """Simulated values of the same school, from 2019 on; without any, the end of the rehearsal."""
    observations = tuple(
        SimulatedBody(indicator="ressources-propres", entity="imt-atlantique", year=year, value=Decimal(value))
        for year, value in enumerate(values, 2019)
    )
    return RehearsalStaged(
        version=version,
        contract="cop-2018-2022",
        source="Répétition",
        staged_at=AT,
        staged_by="agnès",
        observations=observations,
    )


def event_of(fact: Fact) -> Event:
    return Event(
        id=f"{fact.subject}@{fact.version}",
        source=f"/cadran/{owner_of(fact.TYPE)}",
        type=fact.TYPE,
        subject=fact.subject,
        time=AT,
        sequence=fact.version,
        data=fact.model_dump(mode="json"),
        correlation_id="suivi-2022",
        causation_id="requête-7",
    )


def message(fact: Fact, offset: int, **changes: Any) -> Message:
    """A fact as the bus delivers it; `changes` are to the message: its value, its headers."""
    key, value, headers = seal(event_of(fact))
    parts: dict[str, Any] = {"key": key, "value": value, "headers": headers} | changes
    return Message(topic=topic_of(owner_of(fact.TYPE)), partition=0, offset=offset, **parts)


def sealed_headers(fact: Fact, **changes: str | None) -> Headers:
    """The headers of a fact's message, with some of the attributes changed, or left out."""
    headers = {name: value.decode() for name, value in seal(event_of(fact))[2]}
    changed = headers | {f"ce_{name}": text for name, text in changes.items()}
    return tuple((name, text.encode()) for name, text in changed.items() if text is not None)
