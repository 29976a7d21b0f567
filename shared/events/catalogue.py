"""Which facts exist: a fact's type, its owner's topic, and the model that opens its data."""

from abc import abstractmethod
from typing import ClassVar

from pydantic import BaseModel, ConfigDict, ValidationError

from .envelope import Event, UnreadableMessageError

_SHOWN = 5


class FactBody(BaseModel):
    """A part of a fact: read leniently, so that a newer writer's extra field does not stop an older reader."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Fact(FactBody):
    """Something that an owner states: the whole state of a subject, with its version."""

    TYPE: ClassVar[str]
    version: int

    @property
    @abstractmethod
    def subject(self) -> str:
        """What the fact is about; facts of one subject keep their order."""


def topic_of(owner: str) -> str:
    """The one append-only topic of an owner."""
    return f"cadran.{owner}"


def owner_of(event_type: str) -> str:
    """`fr.imt.cadran.<owner>.<fact>.v1` → owner."""
    return event_type.split(".")[3]


def read(event: Event, facts: dict[str, type[Fact]]) -> Fact:
    """The fact in an event. Raises UnreadableMessageError on an unknown type or on data of another shape."""
    model = facts.get(event.type)
    if model is None:
        raise UnreadableMessageError(f"type d’événement inconnu : {event.type}")
    try:
        fact = model.model_validate(event.data)
    except ValidationError as error:
        raise UnreadableMessageError(f"données non conformes à {event.type} : {_mistakes(error)}") from None
    if (fact.subject, fact.version) != (event.subject, event.sequence):
        raise UnreadableMessageError("le sujet ou la version de l’enveloppe contredit les données")
    return fact


def _mistakes(error: ValidationError) -> str:
    """Where the data is not as the model has it; never what stands there, which may be about a person."""
    found = error.errors(include_input=False, include_url=False, include_context=False)
    told = [f"{'.'.join(map(str, each['loc'])) or 'données'} : {each['msg']}" for each in found[:_SHOWN]]
    return " ; ".join([*told, f"et {len(found) - _SHOWN} de plus"] if len(found) > _SHOWN else told)
